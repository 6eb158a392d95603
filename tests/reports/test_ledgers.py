"""What the two ledgers say of a county and of one of its areas."""

from datetime import date
from decimal import Decimal

import pytest

from core.columns import Format, depth, leaves
from core.rates import Rate
from enterprises.models import Enterprise, FormationMode, NameHistory, Ownership
from enterprises.work_ledger import CHOICES, MEMBERS, VOCABULARY
from organizations.models import AreaKind, ParkLevel
from reports.ledgers import LEDGER, LEDGERS, Ledger, Line
from reports.ledgers.base import Value, text_of
from reports.units import units_on
from tests.builders import cover, make_area, make_organization
from tests.reports.county import DAY, County, instruct, joint_branch, union
from tests.reports.test_coverage import varied

COVERAGE, WORK = LEDGER["coverage"], LEDGER["enterprises"]


def lines(ledger: Ledger, county: County, place: str = "area", day: date = DAY) -> list[Line]:
    code = getattr(county, place).code
    unit = next(unit for unit in units_on(day) if unit.code == code)
    return list(ledger.lines(unit, day))


def row(ledger: Ledger, line: Line) -> dict[str, Value]:
    return dict(zip((column.field for column in ledger.columns), line.values, strict=True))


def only(county: County) -> dict[str, Value]:
    line, _total = lines(WORK, county)
    return row(WORK, line)


def ticked(facts: dict[str, Value], field: str) -> list[str]:
    return [
        key.split(":")[1] for key, value in facts.items() if key.startswith(f"{field}:") and value
    ]


def test_the_work_ledger_has_62_columns_and_a_serial_under_three_rows_of_header() -> None:
    assert len(leaves(MEMBERS)) == 62
    assert len(WORK.columns) == 63
    assert depth(MEMBERS) == 3


def test_a_clerk_sees_which_app_owns_each_column() -> None:
    for ledger in LEDGERS:
        notes = list(ledger.notes())
        assert [note.column for note in notes] == ledger.columns
        assert all(note.owner for note in notes)


def test_an_own_branch_fills_the_organization_columns(county: County) -> None:
    own = make_organization(
        "中共甲支部委员会",
        parent=county.east_committee,
        since=date(2021, 7, 1),
        secretary_name="孙立",
    )
    cover(county.enterprise("甲"), own)
    facts = only(county)
    assert (facts["is_formed"], facts["formed_on"]) == (True, date(2021, 7, 1))
    assert ticked(facts, "formation") == ["single"]
    assert ticked(facts, "organization_kind") == ["branch"]
    assert (facts["secretary_name"], facts["instructor_sent"]) == ("孙立", "")


@pytest.mark.parametrize(
    ("mode", "tick"),
    [
        (FormationMode.SINGLE, "single"),
        (FormationMode.JOINT, "joint"),
        (FormationMode.HOSTED, "joint"),
        (FormationMode.ATTACHED, "joint"),
        (FormationMode.GRID, "grid"),
    ],
)
def test_hosted_and_attached_forms_tick_the_joint_column(
    county: County, mode: FormationMode, tick: str
) -> None:
    cover(county.enterprise("甲"), joint_branch("联合", county.east_committee), mode=mode)
    assert ticked(only(county), "formation") == [tick]


def test_an_enterprise_without_organization_has_empty_organization_columns(
    county: County,
) -> None:
    county.enterprise("甲", member_count=0, reported={"secretary_source": "owner"})
    facts = only(county)
    assert facts["is_formed"] is False
    assert (facts["formed_on"], facts["secretary_name"]) == (None, "")
    for field in ("formation", "organization_kind", "secretary_source"):
        assert ticked(facts, field) == []
    assert ticked(facts, "no_organization_reason") == ["no_members"]
    assert facts["instructor_sent"] is False


def test_an_instructor_in_post_is_shown_before_what_was_reported(county: County) -> None:
    firm = county.enterprise("甲", reported={"instructor_sent": False})
    instruct(firm, county.committee)
    assert only(county)["instructor_sent"] is True


def test_a_held_mass_organization_or_else_the_reported_one_is_ticked(county: County) -> None:
    firm = county.enterprise("甲", reported={"women": True, "union": False})
    union(firm)
    facts = only(county)
    assert [facts[key] for key in ("union", "youth_league", "women")] == [True, None, True]


def test_reported_values_fill_the_columns_that_no_app_derives(county: County) -> None:
    county.enterprise(
        "甲",
        employee_count=60,
        annual_revenue=Decimal(12_345_678),
        reported={
            "owner_name": "周全",
            "owner_is_member": True,
            "party_workers": 2,
            "site_area": "120.5",
            "holds_meetings": False,
            "location": "building",
            "rural_members": "不详",
        },
    )
    facts = only(county)
    assert (facts["owner_name"], facts["owner_is_member"]) == ("周全", True)
    assert (facts["party_workers"], facts["site_area"]) == (2, Decimal("120.50"))
    assert (facts["holds_meetings"], facts["rural_members"]) == (False, None)
    assert (facts["annual_revenue"], facts["is_above_scale"]) == (Decimal("1234.57"), True)
    assert ticked(facts, "location") == ["building"]


def test_an_enterprise_of_a_park_sits_in_the_park_whatever_was_reported(county: County) -> None:
    county.park.park_level = ParkLevel.PROVINCIAL
    county.park.save()
    county.enterprise("甲", county.park, reported={"location": "other", "park_name": "旧园"})
    facts = only(county)
    assert ticked(facts, "location") == ["park"]
    assert (facts["park_level"], facts["park_name"]) == ("省级", county.park.name)


def test_the_name_is_that_of_the_day_and_the_phone_is_masked(county: County) -> None:
    firm = county.enterprise("新名公司", phone="13855512345")
    NameHistory.objects.create(
        enterprise=firm,
        what=NameHistory.What.NAME,
        value="旧名公司",
        valid_from=date(2020, 1, 1),
        valid_to=date(2025, 6, 1),
    )
    assert only(county)["name"] == "新名公司"
    assert only(county)["phone"] == "138****2345"
    earlier, _total = lines(WORK, county, day=date(2025, 5, 31))
    assert row(WORK, earlier)["name"] == "旧名公司"


def test_each_choice_is_ticked_at_most_once_and_totals_count_the_ticks(county: County) -> None:
    varied(county)
    *rows, total = lines(WORK, county)
    facts = [row(WORK, line) for line in rows]
    sums = row(WORK, total)
    for choice in CHOICES:
        assert all(len(ticked(one, choice.field)) <= 1 for one in facts)
        for code, _label in choice.choices:
            key = f"{choice.field}:{code}"
            assert sums[key] == sum(one[key] is True for one in facts)
    assert all(len(ticked(one, "formation")) == one["is_formed"] for one in facts)
    assert (sums["unit"], sums["name"]) == ("合计", f"{len(rows)}家")
    assert sums["employee_count"] == sum(int(str(one["employee_count"])) for one in facts)


def test_lines_follow_the_official_order_of_areas_and_then_the_pinyin(county: County) -> None:
    for name, place in (
        ("乙公司", "west"),
        ("丙公司", "park"),
        ("安公司", "park"),
        ("丁公司", "east"),
    ):
        county.enterprise(name, getattr(county, place))
    *rows, _total = lines(WORK, county)
    assert [row(WORK, line)["name"] for line in rows] == ["安公司", "丙公司", "丁公司", "乙公司"]
    assert [row(WORK, line)["serial"] for line in rows] == [1, 2, 3, 4]


def test_a_ledger_of_one_park_has_only_its_enterprises(county: County) -> None:
    county.enterprise("甲", county.park)
    county.enterprise("乙", county.west)
    *rows, _total = lines(WORK, county, "park")
    assert [row(WORK, line)["name"] for line in rows] == ["甲"]


def test_the_work_ledger_takes_the_same_queries_for_few_and_many(
    county: County, django_assert_max_num_queries: object
) -> None:
    varied(county)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        lines(WORK, county)


def coverage_rows(county: County, place: str = "area") -> list[dict[str, Value]]:
    return [row(COVERAGE, line) for line in lines(COVERAGE, county, place)]


def test_the_coverage_table_lists_areas_in_order_and_adds_up(county: County) -> None:
    varied(county)
    instruct(Enterprise.objects.all()[3], county.committee)
    *rows, total = coverage_rows(county)
    assert [one["unit"] for one in rows] == ["怀川县经济开发区", "东河镇", "西岭镇"]
    assert total["unit"] == "合计"
    for column in COVERAGE.columns:
        if column.format is Format.WHOLE and column.field not in ("serial", "instructors"):
            assert total[column.field] == sum(int(str(one[column.field])) for one in rows)
    assert all(one["covered"] == int(str(one["single"])) + int(str(one["joined"])) for one in rows)
    assert total["organization_coverage"] == Rate(27, 36)


def test_an_instructor_of_two_townships_is_one_person_in_the_county(county: County) -> None:
    first, second = county.enterprise("甲", county.east), county.enterprise("乙", county.west)
    assignment = instruct(first, county.committee)
    assignment.pk, assignment.enterprise = None, second
    assignment.save()
    *rows, total = coverage_rows(county)
    assert [one["instructors"] for one in rows] == [0, 1, 1]
    assert (total["instructors"], total["with_instructor"]) == (1, 2)


def test_the_unclaimed_and_the_unjudged_are_remarked_beside_the_total(county: County) -> None:
    county.unclaimed("甲")
    county.enterprise("乙", ownership=Ownership.UNKNOWN)
    joint_branch("联合", county.west_committee)
    *rows, total = coverage_rows(county)
    assert total["remark"] == "另有未认领企业1家；控股情况待认定1家；1个联合党支部未登记覆盖企业"
    assert rows[1]["remark"] == "控股情况待认定1家"
    assert rows[2]["organization_coverage"] == "不可计算"


def test_a_park_inside_a_township_is_named_under_it_and_counted_once(county: County) -> None:
    committee = make_organization("中共东河镇工业园委员会", parent=county.east_committee)
    inner = make_area("东河镇工业园", committee=committee, parent=county.east, kind=AreaKind.PARK)
    county.enterprise("甲", inner)
    county.enterprise("乙", county.east)
    *rows, total = coverage_rows(county)
    assert [one["unit"] for one in rows][-1] == "其中：东河镇工业园"
    assert total["total"] == 2
    *inside, whole = coverage_rows(county, "east")
    assert [(one["unit"], one["total"]) for one in inside] == [
        ("东河镇工业园", 1),
        ("东河镇本级", 1),
    ]
    assert whole["total"] == 2


def test_enterprises_of_a_park_outside_its_parts_have_a_row_of_their_own(county: County) -> None:
    make_area("东片区", committee=county.park_committee, kind=AreaKind.PARK, parent=county.park)
    county.enterprise("甲", county.park)
    *rows, total = coverage_rows(county, "park")
    assert (rows[-1]["unit"], rows[-1]["total"]) == ("怀川县经济开发区本级", 1)
    assert total["total"] == 1


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, Format.WHOLE, ""),
        (0, Format.WHOLE, "0"),
        (12345, Format.WHOLE, "12,345"),
        (True, Format.TICK, "√"),
        (False, Format.TICK, ""),
        (True, Format.YES_NO, "是"),
        (False, Format.YES_NO, "否"),
        (Decimal("1234.5"), Format.AMOUNT, "1,234.50"),
        (date(2026, 3, 5), Format.DAY, "2026-03-05"),
        (Rate(52, 332), Format.RATE, "15.7%（52/332）"),
        (Rate(0, 0), Format.RATE, "—"),
        ("文字", Format.TEXT, "文字"),
    ],
)
def test_values_are_read_the_way_officials_write_them(
    value: Value, kind: Format, text: str
) -> None:
    assert text_of(value, kind) == text


def test_every_column_can_be_recognised_again_by_its_whole_path() -> None:
    assert {column.field for column in VOCABULARY} == {column.field for column in WORK.columns}


def test_a_file_is_named_by_unit_table_and_day(county: County) -> None:
    unit = units_on(DAY)[0]
    assert WORK.file_name(unit, DAY) == "怀川县非公有制企业党建工作台账_20251231.xlsx"
    assert COVERAGE.basis(DAY) == "口径：实体运营；规上：党建口径"
