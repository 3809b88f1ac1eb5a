"""The history for programs that come back to see what is new: an Atom feed, and a calendar.

Others keep what they were sent for as long as they like. So these have less than the page: what a
person may have typed into SEI is read there, where SEI is asked each time.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from urllib.parse import quote, urlsplit

from flask import current_app

from portal.sei.values import Step, Tracking
from portal.tenancy import Tenant
from portal.web.ical import Event, write_calendar
from portal.web.links import Links
from portal.web.sentences import name_of

ATOM: Final = "application/atom+xml"
CALENDAR: Final = "text/calendar"

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write, escaped or not."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Names that stay when an address changes (RFC 4151)."""

    tenant: Tenant

    def processo(self, tracking: Tracking) -> str:
        return self._of(f"processo/{quote(tracking.procedimento.formatado, safe='')}")

    def etapa(self, step: Step) -> str:
        """An andamento keeps its key, also when its processo gets another number."""
        return self._of(f"etapa/{step.id_atividade}")

    def _of(self, name: str) -> str:
        # The year says when the name was the tenant's; it must not become another one.
        return f"tag:{urlsplit(self.tenant.endereco).hostname},2026:{name}"


def tell(step: Step) -> str:
    """The step in our words. Where we have none, what is there may be anybody's."""
    return "Andamento registrado" if step.sentence == step.sei_text else step.sentence


def render_feed(tracking: Tracking, links: Links, tenant: Tenant, today: date) -> bytes:
    """A page of the history as an Atom feed (RFC 4287), in the order asked for."""
    xml = current_app.jinja_env.get_template("processos/historico.xml").render(
        tracking=tracking,
        links=links,
        tags=Tags(tenant),
        tell=tell,
        tenant=tenant,
        updated=_updated(tracking, tenant, today),
    )
    return _ILLEGAL.sub("", xml).encode()


def render_calendar(tracking: Tracking, links: Links, tenant: Tenant) -> bytes:
    """A page of the history as a calendar. It must have a step."""
    tags = Tags(tenant)
    numero = tracking.procedimento.formatado
    return write_calendar(
        f"Processo {numero}",
        (
            Event(
                uid=tags.etapa(step),
                moment=step.moment,
                summary=f"{tell(step)} ({numero})",
                location=name_of(step.unidade, tracking),
                url=links.pagina(),
            )
            for step in tracking.history.steps  # type: ignore[union-attr] # it has a step
        ),
    )


def _updated(tracking: Tracking, tenant: Tenant, today: date) -> datetime:
    """When the newest step was. A feed without one must have a moment all the same."""
    steps = tracking.history.steps if tracking.history is not None else ()
    if steps:
        return max(step.moment for step in steps)
    since = tracking.procedimento.autuacao or today
    return datetime.combine(since, time(), tenant.fuso)
