"""What waits for a person in SEI, and what they sent by it, in words."""

from collections.abc import Callable, Mapping
from typing import Final

from portal.sei.values import Intimacao, Recibo, Resposta, TipoPeticao
from portal.web.dates import short

SENT: Final = {
    TipoPeticao.PROCESSO_NOVO: "Pedido novo",
    TipoPeticao.INTERCORRENTE: "Documentos em processo já aberto",
    TipoPeticao.RESPOSTA: "Resposta a intimação",
    TipoPeticao.RESPONSAVEL_LEGAL: "Vínculo de responsável legal",
    TipoPeticao.ALTERACAO: "Mudança de responsável legal",
    TipoPeticao.ATOS_CONSTITUTIVOS: "Atos constitutivos de empresa",
    TipoPeticao.PROCURACAO: "Procuração",
    TipoPeticao.REVOGACAO: "Revogação de procuração",
    TipoPeticao.RENUNCIA: "Renúncia de procuração",
    TipoPeticao.OUTRA: "Petição",
}


def say_intimacao(intimacao: Intimacao) -> str:
    """That it is there, and whether it was read."""
    day = short(intimacao.expedida.date())
    if intimacao.pending:
        return f"Há uma intimação para você, enviada em {day}"
    return f"Falta responder a intimação enviada em {day}"


def say_prazo(intimacao: Intimacao) -> str:
    """Until when, as far as SEI says; the deadline itself is counted by SEI."""
    if not intimacao.pending:
        return f"Prazo até {short(intimacao.due)}." if intimacao.due else "Veja o prazo no SEI."
    if intimacao.tacit_on:
        counted = f"Se ninguém abrir, vale como lida em {short(intimacao.tacit_on)}."
    elif intimacao.tacit_days:
        counted = f"Se ninguém abrir, vale como lida em {intimacao.tacit_days} dias."
    else:
        counted = "Se ninguém abrir, vale como lida depois de um tempo."
    return f"{counted} Pede resposta." if intimacao.resposta is Resposta.EXIGIDA else counted


def say_recibo(recibo: Recibo) -> str:
    return SENT[recibo.tipo]


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "say_intimacao": say_intimacao,
    "say_prazo": say_prazo,
    "say_recibo": say_recibo,
}
