"""A short sheet of enterprise, organization, mode and day becomes organizations and links."""

from datetime import date, timedelta

import pytest

from core.models import AuditEntry
from core.rates import Rate
from enterprises.coverage_import import batches
from enterprises.models import CoverageBatch, CoverageLink, CoverageRow, EnterprisePeriod
from organizations.models import OrganizationKind, PartyOrganization, Placement
from reports.coverage import measure
from reports.indicators import INDICATOR
from tests.builders import cover, make_organization
from tests.enterprises.coverage_import.files import (
    applied,
    csv_file,
    outcomes,
    planned,
    rows_of,
    uploaded,
    xlsx_file,
)
from tests.reports.county import DAY, County

State, Outcome = CoverageBatch.State, CoverageRow.Outcome


def test_a_row_forms_the_organization_and_links_the_enterprise(county: County) -> None:
    firm = county.enterprise("甲有限公司", county.west)
    batch = applied(county, (firm.uscc or "", "", "中共甲支部委员会", "单独组建", "2021-07-01"))
    assert batch.receipt["organizations"] == batch.receipt["links"] == 1
    link = CoverageLink.objects.get(enterprise=firm)
    assert (link.mode, link.valid_from, link.valid_to) == ("single", date(2021, 7, 1), None)
    own = link.organization
    assert (own.name, own.kind) == ("中共甲支部委员会", OrganizationKind.BRANCH)
    assert own.established_on == date(2021, 7, 1)
    assert own.path.startswith(county.west_committee.path)
    placement = Placement.objects.get(organization=own)
    assert (placement.parent, placement.valid_from) == (county.west_committee, date(2021, 7, 1))


def test_the_coverage_rate_moves_after_the_import(county: County) -> None:
    firms = [county.enterprise(f"企业{n}") for n in range(3)]
    before = measure(DAY).of(county.area.code).rate(INDICATOR["organization_coverage"])
    applied(county, *((f.uscc or "", "", "联合支部", "联合", "") for f in firms[:2]))
    after = measure(DAY).of(county.area.code).rate(INDICATOR["organization_coverage"])
    assert (before, after) == (Rate(0, 3), Rate(2, 3))


def test_rows_of_one_name_share_one_joint_branch(county: County) -> None:
    firms = [county.enterprise(f"企业{n}") for n in range(3)]
    names = ("东河联合党支部", "东河联合支部", "中共东河联合支部委员会")
    sheet = [(f.uscc or "", "", name, "联合建", "") for f, name in zip(firms, names, strict=True)]
    batches.apply(actor=None, batch=uploaded(county, xlsx_file(*sheet)))
    joint = PartyOrganization.objects.get(kind=OrganizationKind.JOINT_BRANCH)
    assert joint.coverage_links.count() == 3
    assert joint.established_on == DAY


def test_an_existing_organization_is_found_by_its_long_or_short_name(county: County) -> None:
    own = make_organization("中共甲支部委员会", parent=county.east_committee)
    firm = county.enterprise("甲有限公司")
    batch = applied(county, ("", "甲有限公司", "甲党支部", "单独", ""))
    assert batch.receipt["organizations"] == 0
    assert CoverageLink.objects.get(enterprise=firm).organization == own


@pytest.mark.parametrize(
    ("word", "mode"),
    [
        ("单独组建", "single"),
        ("单独建立", "single"),
        ("联合", "joint"),
        ("依托社区建", "hosted"),
        ("挂靠建", "attached"),
        ("网格建", "grid"),
        ("joint", "joint"),
    ],
)
def test_modes_are_read_in_every_usual_word(county: County, word: str, mode: str) -> None:
    county.enterprise("甲有限公司")
    (row,) = rows_of(planned(county, ("", "甲有限公司", "甲支部", word, "")))
    assert row.mode == mode


def test_each_row_says_what_will_become_of_it(county: County) -> None:
    same, other = county.enterprise("相同公司"), county.enterprise("不同公司")
    own = make_organization("中共相同支部委员会", parent=county.east_committee)
    cover(same, own)
    cover(other, make_organization("旧支部", parent=county.east_committee))
    county.enterprise("新公司")
    batch = planned(
        county,
        ("", "相同公司", "中共相同支部委员会", "单独", ""),
        ("", "不同公司", "不同支部", "单独", ""),
        ("", "新公司", "新支部", "单独", ""),
        ("", "没有这家公司", "某支部", "单独", ""),
        ("", "新公司", "新支部", "单独", ""),
        ("", "新公司", "", "单独", ""),
        ("", "新公司", "另支部", "自建", ""),
        ("", "新公司", "另支部", "单独", "2026-05-01"),
    )
    assert outcomes(batch) == [
        Outcome.SAME,
        Outcome.CONFLICT,
        Outcome.LINK,
        Outcome.NOT_FOUND,
        *[Outcome.ERROR] * 4,
    ]
    messages = [row.message for row in rows_of(batch)]
    assert messages[1] == "系统中由“旧支部”单独组建（自2020-01-01）"
    assert messages[4] == "与第 4 行是同一家企业，只采用第 4 行"
    assert "没有写党组织名称" in messages[5]
    assert "看不懂这种组建形式" in messages[6]
    assert "晚于时点 2025-12-31" in messages[7]
    assert batch.counts == {
        "link": 1,
        "same": 1,
        "facts": 0,
        "conflict": 1,
        "not_found": 1,
        "error": 4,
        "rows": 8,
        "organizations": 1,
    }


def test_nothing_is_written_before_the_clerk_agrees(county: County) -> None:
    county.enterprise("甲有限公司")
    planned(county, ("", "甲有限公司", "甲支部", "单独", ""))
    assert not CoverageLink.objects.exists()
    assert not PartyOrganization.objects.filter(name="甲支部").exists()


def test_a_name_borne_by_two_enterprises_asks_for_the_code(county: County) -> None:
    county.enterprise("同名公司", county.east)
    county.enterprise("同名公司", county.west)
    (row,) = rows_of(planned(county, ("", "同名公司", "支部", "单独", "")))
    assert row.outcome == Outcome.ERROR
    assert "请在表中加写统一社会信用代码" in row.message


def test_conflicts_keep_the_system_unless_the_file_is_to_count(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    held = cover(firm, make_organization("旧支部", parent=county.east_committee))
    sheet = ("", "甲有限公司", "新支部", "联合", "2025-06-01")
    applied(county, sheet)
    assert list(firm.coverage_links.all()) == [held]
    batch = applied(county, sheet, replaces=True)
    held.refresh_from_db()
    assert held.valid_to == date(2025, 6, 1)
    assert firm.coverage_links.as_of(DAY).get().organization.name == "新支部"
    assert batch.receipt["ended"] == 1


def test_the_mode_of_the_same_organization_can_be_replaced(county: County) -> None:
    own = make_organization("甲支部", parent=county.east_committee)
    firm = county.enterprise("甲有限公司")
    cover(firm, own)
    applied(county, ("", "甲有限公司", "甲支部", "挂靠", ""), replaces=True)
    assert [(link.mode, link.valid_to) for link in firm.coverage_links.order_by("valid_from")] == [
        ("single", DAY),
        ("attached", None),
    ]


def test_a_second_click_writes_nothing_twice(county: County) -> None:
    county.enterprise("甲有限公司")
    batch = applied(county, ("", "甲有限公司", "甲支部", "单独", ""))
    with pytest.raises(Exception, match="不在待写入状态"):
        batches.apply(actor=None, batch=batch)
    assert CoverageLink.objects.count() == 1


def test_importing_the_same_file_again_changes_nothing(county: County) -> None:
    county.enterprise("甲有限公司")
    sheet = ("", "甲有限公司", "甲支部", "单独", "2021-07-01")
    applied(county, sheet)
    again = applied(county, sheet)
    assert outcomes(again) == [Outcome.SAME]
    assert (again.receipt["links"], again.receipt["organizations"]) == (0, 0)


def test_a_register_that_moved_since_the_preview_is_looked_at_again(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    batch = planned(county, ("", "甲有限公司", "甲支部", "单独", ""))
    cover(firm, make_organization("别的支部", parent=county.east_committee))
    after = batches.apply(actor=None, batch=batch)
    assert after.state == State.PLANNED
    assert outcomes(after) == [Outcome.CONFLICT]
    assert CoverageLink.objects.count() == 1


def test_a_township_reaches_only_its_own_enterprises(county: County) -> None:
    county.enterprise("东河公司", county.east)
    county.enterprise("西岭公司", county.west)
    county.unclaimed("待认领公司")
    batch = planned(
        county,
        ("", "东河公司", "甲支部", "单独", ""),
        ("", "西岭公司", "乙支部", "单独", ""),
        ("", "待认领公司", "丙支部", "单独", ""),
        by=county.east_committee,
    )
    assert outcomes(batch) == [Outcome.LINK, Outcome.NOT_FOUND, Outcome.NOT_FOUND]


def test_a_link_begins_no_earlier_than_its_organization(county: County) -> None:
    make_organization("甲支部", parent=county.east_committee, since=date(2023, 1, 1))
    firm = county.enterprise("甲有限公司")
    applied(county, ("", "甲有限公司", "甲支部", "单独", "2021-01-01"))
    assert firm.coverage_links.get().valid_from == date(2023, 1, 1)


def test_a_link_ends_with_an_organization_that_closed_after_the_day(county: County) -> None:
    closed = DAY + timedelta(days=30)
    make_organization("甲支部", parent=county.east_committee, abolished_on=closed)
    firm = county.enterprise("甲有限公司")
    applied(county, (firm.uscc or "", "", "甲支部", "单独", ""))
    assert CoverageLink.objects.get(enterprise=firm).valid_to == closed


def test_a_link_that_ended_earlier_is_not_overlapped(county: County) -> None:
    own = make_organization("甲支部", parent=county.east_committee)
    firm = county.enterprise("甲有限公司")
    cover(firm, own, until=date(2023, 1, 1))
    applied(county, ("", "甲有限公司", "甲支部", "单独", "2021-01-01"))
    latest = firm.coverage_links.as_of(DAY).get()
    assert latest.valid_from == date(2023, 1, 1)


def test_every_link_and_organization_is_in_the_log(county: County) -> None:
    county.enterprise("甲有限公司")
    applied(county, ("", "甲有限公司", "甲支部", "单独", ""))
    verbs = sorted(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs == ["coverage.link", "coverage_import.apply", "organization.form"]


def test_a_file_that_is_no_sheet_fails_with_a_sentence(county: County) -> None:
    batch = uploaded(county, csv_file(("a", "b", "c", "d", "e"), header=tuple("甲乙丙丁戊")))
    assert batch.state == State.FAILED
    assert "没有找到表头" in batch.error
    assert EnterprisePeriod.objects.count() == 0
