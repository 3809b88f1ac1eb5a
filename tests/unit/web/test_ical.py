"""RFC 5545: lines of 75 octets that divide no character, texts that stay texts."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.ical import Event, write_calendar

NOON = datetime(2026, 3, 20, 12, tzinfo=ZoneInfo("America/Sao_Paulo"))


def event(summary: str = "Concluído", moment: datetime = NOON) -> Event:
    return Event("tag:x.example,2026:etapa/1", moment, summary, "Protocolo", "https://x.example/")


@given(st.text(max_size=200))
def test_whatever_a_text_is_it_stays_one_property(text: str) -> None:
    calendar = write_calendar("Processo 1", [event(text)])
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    lines = calendar.decode().replace("\r\n ", "").split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert sorted(line.partition(":")[0] for line in lines[5:-2]) == [
        "BEGIN", "DTSTAMP", "DTSTART", "END", "LOCATION", "SUMMARY", "TRANSP", "UID", "URL",
    ]  # fmt: skip
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\n]", "".join(lines))


def test_a_name_that_has_a_comma_is_a_text_like_any_other() -> None:
    assert b"\r\nUID:tag:x.example\\,2026:etapa/1\r\n" in write_calendar("x", [event()])


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
