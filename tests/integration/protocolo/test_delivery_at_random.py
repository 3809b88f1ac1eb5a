"""Whatever happens, in whatever order, as often as hypothesis likes: each arrives once."""

import uuid
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from portal.db import Base
from portal.protocolo.values import SubmissionState
from tests.integration.protocolo import sei as faults
from tests.integration.protocolo.office import Office
from tests.integration.protocolo.sei import FAULTS, Killed

UPLOADS = [f for f in FAULTS if f not in (faults.cut_before, faults.cut_after)]
"""An upload that is cut off is no doubt: nothing of it stays."""


@pytest.fixture(scope="module")
def memory() -> Iterator[Engine]:
    engine = create_engine(
        "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def actions() -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(
        st.one_of(
            st.tuples(st.just("submit"), st.integers(1, 3)),
            st.tuples(st.just("work"), st.just(0)),
            st.tuples(st.just("minutes"), st.sampled_from([1, 15, 16, 31, 120, 1500])),
            st.tuples(st.just("upload"), st.integers(0, len(UPLOADS) - 1)),
            st.tuples(st.just("open"), st.integers(0, len(FAULTS) - 1)),
            st.tuples(st.just("unread"), st.integers(0, 1)),
        ),
        max_size=25,
    )


@settings(max_examples=80)
@given(actions())
def test_each_submission_becomes_one_processo(memory: Engine, story: list[tuple[str, int]]) -> None:
    with memory.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    office = Office(memory)
    office.submit()
    worker = office.worker()
    for what, number in story:
        match what:
            case "submit":
                office.submit(uuid.UUID(int=number), files=number)
            case "work":
                try:
                    worker.work()
                except Killed:
                    worker = office.worker()
            case "minutes":
                office.pass_(minutes=number)
            case "upload":
                office.sei.faults.setdefault("upload", []).append(UPLOADS[number])
            case "open":
                office.sei.faults.setdefault("open", []).append(FAULTS[number])
            case "unread":
                office.sei.readable = not number
        check_none_doubled(office)
    office.sei.readable = True
    office.sei.faults.clear()
    office.work_through(days=4)
    office.check_each_once()


def check_none_doubled(office: Office) -> None:
    """At every moment: no submission is two processos, and none is given up."""
    numbers = [text[:12] for text in office.sei.processos.values()]
    assert len(numbers) == len(set(numbers))
    assert SubmissionState.REFUSED not in {s.state for s in office.all_sent()}
