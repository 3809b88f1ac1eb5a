"""How far down a search may walk, told from a few públicos and the calendar."""

from datetime import date, datetime, timedelta

import pytest

from portal.sei.extent import BOTTOM, MOST_WALKED, NEAR, NOTHING, WITHOUT_EXTENT, Extent, Floor
from portal.sei.filters import LAST_STEP, Place

TODAY = date(2026, 3, 20)
TOP = Place(datetime(2200, 1, 1), 0)
FIRST, LAST = datetime(2016, 5, 2, 9), datetime(2026, 3, 18)
LARGE = Extent(FIRST, LAST, 10 * MOST_WALKED)


@pytest.mark.parametrize(
    "extent", [NOTHING, Extent(FIRST, LAST, MOST_WALKED), Extent(LAST, LAST, 1)]
)
def test_in_a_small_sei_a_search_may_look_at_everything(extent: Extent) -> None:
    floor = Floor(extent, TODAY)
    assert floor.below(TOP) == BOTTOM
    assert floor.end == BOTTOM


def test_in_a_large_one_it_walks_so_long_as_that_many_protocolos_take_and_then_twice() -> None:
    floor = Floor(LARGE, TODAY)
    for step in range(LAST_STEP + 1):
        place = floor.below(Place(datetime(2200, 1, 1), 0, step))
        assert timedelta() <= LAST - (LAST - FIRST) * 2**step / 10 - place.moment < timedelta(1)
    assert floor.end == Place(datetime(2016, 5, 2), 0)


def test_it_goes_on_from_where_it_was() -> None:
    place = Place(datetime(2020, 6, 1), 3)
    assert Floor(LARGE, TODAY).below(place).moment < place.moment - (LAST - FIRST) / 10
    assert Floor(LARGE, TODAY).below(BOTTOM) == BOTTOM


def test_without_an_extent_it_walks_some_days_from_today_and_has_no_end() -> None:
    floor = Floor(None, TODAY)
    assert floor.below(TOP) == Place(datetime(2026, 3, 20) - WITHOUT_EXTENT, 0)
    assert floor.end == BOTTOM


def test_of_fewer_protocolos_it_looks_at_fewer_days() -> None:
    floor = Floor(LARGE, TODAY)
    assert floor.near(TOP) > floor.below(TOP)
    assert Floor(Extent(FIRST, LAST, NEAR), TODAY).near(TOP) == BOTTOM


def test_where_all_were_autuados_on_one_day_it_ends_on_that_day() -> None:
    extent = Extent(LAST, LAST, 10 * MOST_WALKED)
    assert Floor(extent, TODAY).below(TOP) == Place(datetime(2026, 3, 18), 0)
