"""Received once: whatever the browser does, and whoever else sends at the same moment."""

import uuid
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.arquivos.values import Kind
from portal.errors import NotFound
from portal.keyring import Keyring
from portal.protocolo import drafts, submissions, uploads
from portal.protocolo.drafts import Changed
from portal.protocolo.models import Outbox, Submission, SubmissionFile, Task
from portal.protocolo.submissions import NotPossible
from portal.protocolo.values import TRANSITIONS, Owner, SubmissionState
from tests.integration.protocolo.makers import (
    BRASILIA,
    FORM,
    JOSE,
    KEYRING,
    LIMITS,
    MARIA,
    NOW,
    TENANT,
    begin,
    content,
    sent_file,
    submit,
)
from tests.integration.protocolo.test_drafts import together

State = SubmissionState


def send(session: Session, draft: uuid.UUID, version: int = 1, **changes: object) -> uuid.UUID:
    given = {"files": [sent_file(), sent_file("rg.pdf", b"%PDF-1.4")], "clock": lambda: NOW}
    given |= changes
    return submissions.submit(
        session, KEYRING, TENANT, MARIA, draft, version, content(), given["files"],  # type: ignore[arg-type]
        given["clock"], BRASILIA,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_draft_is_received_whole_with_a_number(session: Session) -> None:
    draft = begin(session)
    files = [sent_file(), sent_file("rg.pdf", b"%PDF-1.4")]
    sent = send(session, draft, files=files)
    session.commit()
    found = submissions.get_submission(session, KEYRING, TENANT, MARIA, sent)
    assert (found.numero[:10], found.received_at, found.state) == ("P26-000001", NOW, State.READY)
    assert found.content == content()
    assert [(f.id, f.label, f.sha256, f.md5, f.size) for f in found.files] == [
        (f.id, f.label, f.sha256, f.md5, f.size) for f in files
    ]
    [row] = session.scalars(select(Outbox)).all()
    assert (row.task, row.subject, row.due) == (Task.DELIVER, sent, NOW)
    assert submissions.find_by_number(session, TENANT, found.numero.lower()) == sent
    assert submissions.find_by_number(session, "ipes", found.numero) is None
    assert submissions.list_submissions(session, KEYRING, TENANT, MARIA) == [found]


def test_what_was_sent_is_sealed(session: Session) -> None:
    submit(session)
    row = session.scalars(select(Submission)).one()
    kept = row.content + row.files[0].label
    for text in (b"Maria", b"99900001079", b"203.0.113.7", b"Galhos", b"requerimento"):
        assert text not in kept
    assert "Maria" not in repr(submissions.view_of(KEYRING, row))


def test_pressed_twice_from_another_window_and_after_going_back_it_is_one(
    session: Session,
) -> None:
    draft = begin(session)
    sent = send(session, draft)
    session.commit()
    for version in (1, 1, 7):
        assert send(session, draft, version) == sent
        session.commit()
    assert session.scalars(select(func.count()).select_from(Submission)).one() == 1
    assert session.scalars(select(func.count()).select_from(SubmissionFile)).one() == 2
    with pytest.raises(NotFound):
        drafts.save_fields(session, KEYRING, TENANT, Owner(MARIA), draft, FORM, {}, NOW)
    session.rollback()
    with pytest.raises(NotFound):
        drafts.delete_draft(session, TENANT, Owner(MARIA), draft, NOW)


def test_pressed_in_many_windows_at_once_it_is_one(engine: Engine) -> None:
    with Session(engine) as session:
        draft = begin(session)
    results = together(engine, [lambda session: send(session, draft)] * 6)
    assert len(set(results)) == 1
    assert isinstance(results[0], uuid.UUID)
    with Session(engine) as session:
        assert len(session.scalars(select(Submission)).all()) == 1
        assert len(session.scalars(select(Outbox)).all()) == 1


def test_the_numbers_of_those_who_send_at_once_follow_each_other(engine: Engine) -> None:
    people = [uuid.UUID(int=100 + n) for n in range(8)]
    results = together(engine, [lambda session, who=who: submit(session, who) for who in people])
    assert all(isinstance(result, uuid.UUID) for result in results), results
    with Session(engine) as session:
        numbers = session.scalars(select(Submission.numero)).all()
    assert sorted(number[4:10] for number in numbers) == [f"{n:06}" for n in range(1, 9)]


def test_what_is_undone_takes_its_number_back(session: Session) -> None:
    draft = begin(session)
    send(session, draft)
    session.rollback()
    assert session.scalars(select(Submission)).all() == []
    send(session, draft)
    assert session.scalars(select(Submission.numero)).one().startswith("P26-000001-")


def test_a_draft_that_changed_since_it_was_read_is_not_sent(session: Session) -> None:
    draft = begin(session)
    drafts.save_fields(session, KEYRING, TENANT, Owner(MARIA), draft, FORM, {"cpf": "1"}, NOW)
    session.commit()
    with pytest.raises(Changed):
        send(session, draft, 1)
    session.rollback()
    assert send(session, draft, 2)


def test_a_draft_cannot_change_while_it_is_sent(engine: Engine) -> None:
    """Whichever comes first, what is sent is what was read."""
    with Session(engine) as session:
        draft = begin(session)
    sent, changed = (
        lambda session: send(session, draft),
        lambda session: drafts.save_fields(
            session, KEYRING, TENANT, Owner(MARIA), draft, FORM, {"cpf": "1"}, NOW
        ),
    )
    results = together(engine, [sent, changed])
    failed = [type(result) for result in results if isinstance(result, Exception)]
    assert failed in ([Changed], [NotFound])


@pytest.mark.parametrize(("tenant", "account"), [("ipes", MARIA), (TENANT, JOSE)])
def test_another_persons_submission_is_not_found(
    session: Session, tenant: str, account: uuid.UUID
) -> None:
    sent = submit(session)
    draft = begin(session)
    with pytest.raises(NotFound):
        submissions.get_submission(session, KEYRING, tenant, account, sent)
    assert submissions.list_submissions(session, KEYRING, tenant, account) == []
    with pytest.raises(NotFound):
        submissions.submit(session, KEYRING, tenant, account, draft, 1, content(), [sent_file()],
                           lambda: NOW, BRASILIA)  # fmt: skip


def test_without_a_file_nothing_is_sent(session: Session) -> None:
    with pytest.raises(NotPossible):
        send(session, begin(session), files=[])


def test_photos_that_became_a_pdf_are_erased(session: Session) -> None:
    draft = begin(session)
    photo = uploads.announce(
        session, KEYRING, TENANT, Owner(MARIA), draft, "identidade", "1.jpg", Kind.FOTO, 9,
        LIMITS, NOW,
    )  # fmt: skip
    sent = send(session, draft, 2)
    session.commit()
    tasks = {(row.task, row.subject) for row in session.scalars(select(Outbox))}
    assert tasks == {(Task.DELIVER, sent), (Task.ERASE, photo)}


@pytest.mark.parametrize(
    ("utc", "numero"),
    [
        (datetime(2027, 1, 1, 2, 59, 59, tzinfo=UTC), "P26-000001"),
        (datetime(2027, 1, 1, 3, 0, 0, tzinfo=UTC), "P27-000001"),
        (datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC), "P28-000001"),
    ],
)
def test_the_year_of_a_number_is_brasilias(session: Session, utc: datetime, numero: str) -> None:
    sent = submit(session, now=utc)
    found = submissions.get_submission(session, KEYRING, TENANT, MARIA, sent)
    assert found.numero.startswith(numero)
    assert found.received_at == utc


def test_the_act_is_when_it_was_received_and_not_when_the_draft_was_locked(
    session: Session,
) -> None:
    """At 23:59:59 of Brasília, and after waiting for another window past midnight."""
    ticks = iter([NOW, NOW + timedelta(seconds=2)])
    sent = send(session, begin(session), clock=lambda: next(ticks))
    found = submissions.get_submission(session, KEYRING, TENANT, MARIA, sent)
    assert found.received_at == NOW + timedelta(seconds=2)


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_states_follow_each_other_as_the_table_says(
    session: Session, before: State, after: State
) -> None:
    sent = submit(session)
    row = session.scalars(select(Submission)).one()
    row.state, row.processo = before, "0001.000001/2026"
    session.commit()
    assert submissions.move(session, TENANT, sent, after) == (after in TRANSITIONS[before])
    session.commit()
    session.refresh(row)
    assert row.state is (after if after in TRANSITIONS[before] else before)
    assert not submissions.move(session, "ipes", sent, after)


def test_the_table_lets_nothing_out_of_delivered_and_everything_into_it() -> None:
    assert TRANSITIONS.keys() == set(State)
    assert TRANSITIONS[State.DELIVERED] == frozenset()
    assert all(
        State.DELIVERED in after for s, after in TRANSITIONS.items() if s is not State.DELIVERED
    )
    # What may be in SEI is looked for before it is sent.
    assert {s for s, after in TRANSITIONS.items() if State.SENDING in after} == {State.READY}


def test_delivered_without_a_processo_is_impossible(session: Session) -> None:
    submit(session)
    row = session.scalars(select(Submission)).one()
    row.state = State.DELIVERED
    with pytest.raises(IntegrityError, match="ck_submission_delivered"):
        session.flush()


def test_after_a_new_key_submissions_are_sealed_anew(session: Session) -> None:
    sent = submit(session)
    new = "a secret key that came after the first one"
    both, alone = Keyring([new, "a secret key of the tests, long enough"]), Keyring([new])
    assert submissions.reseal(session, both) == 2
    assert submissions.reseal(session, both) == 0
    assert submissions.get_submission(session, alone, TENANT, MARIA, sent).content == content()


def test_what_was_received_survives_a_power_cut(engine: Engine) -> None:
    """As far as a database can tell: each commit waits until the disk has it."""
    question = (
        "PRAGMA synchronous" if engine.dialect.name == "sqlite" else "SHOW synchronous_commit"
    )
    with engine.connect() as connection:
        assert connection.exec_driver_sql(question).scalar() in (2, "on")
