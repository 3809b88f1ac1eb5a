"""Andamentos that carry somebody's name and e-mail, which the public must never read."""

from datetime import timedelta
from typing import Any

from portal.demo import pessoas
from portal.demo.cena import Cena

ACCESSES = (50, 89, 90)
SIGNATURES = (86, 87, 88)


def acesso_externo(c: Cena) -> None:
    """External access given, taken back; an external signature asked for, and dropped."""
    documento = c.write("Termo", "Termo de compromisso, a ser assinado pelo interessado.")
    for tarefa in ACCESSES:
        c.wait(0, 1)
        c.sei.andamento(c.processo, tarefa, **_access(c))
    c.sei.andamento(c.processo, 52, INTERESSADO=f"interno¥{c.nome}")
    for tarefa in SIGNATURES:
        c.wait(0, 1)
        c.sei.andamento(
            c.processo,
            tarefa,
            USUARIO_EXTERNO_SIGLA=pessoas.email(c.nome),
            USUARIO_EXTERNO_NOME=c.nome,
            DOCUMENTO=documento,
            **_terms(c),
        )


def acesso_antigo(c: Cena) -> None:
    """The same as SEI 3.1 wrote it: the end and its days apart."""
    c.sei.andamento(
        c.processo,
        50,
        DESTINATARIO_NOME=c.nome,
        DESTINATARIO_EMAIL=pessoas.email(c.nome),
        DATA_VALIDADE="31/12/2019",
        DIAS_VALIDADE="30",
        MOTIVO=None,
    )


def _access(c: Cena) -> dict[str, Any]:
    return {
        "DESTINATARIO_NOME": c.nome,
        "DESTINATARIO_EMAIL": (pessoas.email(c.nome), "1"),
        **_terms(c),
    }


def _terms(c: Cena) -> dict[str, Any]:
    """For how long, how much of it, why, and who took it back."""
    end = c.processo.relogio + timedelta(days=30)
    return {
        "VALIDADE": f"até {end:%d/%m/%Y} (30 dias)",
        "VISUALIZACAO": (" Com visualização integral do processo.", "I"),
        "MOTIVO": f"A pedido de {c.nome}, por telefone.",
        "USUARIO": pessoas.login(pessoas.signer("PROTOCOLO")[0]),
        "DATA_HORA": f"{c.processo.relogio:%d/%m/%Y %H:%M:%S}",
    }
