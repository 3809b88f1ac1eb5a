"""What somebody at the prefeitura decides of a submission that did not get to SEI by itself."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from portal.audit import AuditEntry
from portal.errors import NotFound
from portal.protocolo import attention
from portal.protocolo.attention import InSei, NotWaiting
from portal.protocolo.values import SubmissionState
from tests.integration.protocolo import sei as faults
from tests.integration.protocolo.makers import KEYRING, MARIA, TENANT
from tests.integration.protocolo.office import Office

State = SubmissionState
NUMERO = "P26-000001-"


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def decide(office: Office, decision: Callable[[Session], None]) -> None:
    with office.sessions() as session:
        decision(session)
        session.commit()


def send_again(office: Office, numero: str, tenant: str = TENANT) -> None:
    decide(office, lambda s: attention.send_again(s, KEYRING, tenant, numero, office.now))


def mark_done(office: Office, numero: str, processo: str) -> None:
    decide(office, lambda s: attention.mark_done(s, KEYRING, TENANT, numero, processo, office.now))


def waiting(office: Office) -> list[attention.Waiting]:
    with office.sessions() as session:
        return attention.list_waiting(session, KEYRING)


def test_what_was_refused_is_listed_with_sei_s_words_and_sent_again_when_mended(
    office: Office,
) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.refused]
    office.work()
    numero = office.view(sent).numero
    [one] = waiting(office)
    assert (one.tenant, one.numero, one.state, one.reason, one.message) == (
        TENANT, numero, State.REFUSED, "refused", "Tipo de documento não está liberado",
    )  # fmt: skip
    assert "Tipo de documento" not in repr(one)
    send_again(office, numero.lower())
    assert waiting(office) == []
    assert office.view(sent).message is None
    assert office.work() == ["delivered"]
    office.check_each_once()


def test_what_was_done_by_hand_is_delivered_as_that_processo(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.sei.readable = False
    office.work_through(hours=1)
    numero = office.view(sent).numero
    assert [one.reason for one in waiting(office)] == ["sei-not-read"]
    mark_done(office, numero, "0001.000001/2026")
    view = office.view(sent)
    assert (view.state, view.processo, view.autuado_at) == (
        State.DELIVERED, "0001.000001/2026", None,
    )  # fmt: skip
    office.pass_(days=1)
    assert office.work() == []
    assert office.sei.calls.count("open") == 1
    office.pass_(days=29)
    assert office.work() == ["erased", "erased"]


def test_what_sei_has_said_that_it_has_is_never_sent_again(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.sei.stale = True
    office.work_through(days=3)
    assert [one.reason for one in waiting(office)] == ["not-found"]
    with pytest.raises(InSei):
        send_again(office, office.view(sent).numero)
    mark_done(office, office.view(sent).numero, "0001.000001/2026")
    office.check_each_once()


def test_after_an_operators_word_the_guard_of_sei_still_holds(office: Office) -> None:
    """They looked in the wrong place."""
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.sei.readable = False
    office.work_through(hours=1)
    send_again(office, office.view(sent).numero)
    office.sei.readable = True
    office.work_through()
    office.check_each_once()


def test_what_a_worker_has_is_nobodys_to_decide(office: Office) -> None:
    sent = office.submit()
    numero = office.view(sent).numero
    for decision in (send_again, lambda o, n: mark_done(o, n, "0001.000001/2026")):
        with pytest.raises(NotWaiting):
            decision(office, numero)
    office.work()
    with pytest.raises(NotWaiting):
        send_again(office, numero)
    for wrong in ("P26-000009-A", "", "0001.000001/2026"):
        with pytest.raises(NotFound):
            send_again(office, wrong)
    with pytest.raises(NotFound):
        send_again(office, numero, "ipes")


def test_each_decision_is_in_the_audit_of_the_person(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.refused] * 2
    office.work()
    numero = office.view(sent).numero
    send_again(office, numero)
    office.work()
    mark_done(office, numero, "0001.000001/2026")
    with office.sessions() as session:
        said = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(e.event, e.account, e.detail) for e in said] == [
        ("delivery", MARIA, f"{numero} again"), ("delivery", MARIA, f"{numero} by hand"),
    ]  # fmt: skip


def test_a_queue_that_pauses_says_since_when_and_until(office: Office) -> None:
    office.submit()
    office.sei.faults["upload"] = [faults.away]
    began = office.now
    office.work()
    with office.sessions() as session:
        [pause] = attention.list_paused(session)
    assert (pause.tenant, pause.reason, pause.since) == (TENANT, "away", began)
    assert pause.until > began
    office.work_through()
    with office.sessions() as session:
        assert attention.list_paused(session) == []
