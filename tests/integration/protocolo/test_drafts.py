"""Drafts as rows, on both kinds of database that the portal may have."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.arquivos.values import Kind
from portal.errors import NotFound
from portal.keyring import Keyring, Unreadable
from portal.protocolo import drafts, uploads
from portal.protocolo.drafts import TooManyDrafts
from portal.protocolo.models import Draft, DraftFile, Outbox, Task
from portal.protocolo.values import MOST_DRAFTS, Mistake, Owner
from tests.integration.protocolo.makers import (
    FORM,
    JOSE,
    KEYRING,
    LIMITS,
    MARIA,
    NOW,
    SERVICO,
    TENANT,
    begin,
    submit,
)

HERS = Owner(MARIA)
BROWSER = Owner(browser=bytes(32))


def get(session: Session, draft: uuid.UUID, owner: Owner = HERS) -> drafts.DraftView:
    return drafts.get_draft(session, KEYRING, TENANT, owner, draft, NOW)


def save(
    session: Session, draft: uuid.UUID, owner: Owner = HERS, /, **typed: str
) -> dict[str, Mistake]:
    return drafts.save_fields(session, KEYRING, TENANT, owner, draft, FORM, typed, NOW)


def add_file(session: Session, draft: uuid.UUID) -> uuid.UUID:
    return uploads.announce(
        session, KEYRING, TENANT, HERS, draft, "identidade", "rg.pdf", Kind.PDF, 100, LIMITS,
        NOW,
    )  # fmt: skip


def test_what_is_typed_is_kept_right_or_wrong(session: Session) -> None:
    draft = begin(session)
    assert save(session, draft, motivo=" Galhos ", cpf="123") == {"cpf": Mistake.CPF}
    assert save(session, draft, quando="30/02/2026", desconhecido="x") == {"quando": Mistake.DATE}
    session.commit()
    found = get(session, draft)
    assert found.fields == {"motivo": "Galhos", "cpf": "123", "quando": "30/02/2026"}
    assert found.version == 3
    assert found.expires == NOW + timedelta(days=30)
    assert save(session, draft, cpf="999.000.010-79") == {}


def test_what_is_typed_is_kept_sealed(session: Session) -> None:
    draft = drafts.begin(session, KEYRING, TENANT, HERS, SERVICO, NOW, represented="11222333000181")
    save(session, draft, motivo="Galhos")
    add_file(session, draft)
    session.commit()
    [row], [file] = session.scalars(select(Draft)).all(), session.scalars(select(DraftFile)).all()
    assert row.represented is not None
    for text in (b"Galhos", b"motivo", b"11222333000181", b"rg"):
        assert text not in row.fields + row.represented + file.label
    found = get(session, draft)
    assert (found.represented, found.files[0].label) == ("11222333000181", "rg.pdf")
    assert "Galhos" not in repr(found)
    assert "rg.pdf" not in repr(found)


def test_two_fields_saved_at_once_are_both_kept(engine: Engine) -> None:
    with Session(engine) as session:
        draft = begin(session)
    names = ["motivo", "cpf", "cnpj", "quando"]
    together(
        engine,
        [lambda session, name=name: save(session, draft, HERS, **{name: "1"}) for name in names],
    )
    with Session(engine) as session:
        assert get(session, draft).fields == dict.fromkeys(names, "1")
        assert get(session, draft).version == 5


@pytest.mark.parametrize(
    ("tenant", "owner"), [("ipes", HERS), (TENANT, Owner(JOSE)), (TENANT, BROWSER)]
)
def test_another_persons_draft_is_not_found(session: Session, tenant: str, owner: Owner) -> None:
    draft = begin(session)
    file = add_file(session, draft)
    session.commit()
    asked: list[Callable[[], object]] = [
        lambda: drafts.get_draft(session, KEYRING, tenant, owner, draft, NOW),
        lambda: drafts.save_fields(session, KEYRING, tenant, owner, draft, FORM, {}, NOW),
        lambda: drafts.delete_draft(session, tenant, owner, draft, NOW),
        lambda: uploads.remove(session, tenant, owner, draft, file, NOW),
        lambda: uploads.reorder(session, tenant, owner, draft, [file], NOW),
    ]
    for ask in asked:
        with pytest.raises(NotFound):
            ask()
        session.rollback()
    assert drafts.list_drafts(session, KEYRING, tenant, owner, NOW) == []


def test_a_draft_begun_before_the_login_is_claimed_by_its_browser_once(session: Session) -> None:
    draft = drafts.begin(session, KEYRING, TENANT, BROWSER, SERVICO, NOW)
    save(session, draft, BROWSER, motivo="Galhos")
    session.commit()
    for tenant, browser in (("ipes", bytes(32)), (TENANT, b"1" * 32)):
        with pytest.raises(NotFound):
            drafts.claim(session, tenant, draft, browser, MARIA, NOW)
        session.rollback()
    drafts.claim(session, TENANT, draft, bytes(32), MARIA, NOW)
    session.commit()
    assert get(session, draft).fields == {"motivo": "Galhos"}
    with pytest.raises(NotFound):
        get(session, draft, BROWSER)
    with pytest.raises(NotFound):
        drafts.claim(session, TENANT, draft, bytes(32), JOSE, NOW)


def test_a_draft_without_an_owner_is_impossible(session: Session) -> None:
    session.add(Draft(tenant=TENANT, servico_id=SERVICO, fields=b"", version=1, created=NOW,
                      changed=NOW, sensitive=False))  # fmt: skip
    with pytest.raises(IntegrityError, match="ck_draft_owner"):
        session.flush()


def test_there_are_so_many_open_drafts_and_no_more(session: Session) -> None:
    every = [begin(session) for _ in range(MOST_DRAFTS)]
    with pytest.raises(TooManyDrafts):
        begin(session)
    session.rollback()
    drafts.delete_draft(session, TENANT, HERS, every[0], NOW)
    begin(session)
    assert len(drafts.list_drafts(session, KEYRING, TENANT, HERS, NOW)) == MOST_DRAFTS
    begin(session, JOSE)
    begin(session, tenant="ipes")


@pytest.mark.parametrize(("owner", "days"), [(HERS, 30), (BROWSER, 1)])
def test_a_draft_that_nobody_changes_expires(session: Session, owner: Owner, days: int) -> None:
    draft = drafts.begin(session, KEYRING, TENANT, owner, SERVICO, NOW)
    session.commit()
    before = NOW + timedelta(days=days, seconds=-1)
    assert drafts.get_draft(session, KEYRING, TENANT, owner, draft, before)
    assert drafts.forget(session, before) == 0
    after = NOW + timedelta(days=days)
    with pytest.raises(NotFound):
        drafts.get_draft(session, KEYRING, TENANT, owner, draft, after)
    with pytest.raises(NotFound):
        drafts.save_fields(session, KEYRING, TENANT, owner, draft, FORM, {"cpf": "1"}, after)
    assert drafts.list_drafts(session, KEYRING, TENANT, owner, after) == []
    assert drafts.forget(session, after) == 1
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_that_goes_takes_its_files_along_and_their_bytes_soon(session: Session) -> None:
    draft = begin(session)
    file = add_file(session, draft)
    drafts.delete_draft(session, TENANT, HERS, draft, NOW)
    session.commit()
    assert session.scalars(select(DraftFile)).all() == []
    [row] = session.scalars(select(Outbox)).all()
    assert (row.task, row.subject, row.due) == (Task.ERASE, file, NOW)


def test_what_a_person_has_not_sent_goes_with_their_account_and_the_rest_stays(
    session: Session,
) -> None:
    sent = submit(session)
    begin(session)
    begin(session, JOSE)
    assert drafts.delete_drafts_of(session, TENANT, MARIA, NOW) == 1
    session.commit()
    assert [d.account for d in session.scalars(select(Draft))] == [JOSE]
    assert [row.subject for row in session.scalars(select(Outbox))] == [sent]


def test_after_a_new_key_drafts_are_sealed_anew(session: Session) -> None:
    draft = begin(session)
    save(session, draft, motivo="Galhos")
    add_file(session, draft)
    session.commit()
    new = "a secret key that came after the first one"
    both, alone = Keyring([new, "a secret key of the tests, long enough"]), Keyring([new])
    with pytest.raises(Unreadable):
        drafts.get_draft(session, alone, TENANT, HERS, draft, NOW)
    assert drafts.reseal(session, both) == 2
    session.commit()
    assert drafts.reseal(session, both) == 0
    assert drafts.get_draft(session, alone, TENANT, HERS, draft, NOW).fields["motivo"] == "Galhos"


def together(engine: Engine, actions: list[Callable[[Session], object]]) -> list[object]:
    """Each in a session of its own, at the same moment; what each gave, or raised."""
    gate, results = threading.Barrier(len(actions)), []

    def run(action: Callable[[Session], object]) -> None:
        with Session(engine) as session:
            gate.wait()
            try:
                result = action(session)
                session.commit()
            except Exception as error:
                results.append(error)
            else:
                results.append(result)

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
