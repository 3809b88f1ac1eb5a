"""A draft and a submission in words: what is wrong, what is missing, how far it has come."""

from collections.abc import Callable, Mapping
from typing import Final

from portal.arquivos.values import Reason
from portal.cpf import mask_cpf
from portal.protocolo.values import DraftFileView, FileState, Mistake, SubmissionState
from portal.web.links import Links

_MISTAKES: Final = {
    Mistake.CPF: "Confira o CPF: os dígitos não conferem.",
    Mistake.CNPJ: "Confira o CNPJ: os dígitos não conferem.",
    Mistake.DATE: "Escreva a data com dia, mês e ano, como 12/03/2026.",
    Mistake.CHOICE: "Escolha uma das opções.",
    Mistake.TOO_LONG: "O texto passou do limite. Encurte, ou mande o resto em um PDF.",
}

_AS_PDF = "Abra o arquivo, escolha Imprimir e depois “Salvar como PDF”. Mande o novo arquivo."
_REASONS: Final = {
    Reason.EMPTY: "O arquivo está vazio. Escolha outro.",
    Reason.TOO_LARGE: "O arquivo passa do limite. Mande em partes, ou salve com menos qualidade.",
    Reason.NOT_A_PDF: f"Este arquivo não é um PDF. {_AS_PDF}",
    Reason.DAMAGED: "O arquivo está cortado ou danificado. Baixe ou digitalize de novo.",
    Reason.PASSWORD: f"O PDF tem senha, e ninguém na prefeitura poderia abrir. {_AS_PDF}",
    Reason.TOO_MANY_PAGES: "O PDF tem páginas demais. Divida em partes.",
    Reason.JAVASCRIPT: f"O PDF tem um programa dentro. {_AS_PDF}",
    Reason.LAUNCH: f"O PDF tenta abrir outro programa. {_AS_PDF}",
    Reason.EMBEDDED: "O PDF traz outros arquivos dentro. Mande cada um em separado.",
    Reason.XFA: f"É um formulário que só o programa da Adobe mostra. {_AS_PDF}",
    Reason.RICH_MEDIA: f"O PDF tem vídeo ou som. {_AS_PDF}",
    Reason.NOT_A_PHOTO: "Este arquivo não é uma foto JPEG, PNG ou HEIC.",
    Reason.TOO_MANY_PIXELS: "A foto é grande demais. Tire com a câmera no modo normal.",
    Reason.TOO_MUCH_WORK: f"O portal não conseguiu examinar este arquivo. {_AS_PDF}",
}
TOO_MANY: Final = "too-many"
NOT_JOINED: Final = "not-joined"
_CHECKS_LATER = "O portal ainda não examinou este arquivo. Remova e mande de novo."

_STATES: Final = {
    SubmissionState.READY: "Recebido. O portal vai abrir o processo no SEI em instantes.",
    SubmissionState.SENDING: "Recebido. O portal está abrindo o processo no SEI.",
    SubmissionState.UNCONFIRMED: (
        "Recebido. O SEI ainda não confirmou, e o portal confere antes de mandar de novo."
    ),
    SubmissionState.DELIVERED: "Recebido e autuado no SEI.",
    SubmissionState.REFUSED: (
        "Recebido, mas o SEI não aceitou. A prefeitura já foi avisada e vai resolver."
    ),
}
FINAL: Final = frozenset({SubmissionState.DELIVERED, SubmissionState.REFUSED})
"""After these nothing comes by itself."""


def explain_mistake(mistake: Mistake) -> str:
    return _MISTAKES[mistake]


def explain_refusal(file: DraftFileView) -> str:
    """Why a file was not taken, and how to mend it; empty for one that was, or is still coming."""
    if file.state is not FileState.REFUSED:
        return ""
    known = {str(reason): words for reason, words in _REASONS.items()}
    return known.get(file.reason or "", _CHECKS_LATER)


def find_problem(name: str) -> str:
    """Why a file was not even begun, by the word in the address; empty for any other word."""
    if name == NOT_JOINED:
        return "As fotos não puderam ser juntadas em um PDF. Remova algumas, ou mande um PDF."
    if name == TOO_MANY:
        return "Já há arquivos demais neste pedido. Remova um, ou junte vários em um só PDF."
    return next((words for reason, words in _REASONS.items() if reason == name), "")


def tell_state(state: SubmissionState) -> str:
    return _STATES[state]


def is_final(state: SubmissionState) -> bool:
    return state in FINAL


def find_address(processo: str) -> str:
    """Of the page of a processo, by its number as SEI writes it."""
    return Links("".join(c for c in processo if c.isalnum()).upper()).pagina()


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "processo_address": find_address,
    "mask_cpf": mask_cpf,
    "explain_mistake": explain_mistake,
    "explain_refusal": explain_refusal,
    "tell_state": tell_state,
    "is_final": is_final,
}
