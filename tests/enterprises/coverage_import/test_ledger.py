"""Last year's 62-column ledger comes back in, and goes out again as it was."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from enterprises.coverage_import import batches
from enterprises.models import (
    CoverageBatch,
    CoverageLink,
    CoverageRow,
    EnterpriseYear,
    FormationMode,
)
from enterprises.work_ledger import MEMBERS, paths
from organizations.models import OrganizationKind, PartyOrganization
from reports.ledgers import LEDGER
from reports.ledgers.workbook import preview, write
from reports.units import units_on
from tests.builders import cover, make_organization
from tests.enterprises.coverage_import.files import outcomes, planned, received, rows_of
from tests.reports.county import DAY, County, joint_branch

HEADER = ("序号", *("".join(path) for path, _column in paths(MEMBERS)))
FIELDS = ("serial", *(column.field for _path, column in paths(MEMBERS)))
Outcome = CoverageRow.Outcome


def line(**values: str) -> list[str]:
    """A row of the ledger; `formation_joint="√"` stands for the tick column formation:joint."""
    by_field = {
        next(field for field in FIELDS if field.replace(":", "_") == key): value
        for key, value in values.items()
    }
    return [by_field.get(field, "") for field in FIELDS]


def ledger_batch(county: County, *rows: list[str]) -> CoverageBatch:
    return planned(county, *rows, header=HEADER)


def test_a_formed_row_becomes_an_own_branch_named_by_the_rules(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    batch = ledger_batch(
        county,
        line(
            name="甲有限公司",
            is_formed="是",
            formed_on="2021-07-01",
            formation_single="√",
            organization_kind_general_branch="√",
            secretary_name="孙立",
        ),
    )
    assert batch.form == CoverageBatch.Form.LEDGER
    batches.apply(actor=None, batch=batch)
    own = firm.coverage_links.get().organization
    assert (own.name, own.kind) == ("中共甲有限公司总支部委员会", OrganizationKind.GENERAL_BRANCH)
    assert (own.secretary_name, own.established_on) == ("孙立", date(2021, 7, 1))


def joint_line(name: str, secretary: str, unit: str = "东河镇") -> list[str]:
    return line(name=name, unit=unit, is_formed="是", formation_joint="√", secretary_name=secretary)


def test_joint_rows_with_one_secretary_share_a_body(county: County) -> None:
    for name in "甲乙丙丁":
        county.enterprise(f"{name}有限公司")
    batch = ledger_batch(
        county,
        joint_line("甲有限公司", "王一"),
        joint_line("乙有限公司", "王一"),
        joint_line("丙有限公司", "李二"),
        joint_line("丁有限公司", "王一", unit="西岭镇"),
    )
    assert [row.new_organization for row in rows_of(batch)] == [
        "中共东河镇联合支部委员会",
        "中共东河镇联合支部委员会",
        "中共东河镇第二联合支部委员会",
        "中共西岭镇联合支部委员会",
    ]
    batches.apply(actor=None, batch=batch)
    kinds = PartyOrganization.objects.filter(kind=OrganizationKind.JOINT_BRANCH)
    assert sorted(branch.coverage_links.count() for branch in kinds) == [1, 1, 2]


def test_a_joint_branch_that_the_system_knows_takes_in_the_others(county: County) -> None:
    known = joint_branch("老联合支部", county.east_committee)
    cover(county.enterprise("甲有限公司"), known, mode=FormationMode.HOSTED)
    other = county.enterprise("乙有限公司")
    batch = ledger_batch(county, joint_line("甲有限公司", "王一"), joint_line("乙有限公司", "王一"))
    assert outcomes(batch) == [Outcome.SAME, Outcome.LINK]
    batches.apply(actor=None, batch=batch)
    assert other.coverage_links.get().organization == known


def test_rows_that_contradict_themselves_or_the_system_are_told(county: County) -> None:
    for name in "甲乙丙":
        county.enterprise(f"{name}有限公司")
    covered = county.enterprise("丁有限公司")
    cover(covered, make_organization("丁支部", parent=county.east_committee))
    batch = ledger_batch(
        county,
        line(name="甲有限公司", is_formed="否", formation_single="√"),
        line(name="乙有限公司", is_formed="是"),
        line(name="丙有限公司", formation_single="√", formation_joint="√"),
        line(name="丁有限公司", is_formed="否"),
    )
    assert outcomes(batch) == [Outcome.ERROR, Outcome.ERROR, Outcome.ERROR, Outcome.CONFLICT]
    assert "同一组只能勾选一项" in rows_of(batch)[2].message


def test_reported_values_go_into_the_yearly_record_and_keep_what_is_there(county: County) -> None:
    firm = county.enterprise("甲有限公司", full_member_count=2, reported={"owner_name": "周全"})
    batch = ledger_batch(
        county,
        line(
            name="甲有限公司",
            is_formed="否",
            employee_count="60",
            annual_revenue="1,234.56",
            member_count="4",
            is_above_scale="是",
            owner_is_member="否",
            site_area="80",
            union="√",
            rural_members="若干",
        ),
    )
    assert outcomes(batch) == [Outcome.FACTS]
    (problem,) = rows_of(batch)[0].problems
    assert (problem["column"], problem["value"], problem["fatal"]) == (
        "党员队伍建设情况农村党员数",
        "若干",
        False,
    )
    batch = batches.apply(actor=None, batch=batch)
    year = EnterpriseYear.objects.get(enterprise=firm, reference_date=DAY)
    assert (year.employee_count, year.annual_revenue) == (60, Decimal("12345600.00"))
    assert (year.member_count, year.full_member_count, year.is_party_scale) == (4, 2, True)
    assert year.reported == {
        "owner_name": "周全",
        "owner_is_member": False,
        "site_area": "80.00",
        "union": True,
    }
    batches.undo(actor=None, batch=batch)
    assert not EnterpriseYear.objects.filter(enterprise=firm, reference_date=DAY).exists()


def full_county(county: County) -> None:
    """Own, joint, grid and no organization, with values in every kind of column."""
    joint = joint_branch("中共东河镇联合支部委员会", county.east_committee)
    joint.secretary_name = "王一"
    joint.save()
    for number in range(9):
        firm = county.enterprise(
            f"企业{number}有限公司",
            (county.park, county.east)[number % 2],
            employee_count=20 + number,
            annual_revenue=Decimal(1_000_000 + number),
            member_count=number,
            phone="13855512345",
            reported={
                "owner_name": "周全",
                "owner_is_member": number % 2 == 0,
                "party_workers": number,
                "site_area": "12.50",
                "women": True,
                "secretary_source": "owner",
                "no_organization_reason": "owner",
                "instructor_sent": True,
            },
        )
        if number % 3 == 0:
            own = make_organization(
                f"中共企业{number}有限公司支部委员会",
                parent=county.east_committee,
                since=date(2021, 7, 1 + number),
                secretary_name="孙立",
            )
            cover(firm, own, since=date(2021, 7, 1 + number))
        elif number % 3 == 1:
            mode = FormationMode.JOINT if number % 2 else FormationMode.GRID
            cover(firm, joint, mode=mode)


def table(county: County) -> list[list[str]]:
    seen = preview(LEDGER["enterprises"], units_on(DAY)[0], DAY)
    return [[text for text, _align in row.cells] for row in seen.rows]


@pytest.fixture
def exported(county: County, tmp_path: Path) -> Path:
    full_county(county)
    target = tmp_path / "台账.xlsx"
    write(LEDGER["enterprises"], units_on(DAY)[0], DAY, target)
    return target


def imported(county: County, file: Path) -> CoverageBatch:
    with file.open("rb") as content:
        batch = batches.receive(
            actor=None, content=content, name="台账.xlsx", county=county.area, as_of=DAY
        )
    batches.read(batch)
    assert batch.error == ""
    return batch


def test_our_own_ledger_read_back_changes_nothing(county: County, exported: Path) -> None:
    before = table(county)
    batch = imported(county, exported)
    assert batch.counts["rows"] == 9
    assert set(outcomes(batch)) == {Outcome.SAME, Outcome.FACTS}
    batches.apply(actor=None, batch=batch)
    assert table(county) == before


def test_our_own_ledger_restores_a_county_that_lost_its_coverage(
    county: County, exported: Path
) -> None:
    before = table(county)
    CoverageLink.objects.all().delete()
    PartyOrganization.objects.filter(name__contains="支部").update(abolished_on=date(2022, 1, 1))
    EnterpriseYear.objects.all().delete()
    assert table(county) != before
    batch = batches.apply(actor=None, batch=imported(county, exported))
    assert batch.receipt["links"] == 6
    assert table(county) == before


def test_a_received_file_is_kept_with_its_hash(county: County) -> None:
    batch = received(county)
    assert batch.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert batch.state == CoverageBatch.State.RECEIVED
