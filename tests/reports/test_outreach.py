"""I14, I15 and I25: new members, members found, contact points visited, by unit on a day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.rates import Rate
from enterprises.contacts.services import pair, record_visit
from enterprises.models import Enterprise
from members.models import DevelopmentCase, HiddenMember
from members.services import findings
from organizations.models import PartyOrganization
from reports.outreach import Outreach, outreach_on
from reports.units import units_on
from tests.members.developing import applied
from tests.members.test_posts import desk
from tests.world import EAST, World

MAY, JUNE, DAY = date(2025, 5, 6), date(2025, 6, 10), date(2025, 12, 31)


def accepted(branch: PartyOrganization, name: str, on: date, *, backbone: bool = False) -> None:
    case = applied(branch, name, is_backbone=backbone)
    DevelopmentCase.objects.filter(pk=case.pk).update(accepted_on=on)


def found(branch: PartyOrganization, name: str, verified_on: date | None) -> None:
    row = findings.register(
        actor=None, found_on=MAY, name=name, kind="hidden", source="visit", organization=branch
    )
    HiddenMember.objects.filter(pk=row.pk).update(
        state="verified" if verified_on else "found",
        verified_on=verified_on,
        verified_by="县委组织部" if verified_on else "",
        evidence="档案" if verified_on else "",
    )


def contact(firm: Enterprise, leader: str, visited_on: date | None, level: str = "county") -> None:
    point = pair(actor=None, enterprise=firm, year=2025, level=level, leader=leader, post="副县长")
    if visited_on:
        record_visit(actor=None, contact=point, visited_on=visited_on, content="座谈")


def of(world: World, area: str, day: date) -> Outreach:
    unit = next(unit for unit in units_on(day) if unit.code == getattr(world, area).code)
    return outreach_on(day).of(unit)


@pytest.fixture
def year(world: World) -> World:
    accepted(world.joint_branch, f"{EAST}甲", MAY, backbone=True)
    accepted(world.joint_branch, f"{EAST}乙", JUNE)
    accepted(world.joint_branch, f"{EAST}丙", date(2024, 5, 6))
    found(world.joint_branch, f"{EAST}丁", JUNE)
    found(world.joint_branch, f"{EAST}戊", None)
    contact(world.joint, "周县长", JUNE)
    contact(world.joint, "钱镇长", MAY, level="township")
    contact(world.joint_too, "周县长", None)
    return world


def test_a_day_counts_what_had_happened_in_its_year(year: World) -> None:
    may, later = of(year, "east", MAY), of(year, "east", DAY)
    assert (may.backbone, later.backbone) == (Rate(1, 1), Rate(1, 2))
    assert (may.found, later.found) == (0, 1)
    assert (may.visiting, later.visiting) == (Rate(1, 2), Rate(1, 2))  # an enterprise once
    assert of(year, "county", DAY).backbone == Rate(1, 2)
    west = of(year, "west", DAY)
    assert (west.accepted, west.found, west.contacts) == (0, 0, set())


def test_the_board_leads_to_the_units_with_their_definitions(year: World) -> None:
    client = desk(year.clerk)
    assert "/board/outreach?area=" in client.get("/board/").content.decode()
    page = client.get(f"/board/outreach?as_of={DAY}").content.decode()
    assert "接收预备党员 2 名，其中管理和业务骨干 1 名" in page
    assert "联系企业 2 家，已走访 1 家" in page
    assert "当时尚未核实的不计" in page


def test_more_branches_take_no_more_queries(world: World) -> None:
    counts = []
    for branch in (world.joint_branch, world.own_branch):
        accepted(branch, f"{branch.name[:2]}新", MAY)
        with CaptureQueriesContext(connection) as queries:
            outreach_on(DAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]
