"""From a submission to a processo of SEI: exactly one, whatever happens on the way."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session, sessionmaker

from portal.protocolo import outbox
from portal.protocolo.delivery import FRESH, QUARANTINE, Worker
from portal.protocolo.models import Pause, Progress
from portal.protocolo.outbox import LEASE, MOST_FAILURES
from portal.protocolo.values import FILES_KEPT, SubmissionState
from tests.integration.protocolo import sei as faults
from tests.integration.protocolo.makers import JOSE, MARIA, NOW, TENANT
from tests.integration.protocolo.office import Office
from tests.integration.protocolo.sei import FAULTS, Fault, Killed

State = SubmissionState
OPERATIONS = ("upload", "open")


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


def test_a_submission_becomes_a_processo_with_all_its_files(office: Office) -> None:
    sent = office.submit()
    assert office.work() == ["delivered"]
    view = office.view(sent)
    assert (view.state, view.autuado_at) == (State.DELIVERED, NOW)
    assert [f.documento for f in view.files] == ["0001000", "0001001"]
    assert office.sei.calls == ["upload", "upload", "open"]
    office.check_each_once()


def test_its_bytes_go_a_month_after_sei_has_them_and_its_digests_stay(office: Office) -> None:
    sent = office.submit()
    office.work()
    office.pass_(days=30, seconds=-1)
    assert office.work() == []
    assert len(office.shelf.bodies) == 2
    office.pass_(seconds=1)
    assert office.work() == ["erased", "erased"]
    assert office.shelf.bodies == {}
    assert all(len(f.sha256) == 64 for f in office.view(sent).files)


# One fault at each call


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_whatever_goes_wrong_at_a_call_each_arrives_once(
    office: Office, fault: Fault, operation: str, place: int
) -> None:
    for account in (MARIA, JOSE, MARIA):
        office.submit(account)
    if operation == "upload" and fault in (faults.cut_before, faults.cut_after):
        fault = faults.away  # what the gateway makes of it
    office.sei.faults[operation] = [None] * place + [fault]
    office.work_through()
    office.check_each_once()


@pytest.mark.parametrize("fault", [faults.cut_after, faults.killed_after, faults.broken_after])
def test_what_sei_did_without_our_knowing_is_found_and_not_sent_again(
    office: Office, fault: Fault
) -> None:
    office.submit()
    office.sei.faults["open"] = [fault]
    office.work_through()
    assert office.sei.calls.count("open") == 1
    office.check_each_once()


def test_what_is_unknown_rests_before_it_is_looked_for(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_before]
    assert office.work() == ["unconfirmed", "in quarantine"]
    office.pass_(seconds=QUARANTINE.total_seconds() - 1)
    assert office.work() == []
    assert office.view(sent).state is State.UNCONFIRMED
    office.pass_(seconds=1)
    assert office.work() == ["not in SEI", "delivered"]
    # With the files that SEI had, which are its guard.
    assert office.sei.calls == ["upload", "upload", "open", "find", "open"]
    office.check_each_once()


def test_a_worker_that_died_while_sending_leaves_a_doubt_and_nothing_ready(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.killed_before]
    with pytest.raises(Killed):
        office.work()
    assert office.view(sent).state is State.SENDING
    assert office.work() == []
    office.pass_(seconds=LEASE.total_seconds())
    assert office.work() == ["unconfirmed", "in quarantine"]
    assert office.view(sent).state is State.UNCONFIRMED


def test_the_guard_of_sei_stops_what_its_database_did_not_tell(office: Office) -> None:
    """A copy of the database that is an hour behind says that nothing is there."""
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.sei.stale = True
    office.work()
    office.pass_(minutes=30)
    office.work()
    view = office.view(sent)
    assert (view.state, view.attached) == (State.UNCONFIRMED, True)
    assert office.sei.calls.count("open") == 2
    office.pass_(hours=1)
    office.work()
    assert office.sei.calls.count("open") == 2  # SEI has said that it is there
    office.sei.stale = False
    office.work_through()
    office.check_each_once()


def test_what_cannot_be_looked_for_is_not_sent(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.sei.readable = False
    office.work_through(hours=1)
    assert office.sei.calls.count("open") == 1
    row = office.row(sent)
    assert (row.progress, row.reason) == (Progress.ATTENTION, "sei-not-read")
    assert office.view(sent).state is State.UNCONFIRMED


def test_files_that_sei_has_deleted_meanwhile_are_handed_over_anew(office: Office) -> None:
    office.submit()
    office.sei.faults["open"] = [faults.cut_before]
    office.work()
    office.pass_(days=3)
    office.work_through()
    assert office.sei.calls.count("upload") == 4
    office.check_each_once()


def test_files_uploaded_long_ago_are_handed_over_anew(office: Office) -> None:
    office.submit()
    office.sei.faults["open"] = [faults.away]
    office.work()
    office.pass_(seconds=FRESH.total_seconds())
    office.work_through()
    assert office.sei.calls.count("upload") == 4
    office.check_each_once()


# SEI says no


def test_what_sei_refuses_is_kept_and_somebody_has_to_look(office: Office) -> None:
    sent = office.submit()
    office.sei.faults["open"] = [faults.refused]
    assert office.work() == ["refused"]
    view, row = office.view(sent), office.row(sent)
    assert (view.state, view.message) == (State.REFUSED, "Tipo de documento não está liberado")
    assert (row.progress, row.reason) == (Progress.ATTENTION, "refused")
    office.pass_(days=60)
    assert office.work() == []
    assert len(office.shelf.bodies) == 2


def test_a_person_whose_first_was_refused_still_has_the_second_sent(office: Office) -> None:
    office.submit()
    second = office.submit()
    office.sei.faults["open"] = [faults.refused]
    office.work()
    assert office.view(second).state is State.DELIVERED


def test_a_key_that_sei_does_not_know_stops_the_queue_and_burns_nothing(office: Office) -> None:
    for n in range(5):
        office.submit(uuid.UUID(int=n + 1))
    office.sei.faults["upload"] = [faults.not_allowed] * 2
    assert office.work() == ["SEI does not let us"]
    with office.sessions() as session:
        pause = session.scalars(select(Pause)).one()
        assert (pause.tenant, pause.reason) == (TENANT, "not-allowed")
    office.work_through()
    office.check_each_once()
    with office.sessions() as session:
        assert session.scalars(select(Pause)).all() == []


def test_one_that_is_never_allowed_does_not_hold_the_others_up(office: Office) -> None:
    """A tipo de processo that SEI was not told to take from the portal."""
    first = office.submit()
    others = [office.submit(JOSE) for _ in range(3)]
    ask = office.sei.open_processo

    def choosy(novo: faults.ProcessoNovo, /) -> object:
        if novo.especificacao.startswith("P26-000001"):
            return faults.not_allowed(lambda: None)
        return ask(novo)

    office.sei.open_processo = choosy  # type: ignore[method-assign, assignment]
    office.work_through(days=3)
    assert [office.view(s).state for s in others] == [State.DELIVERED] * 3
    assert office.view(first).state is State.READY
    assert office.row(first).reason == "not-allowed"


# SEI is away


def test_a_sei_that_is_off_for_three_days_gets_everything_once_and_each_persons_in_order(
    office: Office,
) -> None:
    people = [uuid.UUID(int=n + 1) for n in range(4)]
    off = office.now + timedelta(days=3)
    office.sei.faults["upload"] = [faults.away] * 1000
    for hour in range(12):
        office.submit(people[hour % 4], files=1)
        office.work()
        office.pass_(hours=1)
    while office.now < off:
        office.work()
        office.pass_(minutes=30)
    assert office.sei.processos == {}
    assert len(office.sei.calls) < 300  # it was left alone meanwhile
    office.sei.faults.clear()
    office.work_through()
    office.check_each_once()
    opened = [especificacao[:12] for especificacao in office.sei.processos.values()]
    for person in people:
        hers = [s.numero for s in office.all_sent() if s.account == person]
        assert [n for n in opened if n in hers] == hers


def test_one_file_that_never_gets_through_does_not_hold_the_others_up(office: Office) -> None:
    first = office.submit(files=1)
    others = [office.submit(JOSE) for _ in range(3)]
    bad = office.view(first).files[0].md5
    ask = office.sei.upload

    def choosy(id_unidade: str, arquivo: faults.ArquivoEnviado, /) -> object:
        return faults.away(lambda: None) if arquivo.md5 == bad else ask(id_unidade, arquivo)

    office.sei.upload = choosy  # type: ignore[method-assign, assignment]
    for _ in range(12):
        others.append(office.submit(JOSE, files=1))
        office.work_through(days=0.1)
    assert {office.view(s).state for s in others} == {State.DELIVERED}
    assert office.view(first).state is State.READY
    row = office.row(first)
    assert (row.progress, row.reason) == (Progress.ATTENTION, "never-taken")


def test_what_is_broken_on_our_side_is_tried_so_often_and_then_shown(office: Office) -> None:
    sent = office.submit()
    office.shelf.bodies.clear()
    errors = [each.error for each in office.work_through(days=3)]
    assert [type(error) for error in errors] == [KeyError] * MOST_FAILURES
    row = office.row(sent)
    assert (row.progress, row.reason) == (Progress.ATTENTION, "error")
    assert office.view(sent).state is State.READY


def test_a_tenant_that_has_no_way_to_sei_yet_keeps_what_it_received(office: Office) -> None:
    sent = office.submit()
    nowhere = Worker(office.sessions, office.worker()._keyring, office.shelf, lambda _: None,
                     lambda: office.now)  # fmt: skip
    assert office.work(nowhere) == ["no way to SEI"]
    assert office.view(sent).state is State.READY
    office.work_through()
    office.check_each_once()


# A worker that dies at each commit

COMMITS = 15
"""Of two submissions of one file each, when all goes well."""


@contextmanager
def dying(office: Office, place: int, when: str) -> Iterator[sessionmaker[Session]]:
    """Sessions whose commit number `place` is the last thing that happens, or nearly happens."""
    sessions: sessionmaker[Session] = sessionmaker(office.engine)
    count = 0

    def die(_session: Session) -> None:
        nonlocal count
        count += 1
        if count == place:
            raise Killed

    event.listen(sessions, when, die)
    yield sessions


@pytest.mark.parametrize("when", ["before_commit", "after_commit"])
@pytest.mark.parametrize("place", range(1, COMMITS + 1))
@pytest.mark.parametrize("fault", [None, faults.cut_after, faults.cut_before])
def test_a_worker_that_dies_at_any_commit_loses_nothing_and_doubles_nothing(
    office: Office, fault: Fault | None, place: int, when: str
) -> None:
    office.submit(files=1)
    office.submit(JOSE, files=1)
    office.sei.faults["open"] = [fault]
    with dying(office, place, when) as sessions:
        office.work_through(lambda: office.worker(sessions))
    office.check_each_once()


def test_those_commits_are_all_there_are(office: Office) -> None:
    office.submit(files=1)
    office.submit(JOSE, files=1)
    commits = 0

    def note(_session: Session) -> None:
        nonlocal commits
        commits += 1

    sessions: sessionmaker[Session] = sessionmaker(office.engine)
    event.listen(sessions, "after_commit", note)
    office.work(office.worker(sessions))
    assert commits == COMMITS


# Several workers


@pytest.mark.parametrize("many", [2, 4])
def test_workers_share_a_queue_and_never_a_submission(office: Office, many: int) -> None:
    for n in range(12):
        office.submit(uuid.UUID(int=n % 6 + 1), files=1)
    failures: list[BaseException] = []

    def run() -> None:
        try:
            office.work()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    office.work_through()
    assert office.sei.calls.count("open") == 12
    office.check_each_once()


def test_a_worker_that_lost_its_lease_sends_nothing(office: Office) -> None:
    """Its upload took longer than anybody waits for; meanwhile another has begun anew."""
    sent = office.submit(files=1)
    other = office.worker()
    ask = office.sei.upload

    def slow(id_unidade: str, arquivo: faults.ArquivoEnviado, /) -> object:
        office.sei.upload = ask  # type: ignore[method-assign]
        office.pass_(hours=1)
        assert office.work(other) == ["delivered"]
        return ask(id_unidade, arquivo)

    office.sei.upload = slow  # type: ignore[method-assign, assignment]
    assert office.work() == ["lost to another worker"]
    assert office.sei.calls.count("open") == 1
    assert office.view(sent).state is State.DELIVERED
    office.check_each_once()


def test_a_yes_that_comes_after_it_was_given_up_is_still_a_yes(office: Office) -> None:
    sent = office.submit(files=1)
    ask = office.sei.open_processo

    def slow(novo: faults.ProcessoNovo, /) -> object:
        office.sei.open_processo = ask  # type: ignore[method-assign]
        office.pass_(minutes=20)
        assert office.work() == ["unconfirmed", "in quarantine"]
        return ask(novo)

    office.sei.open_processo = slow  # type: ignore[method-assign, assignment]
    assert office.work() == ["delivered"]
    assert office.view(sent).state is State.DELIVERED
    office.pass_(hours=1)
    assert office.work() == []
    office.check_each_once()


# A SEI that takes no file beforehand


def test_a_sei_without_a_guard_is_never_asked_twice_by_itself(office: Office) -> None:
    office.inline = True
    sent, other = office.submit(), office.submit(JOSE)
    office.sei.faults["open"] = [faults.cut_before]
    office.work_through()
    assert office.view(other).state is State.DELIVERED
    assert (office.view(sent).state, office.row(sent).reason) == (State.UNCONFIRMED, "unconfirmed")
    assert office.sei.calls == ["open", "open", "find"]
    assert len(office.sei.inline) == 2


def test_without_a_guard_what_sei_did_is_still_found(office: Office) -> None:
    office.inline = True
    sent = office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.work_through()
    assert office.view(sent).state is State.DELIVERED
    assert len(office.sei.processos) == 1


# Documents for a processo that exists


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_document_is_added_once_in_order(office: Office, fault: Fault, place: int) -> None:
    sent = office.submit(files=3, intercorrente="0001.000777/2025")
    office.sei.faults["include"] = [None] * place + [fault]
    office.work_through()
    view = office.view(sent)
    assert (view.state, view.processo) == (State.DELIVERED, "0001.000777/2025")
    assert all(f.documento for f in view.files)
    assert office.sei.files_of("0001.000777/2025") == [f.md5 for f in view.files]
    assert office.sei.processos == {}


# Clocks


def test_what_was_received_before_midnight_is_of_that_day_whenever_it_is_sent(
    office: Office,
) -> None:
    office.now = datetime(2027, 1, 1, 2, 59, 59, tzinfo=UTC)  # 23:59:59 in Brasília
    sent = office.submit(files=1)
    said: list[faults.ProcessoNovo] = []
    ask = office.sei.open_processo
    office.sei.open_processo = lambda novo, /: (said.append(novo), ask(novo))[1]  # type: ignore[method-assign, func-returns-value]
    office.pass_(minutes=5)
    office.work()
    [novo] = said
    assert novo.documentos[0].data.isoformat() == "2026-12-31"
    assert "31/12/2026 às 23:59:59 (horário de Brasília)" in novo.observacao
    assert novo.especificacao.startswith("P26-000001-")
    view = office.view(sent)
    assert view.autuado_at == view.received_at + timedelta(minutes=5)


def test_a_file_that_sei_has_still_to_get_is_not_erased(office: Office) -> None:
    sent = office.submit(files=1)
    file = office.view(sent).files[0].id
    with office.sessions() as session:
        outbox.erase(session, TENANT, file, office.now)
        session.commit()
    office.sei.faults["upload"] = [faults.away]
    assert office.work() == ["SEI is away", "still needed"]
    office.pass_(seconds=FILES_KEPT.total_seconds())
    office.work_through()
    office.check_each_once()
