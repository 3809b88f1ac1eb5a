"""What a name needs inside a Portuguese sentence: its article, «na Secretaria», and no shouting."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_WITH_A: Final = {"em": "na ", "de": "da ", "por": "pela ", "para": "para a "}
_WITH_O: Final = {"em": "no ", "de": "do ", "por": "pelo ", "para": "para o "}
# First words of the names of units and bodies, and endings that have one gender without exception
# among such words. A hyphen may follow (Procuradoria-Geral); a plural never matches.
_FEMININE: Final = re.compile(
    r"(?:(?:sub|vice-?|pró-?)?(?:\w*(?:aria|oria|ência|ção|dade)|advocacia|agência|área|"
    r"assembleia|assessoria|autarquia|biblioteca|câmara|casa|central|chefia|clínica|comissão|"
    r"companhia|creche|defesa|delegacia|divisão|empresa|equipe|escola|farmácia|fazenda|guarda|"
    r"justiça|mesa|polícia|policlínica|prefeitura|receita|rede|regional|sala|sede|seção|supervisão|"
    r"secretária|unidade|vara|vigilância))(?!\w)",
    re.IGNORECASE,
)
_MASCULINE: Final = re.compile(
    r"(?:(?:sub|vice-?)?(?:\w*(?:amento|imento|tório)|almoxarifado|arquivo|balcão|banco|cadastro|"
    r"cemitério|centro|colegiado|colégio|comando|comitê|conselho|consórcio|controle|corpo|distrito|"
    r"estado|expediente|fundo|fórum|gabinete|ginásio|governo|grupo|horto|hospital|instituto|"
    r"mercado|ministério|município|museu|núcleo|parque|patrimônio|plantão|plenário|polo|posto|"
    r"procon|programa|projeto|pronto-socorro|protocolo|serviço|setor|sistema|teatro|terminal|"
    r"tribunal))(?!\w)",
    re.IGNORECASE,
)

_SMALL: Final = re.compile("AO?S?|ÀS?|COM|D?[AEO]S?|E|EM|N[AO]S?|OU|PARA|PEL[AO]|POR")
_SHORT_WORD: Final = re.compile("BEM|CÃO|CÉU|FIM|MAR|PAZ|RIO|RUA|SÃO|SUL|VIA")
_VOWEL: Final = re.compile("[AEIOUÁÉÍÓÚÂÊÔÃÕ]")


@lru_cache(maxsize=4096)
def preposition(word: str, name: str) -> str:
    """`word` (em, para, de, por) and the name, contracted with its article when we know its gender.

    A name in the plural, a sigla or a word we do not know gets the bare preposition, which is
    never wrong: «em SEFAZ».
    """
    if _FEMININE.match(name):
        return _WITH_A[word] + name
    if _MASCULINE.match(name):
        return _WITH_O[word] + name
    return f"{word} {name}"


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
def sort_key(name: str) -> str:
    """What puts names in the order of a list: accents and capitals make no difference."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum()).casefold()
