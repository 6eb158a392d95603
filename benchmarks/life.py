"""The year of 3,000 branches: 100,000 members, as many meetings, two million attendances."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection

from activities.models import Activity, Attendance
from benchmarks import tree
from benchmarks.pages import answers
from core.dates import today
from members.models import PartyMember
from organizations.models import PartyOrganization

EACH = 34  # members of a branch
CAME = 20  # of them in the list of each meeting
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国"
_FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
_PERSONS = """
INSERT INTO members_person (name, sex, search_key, stroke_key, home_organization_id, position,
    education, ethnicity, is_in_hardship, is_migrant_worker, is_taiwanese, job_class,
    marital_status, native_place, new_stratum, school, title, born_on)
SELECT named.name, CASE n %% 2 WHEN 0 THEN 'male' ELSE 'female' END, named.name || o.id,
    named.name, o.id, '', '', '', FALSE, FALSE, FALSE, '', '', '', '', '', '',
    date '1960-01-01' + ((o.id * 37 + n * 401) %% 14000)::int
FROM organizations_partyorganization o CROSS JOIN generate_series(1, %(each)s) n
CROSS JOIN LATERAL (SELECT substr(%(family)s, ((o.id + n) %% 20 + 1)::int, 1)
    || substr(%(given)s, ((o.id * 7 + n) %% 25 + 1)::int, 1)
    || substr(%(given)s, ((o.id + n * 11) %% 25 + 1)::int, 1) AS name) named
WHERE o.kind = 'branch'
"""
_MEMBERS = """
INSERT INTO members_partymember (person_id, category, standing, accepted_on, confirmed_on,
    archive_unit, relation_place, relation_unit, remark)
SELECT id, 'full', 'normal', '2015-07-01', '2016-07-01', '', '', '', '' FROM members_person
"""
_MEMBERSHIPS = """
INSERT INTO members_membership (member_id, organization_id, valid_from, entry_kind, exit_kind,
    document, reason)
SELECT m.id, p.home_organization_id, %(since)s, 'transferred', '', '', ''
FROM members_partymember m JOIN members_person p ON p.id = m.person_id
"""
# Of each branch of the tree three meetings a month, half of them of two kinds; every tenth is
# left out, every seventh is recorded three weeks late.
_MEETINGS = """
INSERT INTO activities_activity (token, organization_id, title, held_on, held_from, held_to, place,
    guests, content, resolution, expected, came, voters, voters_came, state, version, recorded_on,
    changed_at)
SELECT gen_random_uuid(), o.id, '组织生活', held, '14:00', '15:30', '会议室', '', '', '',
    8, 7, 7, 6, 'accepted', 1, least(held + CASE WHEN n %% 7 = 0 THEN 20 ELSE 2 END, %(day)s),
    now()
FROM organizations_partyorganization o
CROSS JOIN generate_series(0, 36) n
CROSS JOIN LATERAL (SELECT %(start)s + n * 10 + (o.id %% 8)::int AS held) d
WHERE o.kind = 'branch' AND (n + o.id) %% 10 <> 0 AND held < %(day)s
"""
_KINDS = """
INSERT INTO activities_activity_kinds (activity_id, activitykind_id)
SELECT a.id, k.id FROM activities_activity a JOIN activities_activitykind k
    ON k.official_order = (a.id %% 7 + 1) * 10 OR a.id %% 2 = 0 AND k.key = 'theme_day'
ON CONFLICT DO NOTHING
"""
_ATTENDANCES = """
INSERT INTO activities_attendance (activity_id, person_id, status, votes, reason)
SELECT a.id, p.id, CASE WHEN n = 1 THEN 'absent' ELSE 'came' END, TRUE, ''
FROM (SELECT id, home_organization_id, row_number() OVER (
    PARTITION BY home_organization_id ORDER BY id) AS n FROM members_person) p
JOIN activities_activity a ON a.organization_id = p.home_organization_id
WHERE p.n <= %(came)s
"""
_CHECKED = ("members_membership", "activities_attendance")  # row by row: true of what is made here


def _seed(argument: str) -> Callable[[], Any]:
    """The tree of the benchmarks of moves with its people and a year of their meetings."""
    plant = tree.CASES["tree_plant"]("")

    def work() -> dict[str, int]:
        plant()
        facts: dict[str, int | str | date] = {
            "each": EACH,
            "came": CAME,
            "family": _FAMILY,
            "given": _GIVEN,
            "since": tree.SINCE,
            "start": date(today().year - 1, 1, 1),
            "day": today(),
        }
        with connection.cursor() as cursor:
            for table in _CHECKED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for made in (_PERSONS, _MEMBERS, _MEMBERSHIPS, _MEETINGS, _KINDS, _ATTENDANCES):
                cursor.execute(made, facts)
            for table in _CHECKED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute("ANALYZE")
        counted = {"members": PartyMember, "meetings": Activity, "attendances": Attendance}
        return {name: model._default_manager.count() for name, model in counted.items()}

    return work


def pages() -> dict[str, Any]:
    """The year grid, the register of members, and the pages that a branch's life fills."""
    year = today().year - 1
    branch = PartyOrganization.objects.get(code="B1-500")
    meeting = Activity.objects.filter(organization=branch).order_by("held_on")[0]
    return answers(
        {
            "year grid": f"/duties/?year={year}",
            "its last page": f"/duties/?year={year}&page=30",
            "one duty with gaps": f"/duties/?year={year}&duty=theme_day&gaps=1",
            "year of a branch": f"/duties/{branch.pk}?year={year}",
            "check-up of a branch": f"/duties/{branch.pk}/check",
            "meetings": "/meetings/",
            "meetings of a month": f"/meetings/?held_on_min={year}-03-01&held_on_max={year}-03-31",
            "meetings by search": "/meetings/?q=B1-50",
            "a meeting": f"/meetings/{meeting.pk}",
            "members": "/members/",
            "members by strokes": "/members/?sort=strokes",
            "members, posts first": "/members/?sort=post",
            "members by search": "/members/?q=王伟",
            "letters that are due": "/transfers/due/",
            "card of a branch": f"/orgs/{branch.pk}",
            "my work": "/",
        }
    )


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "life_seed": _seed,
    "life_pages": lambda _: pages,
}
