"""When the portal was away, and what that does to a prazo: for everybody, and to be printed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.db import db
from portal.prazos.calendar import Calendar
from portal.prazos.deadlines import day_of
from portal.prazos.unavailability import (
    Source,
    Unavailability,
    get_unavailability,
    list_unavailabilities,
)
from portal.web.access import public
from portal.web.drafting import rules_of
from portal.web.fragments import page
from portal.web.limits import drawing, limited
from portal.web.tenant import current_tenant

bp = Blueprint("indisponibilidades", __name__, url_prefix="/indisponibilidades")

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Absence:
    """A time without the portal, in the tenant's calendar."""

    id: UUID
    started: datetime
    ended: datetime
    measured: bool
    reason: str
    until: date
    """Prazos that would have ended meanwhile end on this day."""


@bp.before_request
def _only_where_petitions_are_taken() -> None:
    rules_of(current_tenant())


@bp.get("")
@public
@limited(drawing)
def lista() -> ResponseReturnValue:
    found = list_unavailabilities(db.session(), current_tenant().slug, SHOWN)
    return page("indisponibilidades/lista.html", ausencias=[_tell(row) for row in found])


@bp.get("/<uuid:id_>")
@public
@limited(drawing)
def certidao(id_: UUID) -> ResponseReturnValue:
    """What anybody may print and hand to whoever counts a prazo."""
    found = get_unavailability(db.session(), current_tenant().slug, id_)
    return page("indisponibilidades/certidao.html", ausencia=_tell(found))


def _tell(row: Unavailability) -> Absence:
    tenant = current_tenant()
    return Absence(
        id=row.id,
        started=row.started.astimezone(tenant.fuso),
        ended=row.ended.astimezone(tenant.fuso),
        measured=row.source is Source.MEASURED,
        reason=row.reason,
        until=Calendar(frozenset(tenant.feriados)).after(day_of(row.ended)),
    )
