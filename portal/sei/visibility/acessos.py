"""What an acesso externo opens to the person it was given to, beyond what anybody sees (6).

An acesso opens one processo, integral or parcial. The closed reading, where there are two:

- A sigiloso stays closed, whoever has an acesso to it. SEI itself is the place to read it.
- A draft, a cancelled document, one that an intimação still closes and what was disposed of stay
  closed: reading an intimação in SEI is what its deadline counts from.
- A parcial names the processo and opens the documents it lists. It tells no history, no
  interessado and no place, unless everybody is told.
- What else a restrito names (anexados, related processos) is named as it is to anybody.
- It counts while the person could use it in SEI: it is active, its last day is not over, and the
  person is an external user whom SEI has released.
- It is of the person it was given to. Who acts for them enters SEI as themself, and has none of it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Flag, auto

from sqlalchemy import ColumnElement, and_, exists, or_, select

from portal.sei.installation import Installation
from portal.sei.tables import (
    acesso_externo,
    participante,
    rel_acesso_ext_protocolo,
    usuario,
)
from portal.sei.values import Viewer

USUARIO_EXTERNO, ASSINATURA_EXTERNA = "E", "A"
"""`acesso_externo.sta_tipo` of who enters SEI to use it. The others are links in e-mails."""
EXTERNO_LIBERADO = "3"
"""`usuario.sta_tipo` of an external user whose registration was checked."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person's acessos externos open of one processo; false when nothing."""

    integral: bool = False
    documentos: frozenset[int] = frozenset()
    """`id_documento`s that a parcial lists."""

    def __bool__(self) -> bool:
        return self.integral or bool(self.documentos)

    def opens(self, id_documento: int) -> bool:
        """Of a document that the processo lists."""
        return self.integral or id_documento in self.documentos


NOTHING = Grant()


class Listing(Flag):
    """Which documents of a processo are listed; false when none."""

    PUBLIC = auto()
    """Those that anybody sees."""
    GRANTED = auto()
    """Those that a parcial lists."""
    WHOLE = auto()
    """All, by an integral."""


def acesso_criterion(today: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Rows of `acesso_externo` joined to its `participante` that count at the beginning of today.

    Its last day is inside.
    """
    a, u = acesso_externo.c, usuario.c
    released = exists(
        select(u.id_usuario).where(
            u.id_contato == participante.c.id_contato,
            u.sta_tipo == EXTERNO_LIBERADO,
            u.sin_ativo == "S",
        )
    )
    return and_(
        a.sin_ativo == "S",
        a.sta_tipo.in_((USUARIO_EXTERNO, ASSINATURA_EXTERNA)),
        or_(a.dta_validade.is_(None), a.dta_validade >= today),
        released,
    )


def opening_criterion() -> ColumnElement[bool]:
    """Rows of `acesso_externo` that open something: the whole, or a document at least."""
    a, r = acesso_externo.c, rel_acesso_ext_protocolo.c
    return or_(
        a.sin_processo == "S",
        a.id_documento.is_not(None),
        exists(select(r.id_protocolo).where(r.id_acesso_externo == a.id_acesso_externo)),
    )


def may_ask_acessos(installation: Installation, viewer: Viewer) -> bool:
    """Whether the viewer may have an acesso, and all that decides about it can be read."""
    if not viewer.contatos or viewer.represented:
        return False
    return installation.has(acesso_externo, rel_acesso_ext_protocolo, usuario)
