"""Codes of receipts, on both kinds of database that the portal may have."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.errors import NotFound
from portal.keyring import Keyring
from portal.protocolo.models import Receipt
from portal.protocolo.receipts import check_receipt, issue, read_code
from tests.integration.protocolo.makers import KEYRING, NOW, TENANT, sent_file, submit


def test_who_has_the_code_is_told_numbers_instants_and_hashes(session: Session) -> None:
    files = (sent_file(), sent_file("rg da maria.pdf", b"%PDF-1.7 rg"))
    sent = submit(session, files=files)
    codigo = issue(session, KEYRING, TENANT, sent)
    checked = check_receipt(session, TENANT, codigo)
    assert (checked.codigo, checked.numero) == (codigo, "P26-000001-S")
    assert (checked.received_at, checked.autuado_at, checked.processo) == (NOW, None, None)
    assert checked.hashes == tuple(file.sha256 for file in files)
    assert "maria" not in repr(checked).lower()


def test_the_code_is_always_the_same_and_is_not_in_the_database(session: Session) -> None:
    sent = submit(session)
    codigo = issue(session, KEYRING, TENANT, sent)
    assert issue(session, KEYRING, TENANT, sent) == codigo
    [row] = session.scalars(select(Receipt))
    assert codigo.encode() not in row.digest
    assert codigo.replace("-", "").encode() not in row.digest
    assert len(codigo) == 19
    assert codigo != issue(session, KEYRING, TENANT, submit(session))


def test_after_a_new_key_the_codes_given_before_are_good(session: Session) -> None:
    sent = submit(session)
    old = issue(session, KEYRING, TENANT, sent)
    new = issue(session, Keyring(["another secret key, as long as that"]), TENANT, sent)
    assert old != new
    assert check_receipt(session, TENANT, old).numero == check_receipt(session, TENANT, new).numero


def test_another_tenant_has_no_such_receipt(session: Session) -> None:
    codigo = issue(session, KEYRING, TENANT, submit(session))
    with pytest.raises(NotFound):
        check_receipt(session, "ipes", codigo)
    with pytest.raises(NotFound):
        check_receipt(session, TENANT, "0000-0000-0000-0000")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0123-4567-89AB-CDEF", "0123-4567-89AB-CDEF"),
        (" o1i3 4567.89ab–cdef\t", "0113-4567-89AB-CDEF"),
        ("L123456789ABCDEF", "1123-4567-89AB-CDEF"),
        ("0123-4567-89AB-CDE", None),
        ("0123-4567-89AB-CDEU", None),
        ("0123-4567-89AB-CDEF-0", None),
        ("٠123-4567-89AB-CDEF", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_people_write_it(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


def test_a_submission_that_is_not_there_has_no_receipt(session: Session) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign"):
        issue(session, KEYRING, TENANT, uuid.uuid4())
    session.rollback()
