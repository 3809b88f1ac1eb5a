"""The portal's own number of a submission: `P26-000123-Z`.

The year, a count that begins anew with each, and a letter that checks both. It ends in a letter,
which no number of SEI does, and a wrong or swapped digit never gives another's letter: 23 is a
prime above ten.
"""

import re
from typing import cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from portal.db import insert_into
from portal.protocolo.models import SubmissionCount

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Neither I nor O nor Q, which are read as digits."""

_NUMBER = re.compile(r"P(?P<ano>[0-9]{2})(?P<count>[0-9]{6,9})(?P<letter>[A-Z])")
_JOINTS = re.compile(r"[\s.\-–—/]+")


def format_number(ano: int, count: int) -> str:
    """Of the count's submission of a year; the count grows past six digits when it has to."""
    short = ano % 100
    return f"P{short:02}-{count:06}-{_letter(short, str(count))}"


def find_number(text: str) -> str | None:
    """What somebody typed, as it is kept; None for what is no number of ours."""
    match = _NUMBER.fullmatch(_JOINTS.sub("", text).upper())
    if match is None or match["letter"] != _letter(int(match["ano"]), match["count"]):
        return None
    return format_number(int(match["ano"]), int(match["count"]))


def draw_number(session: Session, tenant: str, ano: int) -> str:
    """The next of this tenant and year. Others who draw wait until this transaction ends, and it
    gives back what it drew when it fails: no number is missing, none is there twice."""
    table = cast(Table, SubmissionCount.__table__)
    insert = insert_into(table, session.get_bind().dialect.name)
    count = session.execute(
        insert.values(tenant=tenant, ano=ano, last=1)
        .on_conflict_do_update(index_elements=["tenant", "ano"], set_={"last": table.c.last + 1})
        .returning(table.c.last)
    ).scalar_one()
    return format_number(ano, count)


def _letter(short_ano: int, count: str) -> str:
    return LETTERS[int(f"{short_ano:02}{int(count):09}") % len(LETTERS)]
