"""Andamentos that carry somebody's name and e-mail, which the public must never read."""

from datetime import timedelta
from typing import Any

from portal.demo import people
from portal.demo.scene import Scene

ACCESSES = (50, 89, 90)
SIGNATURES = (86, 87, 88)


def acesso_externo(s: Scene) -> None:
    """External access given, taken back; an external signature asked for, and dropped."""
    documento = s.write("Termo", "Termo de compromisso, a ser assinado pelo interessado.")
    for tarefa in ACCESSES:
        s.wait(0, 1)
        s.sei.andamento(s.processo, tarefa, **_access(s))
    s.sei.andamento(s.processo, 52, INTERESSADO=f"interno¥{s.name}")
    for tarefa in SIGNATURES:
        s.wait(0, 1)
        s.sei.andamento(
            s.processo,
            tarefa,
            USUARIO_EXTERNO_SIGLA=people.email(s.name),
            USUARIO_EXTERNO_NOME=s.name,
            DOCUMENTO=documento,
            **_terms(s),
        )


def old_acesso_externo(s: Scene) -> None:
    """The same as SEI 3.1 wrote it: the end and its days apart."""
    s.sei.andamento(
        s.processo,
        50,
        DESTINATARIO_NOME=s.name,
        DESTINATARIO_EMAIL=people.email(s.name),
        DATA_VALIDADE="31/12/2019",
        DIAS_VALIDADE="30",
        MOTIVO=None,
    )


def _access(s: Scene) -> dict[str, Any]:
    return {
        "DESTINATARIO_NOME": s.name,
        "DESTINATARIO_EMAIL": (people.email(s.name), "1"),
        **_terms(s),
    }


def _terms(s: Scene) -> dict[str, Any]:
    """For how long, how much of it, why, and who took it back."""
    end = s.processo.clock + timedelta(days=30)
    return {
        "VALIDADE": f"até {end:%d/%m/%Y} (30 dias)",
        "VISUALIZACAO": (" Com visualização integral do processo.", "I"),
        "MOTIVO": f"A pedido de {s.name}, por telefone.",
        "USUARIO": people.login(people.signer("PROTOCOLO")[0]),
        "DATA_HORA": f"{s.processo.clock:%d/%m/%Y %H:%M:%S}",
    }
