"""The companies that a person may act for, as gov.br's empresas API says in the moment of a login.

The access token is used here and forgotten. What does not read as a right is none.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from time import monotonic
from typing import TYPE_CHECKING, Any

from portal.govbr.values import LoginFailed, Why
from portal.representation import Papel, Representation

if TYPE_CHECKING:
    from portal.govbr.http import Session

SCOPE = "govbr_empresa"

MOST = 20
"""Companies of one person. Each is a question of its own."""
WHOLE = 10.0
"""Seconds for all questions: after them, no further one begins."""

LONGEST_NAME = 150

BRASILIA = timezone(timedelta(hours=-3))

_CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_PAPEIS = {
    "SOCIO": Papel.SOCIO,
    "CONTADOR": Papel.CONTADOR,
    "REPRESENTANTE_LEGAL": Papel.REPRESENTANTE_LEGAL,
    None: Papel.COLABORADOR,
}
"""By `atuacao`, which is absent for who was only enrolled. NAO_ATUANTE, who has the certificate and
no role, is none of them."""


def list_companies(session: "Session", api: str, cpf: str) -> tuple[Representation, ...]:
    """Those of the person whose token the session has, by name, also those whose end has come.
    Raises LoginFailed, also when there is no time for all: half a list would read as the whole."""
    deadline = monotonic() + WHOLE
    base = f"{api.removesuffix('/')}/empresas/v2/empresas"
    listed = session.get(base, params={"filtrar-por-participante": cpf}, expected=list).json()
    found: list[Representation] = []
    for entry in listed[:MOST]:
        cnpj = entry.get("cnpj") if isinstance(entry, dict) else None
        if not isinstance(cnpj, str) or not _CNPJ.fullmatch(cnpj):
            continue
        if monotonic() > deadline:
            raise LoginFailed(Why.SLOW)
        answer = session.get(f"{base}/{cnpj}/participantes/{cpf}").json()
        company = read_company(cnpj, str(entry.get("razaoSocial") or ""), cpf, answer)
        if company is not None:
            found.append(company)
    return tuple(sorted(found, key=lambda company: (company.nome, company.document)))


def read_company(
    cnpj: str, nome: str, cpf: str, answer: Mapping[str, Any]
) -> Representation | None:
    """What a participation allows, until when; None for a role or an end that we cannot read, and
    for somebody else's."""
    atuacao = answer.get("atuacao")
    papel = _PAPEIS.get(atuacao) if atuacao is None or isinstance(atuacao, str) else None
    if papel is None or answer.get("cpf") != cpf:
        return None
    until = None
    if (text := answer.get("dataExpiracao")) is not None:
        until = _read_instant(text)
        if until is None:
            return None
    nome = "".join(c for c in " ".join(nome.split()) if c.isprintable())[:LONGEST_NAME]
    return Representation(cnpj, nome or f"Empresa {cnpj}", papel, until)


def _read_instant(text: object) -> datetime | None:
    """Both shapes that gov.br writes. A day alone is over when it begins: the closed reading."""
    try:
        instant = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=BRASILIA)
