"""Names of units as a page shows them: in full, and without shouting."""

import re
from functools import lru_cache
from typing import Final

from portal.sei.values import Unidade

_SMALL: Final = re.compile("AO?S?|ÀS?|COM|D?[AEO]S?|E|EM|N[AO]S?|OU|PARA|PEL[AO]|POR")
_SHORT_WORD: Final = re.compile("BEM|CÃO|CÉU|FIM|MAR|PAZ|RIO|RUA|SÃO|SUL|VIA")
_VOWEL: Final = re.compile("[AEIOUÁÉÍÓÚÂÊÔÃÕ]")


@lru_cache(maxsize=4096)
def unidade_name(unidade: Unidade, com_orgao: bool = False) -> str:
    """The unit in full, with its órgão's sigla when several órgãos share the SEI.

    A unit without a descrição goes by its sigla.
    """
    nome = calm(unidade.descricao.strip()) or unidade.sigla
    return f"{nome} ({unidade.orgao})" if com_orgao and unidade.orgao else nome


def calm(nome: str) -> str:
    """A name typed all in capitals, written as names are; any other name as it is.

    Capitals stay where they may be a sigla: words of up to three letters that are no article or
    preposition (`TI`, `RH`, `II`), words without a vowel, and names of a single word.
    """
    if " " not in nome or not nome.isupper():
        return nome
    return " ".join(_calm_word(word) for word in nome.split(" "))


def _calm_word(word: str) -> str:
    if _SMALL.fullmatch(word):
        return word.lower()
    if not _SHORT_WORD.fullmatch(word) and (len(word) <= 3 or not _VOWEL.search(word)):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))
