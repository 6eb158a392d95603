"""Members from sheets: both official headers, errors at their columns, blanks that keep."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from core import jobs
from core.identifiers import complete_citizen_id
from core.models import AuditEntry, Draft, Job
from members.models import Membership, PartyMember
from members.roster_columns import MEMBERS, NATIONAL
from organizations import importing, sheet_jobs
from organizations.importing import Outcome
from organizations.sheets import sheet
from tests.builders import make_person
from tests.members.test_member_pages import NUMBER, PHONE, desk, registered
from tests.world import EAST, PARK, World

FACTS = {"name": f"{PARK}甲", "citizen_id": NUMBER, "accepted_on": "2015.7.1"}
CONFIRMED = {"confirmed_on": "2016年7月1日"}


def tried(actor: Any, *rows: dict[str, str], write: bool = True) -> Outcome:
    register = sheet("members")
    assert register is not None
    numbered = [{**row, "row": str(number)} for number, row in enumerate(rows, start=2)]
    return importing.run(register, actor, numbered, write=write)


def remarks(outcome: Outcome) -> str:
    return "；".join(remark for line in outcome.lines for remark in line.remarks)


def test_a_short_roster_registers_members_of_the_only_branch(world: World) -> None:
    outcome = tried(world.secretary, FACTS | CONFIRMED | {"phone": PHONE, "ethnicity": "汉"})
    assert (outcome.new, remarks(outcome)) == (1, "")
    member = PartyMember.objects.get(person__name=f"{PARK}甲")
    assert (member.category, member.person.sex) == ("full", "male")
    assert (member.person.born_on, member.person.phone) == (date(1990, 3, 7), PHONE)
    assert (member.person.ethnicity, member.person.search_key[:2]) == ("01", "be")
    held = Membership.objects.get(member=member)
    assert (held.organization, held.entry_kind) == (world.own_branch, "recorded")


def test_a_preview_writes_nothing(world: World) -> None:
    assert tried(world.secretary, FACTS | CONFIRMED, write=False).new == 1
    assert not PartyMember.objects.filter(person__name=f"{PARK}甲").exists()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"citizen_id": NUMBER[:17] + "0"}, "身份证号码：身份证号校验码不符"),
        ({"citizen_id": "3.40824E+17"}, "身份证号码：身份证号被存成科学计数法"),
        ({"accepted_on": ""}, "入党时间：不能为空"),
        ({"confirmed_on": "2014-01-01"}, "转正时间：转正时间不能早于入党时间"),
        ({"accepted_on": "2007-03-06"}, "入党时间：入党时未满18周岁"),
        ({"accepted_on": "2999-01-01"}, "入党时间：年份不合理"),
        ({"category": "预备党员"}, "转正时间：预备党员没有转正时间"),
        ({"category": "入党积极分子"}, "人员类别：“入党积极分子”应为"),
        ({"home": f"{EAST}第一联合党支部"}, "所在党组织：没有名称或代码"),
        ({"confirmed_on": ""}, "人员类别：不能为空"),
        ({"entry_on": "2010-01-01"}, "转入日期：转入日期不能早于入党时间"),
        ({"phone": "1390556"}, "联系电话：电话号码"),
    ],
)
def test_a_wrong_cell_is_told_at_its_column(world: World, facts: dict[str, str], told: str) -> None:
    outcome = tried(world.secretary, FACTS | CONFIRMED | facts)
    assert outcome.wrong == 1
    assert told in remarks(outcome)
    assert NUMBER not in str(outcome)


def test_unusual_days_are_pointed_out_and_written(world: World) -> None:
    outcome = tried(world.secretary, FACTS | {"confirmed_on": "2015-12-01"})
    assert outcome.new == 1
    assert "请核对：入党到转正不足一年（党章第七条" in remarks(outcome)


def test_new_counties_and_the_very_old_are_welcome(world: World) -> None:
    """330113 exists since 2021; somebody of 1931 is older than any county code of today."""
    new, old = complete_citizen_id("33011319900307123"), complete_citizen_id("33011319310307123")
    rows = [
        FACTS | CONFIRMED | {"name": f"{PARK}{number[-2:]}", "citizen_id": number}
        for number in (new, old)
    ]
    assert tried(world.secretary, *rows).new == 2


def test_one_number_stands_once_in_sheet_and_county(world: World) -> None:
    row = FACTS | CONFIRMED
    twice = tried(world.secretary, row, row | {"name": f"{PARK}乙"})
    assert [line.remarks for line in twice.lines] == [
        (f"身份证号码：与第 {other} 行是同一个人，只能有一行；请核对后只保留一行。",)
        for other in (3, 2)
    ]
    assert tried(world.secretary, row).new == 1
    elsewhere = tried(world.east_officer, row | {"home": world.joint_branch.code})
    assert "已经登记" in remarks(elsewhere)
    assert PARK not in remarks(elsewhere)


def test_nothing_of_a_refused_row_is_written_or_goes_unlogged(world: World) -> None:
    """Two rows of one person stand against each other: neither is written, whoever is right."""
    member = registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER, born_on=date(1990, 3, 7))
    row = FACTS | CONFIRMED
    good, elsewhere = row | {"remark": "已核对"}, row | {"home": world.joint_branch.code}
    by_name = row | {"citizen_id": "", "born_on": "1990-03-07", "remark": "又一行"}
    outcome = tried(world.clerk, good, elsewhere, by_name | {"home": world.own_branch.code})
    assert (outcome.changed, outcome.wrong) == (0, 3)
    assert "与第 3、4 行是同一个人" in remarks(outcome)
    member.refresh_from_db()
    assert (member.remark, member.person.home_organization) == ("", world.own_branch)
    changes = AuditEntry.objects.filter(verb="member.change")
    assert not changes.exists()
    assert tried(world.clerk, good).changed == changes.count() == 1


def test_a_number_under_another_name_is_refused(world: World) -> None:
    """Of a member, and of somebody registered who is none yet."""
    registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER)
    outcome = tried(world.secretary, FACTS | CONFIRMED | {"name": f"{PARK}乙"})
    assert f"姓名：这个身份证号登记的是{PARK}甲" in remarks(outcome)
    other = complete_citizen_id("34082419880307123")
    person = make_person(f"{PARK}丙", home=world.own_branch, citizen_id=other)
    row = FACTS | CONFIRMED | {"citizen_id": other}
    assert "姓名：这个身份证号登记的是另一个姓名" in remarks(tried(world.secretary, row))
    person.refresh_from_db()
    assert person.name == f"{PARK}丙"


def test_a_possible_double_is_asked_about(world: World) -> None:
    """One name and birth, and no number to tell them apart: in the register or in the sheet."""
    registered(world.joint_branch, f"{PARK}甲", born_on=date(1990, 3, 7))
    row = FACTS | CONFIRMED | {"home": world.own_branch.code}
    outcome = tried(world.clerk, row)
    assert "没有身份证号可以区分" in remarks(outcome)
    unnamed = row | {"name": f"{PARK}乙", "citizen_id": "", "born_on": "1990-03-07"}
    twice = tried(world.clerk, unnamed, unnamed | {"home": world.joint_branch.code})
    assert (twice.new, twice.wrong) == (1, 1)
    assert "与上面的行同名同出生日期" in remarks(twice)


def test_a_number_completes_the_member_it_was_missing_of(world: World) -> None:
    member = registered(world.own_branch, f"{PARK}甲", born_on=date(1990, 3, 7))
    outcome = tried(world.secretary, FACTS | CONFIRMED)
    assert (outcome.changed, outcome.new) == (1, 0)
    member.person.refresh_from_db()
    assert member.person.citizen_id == NUMBER


def test_a_known_member_is_corrected_and_blanks_keep(world: World) -> None:
    member = registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER, phone=PHONE)
    row = FACTS | CONFIRMED | {"education": "本科", "phone": "", "sex": ""}
    assert tried(world.secretary, row).changed == 1
    member.refresh_from_db()
    assert (member.person.education, member.person.phone) == ("bachelor", PHONE)
    assert tried(world.secretary, row).count("无变化") == 1
    masked = tried(world.secretary, row | {"phone": "13905566999"}, write=False)
    assert "139****6999" in remarks(masked)
    assert "13905566999" not in remarks(masked)


def test_a_change_that_is_told_is_a_change_that_is_written(world: World) -> None:
    """Work is begun by a sheet and changed by an act; a unit beyond the register is a position."""
    member = registered(world.joint_branch, f"{EAST}甲", citizen_id=NUMBER)
    row = FACTS | CONFIRMED | {"name": f"{EAST}甲", "entry_on": "2020-01-01", "front_line": "否"}
    assert tried(world.clerk, row).count("无变化") == 1
    outside = row | {"unit": "外地公司", "post": "会计"}
    assert "工作单位及职务：空 → 外地公司会计" in remarks(tried(world.clerk, outside))
    assert tried(world.clerk, outside).count("无变化") == 1
    inside = row | {"unit": world.joint.uscc or "", "department": "财务部"}
    assert f"所在单位：空 → {world.joint}" in remarks(tried(world.clerk, inside))
    assert member.person.employments.get().department == "财务部"
    assert tried(world.clerk, inside).count("无变化") == 1
    assert "所在单位：与登记的从业企业" in remarks(tried(world.clerk, inside | {"post": "主管"}))
    assert tried(world.clerk, inside | {"department": "长" * 61}).wrong == 1


def test_somebody_known_becomes_a_member(world: World) -> None:
    person = make_person(f"{PARK}甲", home=world.own_branch, citizen_id=NUMBER)
    assert tried(world.secretary, FACTS | CONFIRMED).new == 1
    assert PartyMember.objects.get(person=person).memberships.count() == 1


def workbook(headers: list[str], *rows: list[str]) -> SimpleUploadedFile:
    book, target = Workbook(), BytesIO()
    for row in (headers, *rows):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(target)
    return SimpleUploadedFile("名单.xlsx", target.getvalue())


def test_the_national_header_is_read_with_its_blank(world: World) -> None:
    headers = [column.header for column in NATIONAL]
    assert len(headers) == 25
    assert headers[:5] == ["姓名", "身份证号码", "性别", "民族", "籍贯"]
    values = dict.fromkeys(headers, "") | {
        "姓名": f"{PARK}甲",
        "身份证号码": NUMBER,
        "人员类别": "正式党员",
        "所在党组织": world.own_branch.name,
        "入党时间": "2015-07-01",
        "转正时间": "2016-07-01",
        "一线情况": "是",
        "是否农民工": "是",
        "是否失联党员": "否",
        "信息完整度(%)": "87",
    }
    sent = [f"{name} " if name == "是否农民工" else name for name in headers]
    client = desk(world.clerk)
    client.post("/sheets/members", {"file": workbook(sent, list(values.values()))})
    assert NUMBER not in str(Draft.objects.get(form_key="import-members").payload)
    assert "新增 1" in client.get("/sheets/members/preview").content.decode()
    client.post("/sheets/members/write")
    person = PartyMember.objects.get(person__name=f"{PARK}甲").person
    assert (person.job_class, person.is_migrant_worker) == ("front_line", True)


def test_the_filled_template_names_members_without_their_numbers(world: World) -> None:
    registered(world.own_branch, f"{PARK}甲", citizen_id=NUMBER, phone=PHONE)
    answer = desk(world.secretary).get("/sheets/members/template?filled=1")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    ]
    text = str(rows)
    assert f"{PARK}甲" in text
    assert NUMBER not in text
    assert PHONE not in text
    place = next(place for place, row in enumerate(rows) if "姓名" in "".join(row))
    cells = dict(zip([column.field for column in MEMBERS], rows[place + 1], strict=False))
    assert cells["citizen_id"] == "*" * 17 + NUMBER[-1]
    assert tried(world.secretary, cells).count("无变化") == 1
    assert tried(world.secretary, cells | {"remark": "已核对"}).changed == 1
    person = PartyMember.objects.get(person__name=f"{PARK}甲").person
    assert (person.citizen_id, person.phone) == (NUMBER, PHONE)


def test_a_long_sheet_is_tried_and_written_by_jobs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    headers = ["姓名", "身份证号", "入党时间", "转正时间"]
    bad = [f"{PARK}乙", NUMBER[:17] + "0", "2015-07-01", "2016-07-01"]
    good = [f"{PARK}甲", NUMBER, "2015-07-01", "2016-07-01"]
    client = desk(world.secretary)
    client.post("/sheets/members", {"file": workbook(headers, good, bad)})
    jobs.run_now(Job.objects.get(kind=sheet_jobs.TRY))
    assert "有误 1" in client.get("/sheets/members/preview").content.decode()
    errors = client.get("/sheets/members/errors")
    sheet_ = load_workbook(BytesIO(b"".join(errors.streaming_content))).active  # type: ignore[attr-defined]
    assert "校验码不符" in str(list(sheet_.iter_rows(values_only=True)))  # type: ignore[union-attr]
    client.post("/sheets/members/write")
    jobs.run_now(Job.objects.get(kind=sheet_jobs.WRITE))
    assert PartyMember.objects.filter(person__home_organization=world.own_branch).count() == 1
