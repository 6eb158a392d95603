"""The advice on an enterprise is drawn from the facts of the day."""

from datetime import date

import pytest

from enterprises.models import (
    Enterprise,
    EnterpriseClassification,
    EnterprisePeriod,
    FormationMode,
    Ownership,
)
from organizations.models import AreaKind
from reports.formation.advice import Advice
from reports.formation.situation import advice_on
from tests.builders import cover, make_area, make_organization
from tests.reports.county import DAY, County, joint_branch


def advised(firm: Enterprise, day: date = DAY) -> Advice:
    found = advice_on(firm, day)
    assert found
    return found


def test_neighbours_of_the_same_area_make_a_joint_branch_possible(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=2)
    county.enterprise("乙", full_member_count=1)
    county.enterprise("远", place=county.west, full_member_count=1)
    found = advised(firm)
    assert found.mode is FormationMode.JOINT
    assert "东河镇另有 1 家未覆盖企业共有正式党员 1 名" in found.basis.sentence


def test_a_lonely_firm_of_a_park_relies_on_the_parks_committee(county: County) -> None:
    found = advised(county.enterprise("甲", place=county.park, full_member_count=1))
    assert (found.mode, "中共怀川县经济开发区工作委员会" in found.basis.sentence) == (
        FormationMode.HOSTED,
        True,
    )


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        (AreaKind.MARKET, FormationMode.HOSTED),
        (AreaKind.BUILDING, FormationMode.HOSTED),
        (AreaKind.GRID, FormationMode.GRID),
    ],
)
def test_a_classification_beside_the_area_offers_a_host_or_a_grid(
    county: County, kind: AreaKind, mode: FormationMode
) -> None:
    firm = county.enterprise("甲", full_member_count=1)
    body = make_organization("建材市场党委", parent=county.committee, kind="committee")
    place = make_area("建材市场", committee=body, kind=kind, parent=county.area)
    EnterpriseClassification.objects.create(
        enterprise=firm, area=place, kind=kind, valid_from=date(2024, 1, 1)
    )
    assert advised(firm).mode is mode
    assert advised(firm, date(2023, 12, 31)).mode is FormationMode.ATTACHED


def test_the_size_of_the_joint_branch_counts_enterprises_still_registered(county: County) -> None:
    branch = joint_branch("联合支部", county.east_committee)
    firms = [county.enterprise(f"企业{number}", full_member_count=1) for number in range(7)]
    for firm in firms:
        cover(firm, branch, mode=FormationMode.JOINT)
    EnterprisePeriod.objects.filter(enterprise=firms[6]).update(operating_status="deregistered")
    (reminder,) = advised(firms[0]).reminders
    assert (reminder.number, "覆盖 6 家企业" in reminder.sentence) == ("R11", True)


def test_a_restructured_firm_keeps_its_organization(county: County) -> None:
    firm = county.enterprise("甲", full_member_count=1)
    EnterprisePeriod.objects.filter(enterprise=firm).update(valid_from=date(2021, 1, 1))
    EnterprisePeriod.objects.create(
        enterprise=firm,
        valid_from=date(2010, 1, 1),
        valid_to=date(2021, 1, 1),
        operating_status="in_operation",
        unit_kind="enterprise",
        ownership=Ownership.PUBLIC,
    )
    cover(firm, make_organization("甲支部", parent=county.east_committee))
    assert advised(firm).basis.number == "R06"


def test_a_young_firm_is_reminded_of_in_its_first_year(county: County) -> None:
    firm = county.enterprise("甲", established_on=date(2025, 1, 1))
    assert "R07" in {one.number for one in advised(firm).reminders}
    assert "R07" not in {one.number for one in advised(firm, date(2026, 1, 1)).reminders}


def test_who_is_in_no_population_gets_no_advice(county: County) -> None:
    assert advice_on(county.enterprise("甲", ownership=Ownership.PUBLIC), DAY) is None
    assert advice_on(county.unclaimed("乙"), DAY) is None
