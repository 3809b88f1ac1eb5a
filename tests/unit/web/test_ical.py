"""RFC 5545: lines of 75 octets that divide no character, texts that stay texts."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.ical import Event, fold, write_calendar

NOON = datetime(2026, 3, 20, 12, tzinfo=ZoneInfo("America/Sao_Paulo"))


def event(summary: str = "Concluído", moment: datetime = NOON) -> Event:
    return Event("tag:x.example,2026:etapa/1", moment, summary, "Protocolo", "https://x.example/")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=400))
def test_a_folded_line_can_be_put_together_again(line: str) -> None:
    pieces = fold(line).split(b"\r\n")
    assert pieces.pop() == b""
    for piece in pieces:
        assert len(piece) <= 75
        piece.decode()
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert b"".join([pieces[0], *(piece[1:] for piece in pieces[1:])]).decode() == line


def test_a_line_is_not_folded_before_it_must_be() -> None:
    assert fold("a" * 75) == b"a" * 75 + b"\r\n"
    assert fold("a" * 76) == b"a" * 75 + b"\r\n a\r\n"
    assert fold("a" * 74 + "é") == b"a" * 74 + b"\r\n \xc3\xa9\r\n"


@given(st.text(max_size=200))
def test_whatever_a_text_is_it_stays_one_property(text: str) -> None:
    calendar = write_calendar("Processo 1", [event(text)]).decode()
    lines = calendar.replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert [line.partition(":")[0] for line in lines[5:-2]] == [
        "BEGIN", "UID", "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION", "URL", "TRANSP", "END",
    ]  # fmt: skip
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\n]", "".join(lines))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a; b, c", r"a\; b\, c"),
        ("C:\\pasta", r"C:\\pasta"),
        ("um\r\ndois", r"um\ndois"),
        ("a\x00b\u202ec", "abc"),
    ],
)
def test_what_has_a_meaning_in_a_text_is_escaped(text: str, written: str) -> None:
    assert f"\r\nSUMMARY:{written}\r\n".encode() in write_calendar("x", [event(text)])


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (NOON, "20260320T150000Z"),
        (NOON.replace(year=1913), "19130320T150628Z"),
        (NOON.replace(year=25), "00250320T150628Z"),
    ],
)
def test_a_moment_is_said_in_utc(moment: datetime, written: str) -> None:
    assert f"\r\nDTSTART:{written}\r\n".encode() in write_calendar("x", [event(moment=moment)])
