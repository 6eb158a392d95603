"""The demonstration county shows the numbers of its report, and each role enters it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from accounts.models import User
from core.dates import today
from core.identifiers import Verdict, check_uscc
from enterprises.models import (
    ContactPoint,
    CoverageLink,
    Enterprise,
    EnterpriseRequest,
    EnterpriseYear,
    RequestState,
)
from members.standing import fault_of_home
from organizations import tree
from organizations.models import PartyOrganization
from reports.coverage import measure
from reports.demo import load
from reports.indicators import INDICATORS

People = list[tuple[str, User, str]]
INDICATOR = {indicator.key: indicator for indicator in INDICATORS}


@pytest.fixture(scope="module")
def _demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[People]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load()
        transaction.set_rollback(True)


@pytest.fixture
def people(_demo: People, db: None) -> People:
    return _demo


def rate(key: str, day: date | None = None) -> str:
    found = measure(day or today()).of("340822").rate(INDICATOR[key])
    return str(found)


def test_every_member_is_held_where_a_relation_may_be(people: People) -> None:
    homes = PartyOrganization.objects.filter(memberships__isnull=False).distinct()

    assert homes.count() > 11
    assert [str(one) for one in homes if fault_of_home(one.kind, one.nature)] == []


def test_the_county_shows_the_figures_of_its_report(people: People) -> None:
    county = measure(today()).of("340822")

    shown = {
        key: county.rate(INDICATOR[key])
        for key in ("organization_coverage", "single_formation_rate", "above_scale_single_rate")
    }
    assert [(rate.numerator, rate.denominator) for rate in shown.values() if rate] == [
        (332, 332),
        (52, 332),
        (27, 55),
    ]
    assert [str(rate.percent) for rate in shown.values() if rate] == ["100.0", "15.7", "49.1"]


def test_fifty_two_own_and_twenty_two_joint_branches_cover_everybody(people: People) -> None:
    links = CoverageLink.objects.as_of(today())
    sizes = sorted(
        links.filter(organization=branch).count()
        for branch in PartyOrganization.objects.filter(kind="joint_branch")
    )

    assert links.filter(mode="single").count() == 52
    assert sizes == [12] * 6 + [13] * 16
    assert round(sum(sizes) / len(sizes), 1) == 12.7


def test_the_parts_add_up_to_the_county(people: People) -> None:
    figures = measure(today())

    units = [one for one in figures.units if not one.unit.is_county and one.unit.within is None]
    assert sum(one.total for one in units) == figures.of("340822").total == 332
    assert figures.of("340822").unclaimed == 0


def test_a_year_ago_fewer_were_covered(people: People) -> None:
    latest = date(today().year - 1, 12, 31)

    assert rate("organization_coverage", latest) != rate("organization_coverage")


def test_identifiers_are_valid_and_names_differ(people: People) -> None:
    rows = Enterprise.objects.values_list("uscc", "name")

    assert len({name for _, name in rows}) == 332
    assert all(check_uscc(uscc or "") is Verdict.OK for uscc, _ in rows)


def test_stored_paths_are_those_of_the_placements(people: People) -> None:
    stored = dict(PartyOrganization.objects.values_list("pk", "path"))

    assert stored == tree.path_as_of(today())


def test_the_registry_saw_everybody_at_the_latest_count(people: People) -> None:
    latest = date(today().year - 1, 12, 31)

    assert (
        EnterpriseYear.objects.filter(reference_date=latest, seen_by__contains=["registry"]).count()
        == 332
    )


def test_each_role_enters_with_its_password_and_sees_its_rows(
    people: People,
) -> None:
    seen = {}
    for label, user, password in people:
        answer = Client().post("/login", {"username": user.username, "password": password})
        assert answer.status_code == 302, label
        seen[label] = Enterprise.objects.visible_to(User.objects.get(pk=user.pk)).count()

    assert seen == {
        "县级经办": 332,
        "园区组织员": 85,
        "支部书记": 1,
        "指导员": 4,
        "领导": 332,
        "业务管理员": 332,
        "系统管理员": 0,
        "安全管理员": 0,
        "审计管理员": 0,
    }


def test_requests_stand_at_every_stage_and_leaders_look_after_firms(people: People) -> None:
    stages = set(EnterpriseRequest.objects.values_list("state", flat=True))
    assert stages == set(RequestState.values) - {RequestState.DECLINED}
    points = ContactPoint.objects.as_of(today())
    assert points.count() == 8
    assert points.filter(visits__isnull=False).count() == 4


def test_no_fact_lies_in_the_future(people: People) -> None:
    tomorrow = today() + timedelta(days=1)

    assert not CoverageLink.objects.filter(valid_from__gte=tomorrow).exists()
    assert not PartyOrganization.objects.filter(established_on__gte=tomorrow).exists()
