"""The duties of many branches in a year, counted by one statement for any number of branches.

`activities.duties` tells the same of a single branch in words; a property test holds both together.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from activities.duties import Applies, Rule, latest_end, slots
from activities.models import Duty
from activities.parameters import RECORD_DAYS
from activities.querysets import COUNTED
from core.periods import Period
from core.rates import Rate
from members.models import PostKind
from organizations.models import PartyOrganization
from organizations.rules import APPOINTED, BRANCHES

COMMITTEE_POSTS = [PostKind.ORGANIZATION, PostKind.PUBLICITY, PostKind.DISCIPLINE, PostKind.MEMBER]

_COUNT = """
WITH slot AS MATERIALIZED (
    SELECT * FROM unnest(%(slot)s::int[], %(times)s::int[], %(applies)s::text[],
        %(first)s::date[], %(past)s::date[], %(month)s::int[])
        AS s(slot, times, applies, first, past, month)
), turn AS MATERIALIZED (
    SELECT * FROM unnest(%(turn_kind)s::bigint[], %(turn_month)s::int[], %(turn_slot)s::int[])
        AS t(kind, month, slot)
), branch AS MATERIALIZED (
    SELECT organization_id AS id, range_agg(daterange(valid_from, valid_to)) AS days
    FROM organizations_organizationperiod
    WHERE kind = ANY(%(branches)s) AND nature <> ALL(%(appointed)s)
        AND daterange(valid_from, valid_to) && daterange(%(start)s, %(stop)s)
        AND organization_id IN ({organizations})
    GROUP BY organization_id
), body AS MATERIALIZED (
    SELECT organization_id AS id, 'committee' AS applies,
        range_agg(daterange(valid_from, valid_to)) AS days
    FROM members_leadershippost
    WHERE state = 'in_force' AND kind = ANY(%(posts)s)
    GROUP BY organization_id
    UNION ALL
    SELECT organization_id, 'groups', range_agg(daterange(valid_from, valid_to))
    FROM activities_partygroup GROUP BY organization_id
), owed AS (
    SELECT b.id, s.slot, s.times, s.past, s.month
    FROM branch b JOIN slot s ON b.days @> daterange(s.first, s.past)
    WHERE s.applies = 'branch'
    UNION ALL
    SELECT b.id, s.slot, s.times, s.past, s.month
    FROM body d JOIN branch b ON b.id = d.id
    JOIN slot s ON s.applies = d.applies AND (b.days * d.days) @> daterange(s.first, s.past)
), deed AS (
    SELECT a.organization_id AS id, k.activitykind_id AS kind,
        extract(month FROM a.held_on)::int AS month,
        (a.recorded_on - a.held_on <= %(grace)s)::int AS promptly
    FROM activities_activity a JOIN activities_activity_kinds k ON k.activity_id = a.id
    WHERE a.held_on >= %(start)s AND a.held_on < %(stop)s AND a.recorded_on <= %(known)s
        AND a.state = ANY(%(states)s) {meetings}
    UNION ALL
    SELECT p.organization_id, 0, extract(month FROM c.ends_on)::int, 1
    FROM members_training c
    JOIN members_trainingattendance x ON x.training_id = c.id
    JOIN members_leadershippost p ON p.person_id = x.person_id AND p.kind = 'secretary'
        AND p.state = 'in_force' AND daterange(p.valid_from, p.valid_to) @> c.ends_on
    WHERE c.ends_on >= %(start)s AND c.ends_on < %(stop)s AND c.ends_on <= %(known)s
    OFFSET 0
), met AS MATERIALIZED (
    SELECT d.id, t.slot, count(*) AS held, sum(d.promptly) AS promptly
    FROM deed d JOIN turn t ON t.kind = d.kind AND t.month = d.month
    GROUP BY 1, 2
)
SELECT {columns}, o.past <= %(day)s AS over, count(*),
    count(*) FILTER (WHERE m.held >= o.times),
    count(*) FILTER (WHERE m.held >= o.times AND m.promptly < o.times)
FROM owed o LEFT JOIN met m ON m.id = o.id AND m.slot = o.slot
GROUP BY {sets}
"""


@dataclass
class Tally:
    """Duties counted: `owed`, of them `done` (`added` of these late), those whose time is over."""

    owed: int = 0
    done: int = 0
    added: int = 0
    over: int = 0
    over_done: int = 0

    def take(self, *, over: bool, owed: int, done: int, added: int) -> None:
        self.owed += owed
        self.done += done
        self.added += added
        if over:
            self.over += owed
            self.over_done += done

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(one + two for one, two in zip(self, other, strict=True)))

    def __iter__(self) -> Iterator[int]:
        return iter((self.owed, self.done, self.added, self.over, self.over_done))

    @property
    def rate(self) -> Rate:
        """The completion: of the duties whose period is over, those done."""
        return Rate(self.over_done, self.over)

    @property
    def late(self) -> int:
        return self.over - self.over_done

    @property
    def due(self) -> int:
        return (self.owed - self.done) - self.late


@dataclass
class YearTotals:
    """Of all branches asked for: each month's tally, and each branch's."""

    months: dict[int, Tally] = field(default_factory=dict)
    branches: dict[int, Tally] = field(default_factory=dict)

    @property
    def whole(self) -> Tally:
        return sum(self.branches.values(), Tally())


def rules_of(year: int) -> list[Rule]:
    """The rules for branches that hold in some part of the year, in the order of the kinds."""
    return [rule for rule in all_rules(year) if rule.applies is not Applies.CONVENER]


def all_rules(year: int) -> list[Rule]:
    """Those for who answers for the county too."""
    rows = Duty.objects.filter(valid_from__lte=date(year, 12, 31)).exclude(
        valid_to__lte=date(year, 1, 1)
    )
    return [row.rule for row in rows.select_related("kind")]


def totals(
    organizations: QuerySet[PartyOrganization],
    rules: Iterable[Rule],
    year: int,
    day: date,
    *,
    known: date | None = None,
) -> YearTotals:
    """Which of the organizations owe anything, and how far they and all together have come.

    With `known`, what was owed on the day, judged by what is on record on that later day.
    """
    found = YearTotals()
    sets = "GROUPING SETS ((o.id, over), (o.month, over))"
    rows = _rows(organizations, rules, year, day, "o.id, o.month", sets, known=known)
    for pk, month, *counts in rows:
        kept, key = (found.months, month) if pk is None else (found.branches, pk)
        _take(kept.setdefault(key, Tally()), counts)
    return found


def cells(
    ids: Collection[int], rules: Iterable[Rule], year: int, day: date
) -> dict[int, dict[int, Tally]]:
    """Each branch's tally of each month in which a period of its duties ends."""
    found: dict[int, dict[int, Tally]] = {}
    chosen = PartyOrganization.objects.filter(pk__in=ids)
    for pk, month, *counts in _rows(
        chosen, rules, year, day, "o.id, o.month", "1, 2, 3", is_part=True
    ):
        _take(found.setdefault(pk, {}).setdefault(month, Tally()), counts)
    return found


def _take(tally: Tally, counts: list[Any]) -> None:
    over, owed, done, added = counts
    tally.take(over=over, owed=owed, done=done, added=added)


def _rows(
    organizations: QuerySet[PartyOrganization],
    rules: Iterable[Rule],
    year: int,
    day: date,
    columns: str,
    sets: str,
    *,
    is_part: bool = False,
    known: date | None = None,
) -> list[Any]:
    begun = [(rule, period) for rule, period in slots(rules, year) if period.first <= day]
    try:
        chosen, values = organizations.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    named = {f"chosen{place}": value for place, value in enumerate(values)}
    inside = chosen % tuple(f"%({name})s" for name in named)
    asked = {
        **_slots(begun),
        **named,
        "branches": sorted(BRANCHES),
        "appointed": sorted(APPOINTED),
        "posts": COMMITTEE_POSTS,
        "states": list(COUNTED),
        "start": date(year, 1, 1),
        "stop": date(year + 1, 1, 1),
        "day": day,
        "known": known or day,
        "grace": RECORD_DAYS.value(on=day),
    }
    meetings = f"AND a.organization_id IN ({inside})" if is_part else ""
    statement = _COUNT.format(organizations=inside, meetings=meetings, columns=columns, sets=sets)
    with transaction.atomic(), connection.cursor() as cursor:
        # A hundred thousand meetings are counted in memory, and by hashing.
        cursor.execute("SET LOCAL work_mem = '32MB'; SET LOCAL enable_mergejoin = off")
        cursor.execute("SET LOCAL enable_sort = off; SET LOCAL jit = off")
        cursor.execute(statement, asked)
        rows: list[Any] = cursor.fetchall()
        return rows


def _slots(begun: list[tuple[Rule, Period]]) -> dict[str, list[Any]]:
    """Each duty of a period as a numbered row, and the months whose meetings count for it."""
    turns = [
        (rule.kind or 0, month, place)
        for place, (rule, period) in enumerate(begun)
        for month in range(period.first.month, period.last.month + 1)
    ]
    return {
        "slot": list(range(len(begun))),
        "times": [rule.times for rule, _ in begun],
        "applies": [str(rule.applies) for rule, _ in begun],
        "first": [period.first for _, period in begun],
        "past": [latest_end(period) for _, period in begun],
        "month": [period.last.month for _, period in begun],
        "turn_kind": [kind for kind, _, _ in turns],
        "turn_month": [month for _, month, _ in turns],
        "turn_slot": [place for _, _, place in turns],
    }
