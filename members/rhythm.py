"""How often an instructor calls: visits expected up to a day, and when the next one is due."""

from datetime import date, timedelta
from itertools import count, takewhile

from organizations.rules import months_later


def visits_due(since: date, until: date | None, day: date, months: int) -> int:
    """How many whole intervals of `months` have ended by that day, in post from `since`.

    `until` is the first day out of post; what would fall due from then on is not expected.
    """
    last = day if until is None else min(day, until - timedelta(days=1))
    ends = (months_later(since, months * number) for number in count(1))
    return sum(1 for _ in takewhile(lambda end: end <= last, ends))


def visits_due_in_year(since: date, until: date | None, day: date, months: int) -> int:
    """Those of them that fell due in the year of the day."""
    before = date(day.year - 1, 12, 31)
    return visits_due(since, until, day, months) - visits_due(since, until, before, months)


def next_visit(since: date, last: date | None, months: int) -> date:
    """An interval after the latest visit, or after the sending."""
    return months_later(last or since, months)
