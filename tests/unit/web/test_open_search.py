"""A search as programs are sent it."""

from datetime import datetime

import pytest

from portal.sei.filters import Place
from portal.sei.results import MOST_COUNTED, Choices, Results
from portal.web.filters import Form, Search
from portal.web.open_search import extract_search

PLACE = Place(datetime(2026, 3, 9), 41)


@pytest.mark.parametrize(
    ("results", "after", "total"),
    [
        (Results((), total=0), None, 0),
        (Results((), total=MOST_COUNTED), None, MOST_COUNTED),
        (Results((), total=MOST_COUNTED + 1), None, None),
        (Results((), more=PLACE, total=30, partial=True), None, None),
        (Results((), total=0), PLACE, None),
        (None, None, None),
    ],
)
def test_a_total_is_sent_only_where_it_is_the_whole_number(
    results: Results | None, after: Place | None, total: int | None
) -> None:
    search = Search(Form({}), Choices((), (), ()), results, after)
    assert extract_search(search, "https://processos.example").total == total
