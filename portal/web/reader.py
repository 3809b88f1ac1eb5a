"""Who reads what SEI holds: anybody, or the person who is signed in, as far as SEI knows them."""

from typing import cast

from flask import g

from portal.audit import Event
from portal.cpf import Cpf
from portal.db import db
from portal.sei.people import recognize
from portal.sei.values import ANYONE, Cnpj, Recognition, Slow, Viewer
from portal.sei.vinculos import represent, represent_by
from portal.web.signin import find_viewer, get_viewer, note
from portal.web.tenant import current_tenant


def recognize_reader() -> Recognition:
    """Who asks, in SEI; asked once in a request, and not at all for who is not signed in.

    Raises `Unavailable` when SEI does not answer.
    """
    if "reader" not in g:
        person = find_viewer()
        g.reader = ANYONE if person is None else recognize(current_tenant(), Cpf(person.cpf))
    return cast(Recognition, g.reader)


def is_reader_unknown() -> bool:
    """Whether SEI was asked for the person, and could not say in time."""
    return isinstance(g.get("reader"), Slow)


def note_opened(numero: str, granted: bool) -> None:
    """Write down that the person reads a restrito, by an acesso externo of their own. What cannot
    be written down is not shown."""
    if granted:
        note(Event.RESTRITO_READ, get_viewer().account, numero[:100])
        db.session.commit()


def current_reader() -> Viewer:
    """Who asks. Where SEI cannot say in time who a person is, they see what anybody sees, and
    every page says that it is so.

    Acting for somebody changes nothing here: what was opened to a person is theirs meanwhile, and
    what was opened to whom they act for is not.
    """
    found = recognize_reader()
    return found if isinstance(found, Viewer) else ANYONE


def recognize_listed() -> Recognition:
    """Whose processos are listed: those of whom the person acts for, or else their own.

    Raises `Unavailable` when SEI does not answer.
    """
    acting, tenant = get_viewer().acting, current_tenant()
    if acting is None or not acting.valid:
        return recognize_reader()
    if acting.vinculo is not None:
        return represent_by(tenant, acting.vinculo)
    return represent(tenant, Cnpj(acting.representation.document))
