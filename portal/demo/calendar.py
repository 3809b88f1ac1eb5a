"""Working time of a prefeitura: when things happen, if they happen at all."""

from datetime import date, datetime, time, timedelta
from random import Random

HOLIDAYS = frozenset(
    {(1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25)}
)
"""National holidays of fixed date, (month, day)."""
OPENS, CLOSES = time(8), time(17, 45)
ONE_DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Whether the prefeitura works on a day."""
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def workday_before(day: date) -> date:
    """The day itself when they work on it, else the last one before it."""
    while not is_workday(day):
        day -= ONE_DAY
    return day


def after_days(rng: Random, moment: datetime, least: int, most: int) -> datetime:
    """A moment within working hours, some workdays later. No days: later on the same day."""
    days = rng.randint(least, most)
    if days == 0:
        return after_minutes(rng, moment, 6, 90)
    day = moment.date()
    while days:
        day += ONE_DAY
        days -= is_workday(day)
    return datetime.combine(day, _hour(rng))


def after_minutes(rng: Random, moment: datetime, least: int, most: int) -> datetime:
    """Some minutes later; on the next workday's morning when they have gone home."""
    later = moment + timedelta(minutes=rng.randint(least, most), seconds=rng.randint(0, 59))
    if later.time() <= CLOSES and later.date() == moment.date():
        return later
    day = moment.date() + ONE_DAY
    while not is_workday(day):
        day += ONE_DAY
    return datetime.combine(day, OPENS) + timedelta(minutes=rng.randint(2, 50))


def morning(rng: Random, day: date) -> datetime:
    """A moment in the morning of a workday."""
    opening = datetime.combine(workday_before(day), OPENS)
    return opening + timedelta(minutes=rng.randint(5, 200), seconds=rng.randint(0, 59))


def _hour(rng: Random) -> time:
    """Mid-morning and mid-afternoon are the busy hours; nobody signs at lunch."""
    centre = rng.choice((10, 10, 14, 15, 16))
    minutes = min(max(rng.gauss(centre * 60, 45), 8 * 60), 17 * 60 + 40)
    return time(int(minutes) // 60, int(minutes) % 60, rng.randint(0, 59))
