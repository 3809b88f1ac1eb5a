"""Portuguese that a name needs around it: «na Secretaria», «ao Gabinete», «em SEFAZ»."""

import re
from functools import lru_cache

_FEMININE = re.compile(
    r"(?:"
    r"administração|advocacia|agência|assessoria|autarquia|biblioteca|casa|central|"
    r"chefia|comissão|companhia|contabilidade|contadoria|controladoria|"
    r"coordenadoria|coordenação|corregedoria|creche|câmara|defensoria|delegacia|"
    r"diretoria|divisão|empresa|equipe|escola|faculdade|farmácia|fazenda|fundação|"
    r"gerência|guarda|inspetoria|junta|justiça|mesa|ouvidoria|policlínica|polícia|"
    r"prefeitura|presidência|procuradoria|promotoria|recepção|regional|sala|"
    r"secretaria|secretária|seção|subdiretoria|subprefeitura|subsecretaria|"
    r"superintendência|supervisão|tesouraria|unidade|universidade|vice-presidência|"
    r"vigilância|área"
    r")\b",
    re.IGNORECASE,
)
_MASCULINE = re.compile(
    r"(?:"
    r"almoxarifado|arquivo|cadastro|cartório|centro|colegiado|comitê|conselho|"
    r"corpo|departamento|escritório|estado|fundo|gabinete|grupo|hospital|"
    r"instituto|laboratório|ministério|município|museu|núcleo|plenário|posto|"
    r"procon|protocolo|serviço|setor|subsetor|teatro|tribunal"
    r")\b",
    re.IGNORECASE,
)
_CONTRACTIONS = {
    "em": {"f": "na", "m": "no", "": "em"},
    "para": {"f": "para a", "m": "para o", "": "para"},
    "de": {"f": "da", "m": "do", "": "de"},
}


@lru_cache(maxsize=4096)
def preposition(word: str, name: str) -> str:
    """`word` (em, para, de) and the name, contracted with its article when we know its gender.

    A name in the plural, a sigla or a word we do not know gets the bare preposition, which is
    never wrong: «em SEFAZ».
    """
    gender = "f" if _FEMININE.match(name) else "m" if _MASCULINE.match(name) else ""
    return f"{_CONTRACTIONS[word][gender]} {name}"
