"""What waits for a person in SEI, and what they sent by it, in words."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from portal.sei.values import Contagem, Intimacao, Prazo, Recibo, Resposta, TipoPeticao
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


def say_intimacao(intimacao: Intimacao, represented: bool = False) -> str:
    """That it is there, and what is asked of the person."""
    day = short(intimacao.expedida.date())
    if intimacao.pending:
        whom = "quem você representa" if represented else "você"
        return f"Há uma intimação para {whom}, enviada em {day}"
    if intimacao.exigencia:
        return f"Exigência: falta responder a intimação enviada em {day}"
    return f"Ainda dá para responder a intimação enviada em {day}"


def say_prazo(intimacao: Intimacao) -> str:
    """Until when, as far as SEI says; the deadline itself is counted by SEI."""
    if not intimacao.pending:
        return f"Prazo até {short(intimacao.due)}." if intimacao.due else "O SEI não marca prazo."
    if intimacao.tacit_on:
        counted = f"Se ninguém abrir, vale como lida em {short(intimacao.tacit_on)}."
    elif intimacao.tacit_days:
        counted = f"Se ninguém abrir, vale como lida em {intimacao.tacit_days} dias."
    else:
        counted = "Se ninguém abrir, vale como lida depois de um tempo."
    return " ".join([counted, *_say_resposta(intimacao)])


def _say_resposta(intimacao: Intimacao) -> Iterator[str]:
    """Whether an answer is asked for, and how long there will be for each kind of it."""
    match intimacao.resposta:
        case Resposta.EXIGIDA:
            yield "Pede resposta."
        case Resposta.FACULTATIVA:
            yield "Aceita resposta."
        case Resposta.SEM_RESPOSTA:
            return
    for prazo in intimacao.prazos:
        if prazo.many is None:
            yield f"{prazo.resposta}: sem prazo."
        else:
            yield f"{prazo.resposta}: {_count(prazo)} depois da leitura."


def _count(prazo: Prazo) -> str:
    one = {
        Contagem.DIAS: "dia",
        Contagem.DIAS_UTEIS: "dia útil",
        Contagem.MESES: "mês",
        Contagem.ANOS: "ano",
    }
    return f"{prazo.many} {one[prazo.unit] if prazo.many == 1 else prazo.unit.value}"


def say_recibo(recibo: Recibo) -> str:
    return SENT[recibo.tipo]


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "say_intimacao": say_intimacao,
    "say_prazo": say_prazo,
    "say_recibo": say_recibo,
}
