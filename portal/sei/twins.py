"""Processos that share their letters and digits.

SEI keeps no two printed forms alike, but since 4.0 two may be the same without their dots and
slashes. An address means the one whose printed form it carries; without one, the reader chooses.
A document needs no such choice: its número SEI is in one processo only.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from portal.numero import NumeroProtocolo
from portal.sei.look import Look, look_up
from portal.sei.values import ANYONE, Ambiguous, Hit, Viewer
from portal.tenancy import Tenant


class Chosen(NamedTuple):
    """The processo that an address means."""

    look: Look
    among_others: bool
    """There are more with its `chave`, and its addresses need its printed form."""


def choose(
    tenant: Tenant,
    sei: Connection,
    numero: NumeroProtocolo,
    formatado: str | None,
    now: datetime,
    viewer: Viewer = ANYONE,
) -> Chosen | Ambiguous:
    """The processo of this number that is printed so, or the only one. A form that none of them
    has counts as not given. Raises `NotFound` when none may be named."""
    looks = look_up(tenant, sei, numero, now, viewer)
    meant = [look for look in looks if look.record.processo.formatado == formatado] or looks
    if len(meant) == 1:
        return Chosen(meant[0], len(looks) > 1)
    processos = [look.processo for look in meant]
    return Ambiguous(tuple(Hit(p.chave, p.formatado, p.tipo, None) for p in processos))
