"""Dues on screen: the sheet of a branch, what is pasted into it, who sees it, what paper says."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.dates import today
from core.deadlines import due
from core.models import AuditEntry, Message
from members.dues import amounts
from members.dues.arrears import late
from members.dues.board import Board
from members.dues.services import NEEDS_REASON, NO_MORE, NOT_HELD
from members.models import DuesBase, DuesRecord, DuesRelief, PartyMember
from members.services import memberships
from tests.members.paying import make_payer, month, pay, sheet
from tests.members.test_posts import desk
from tests.members.test_sheets import tried
from tests.world import EAST, PARK, World

RECEIVED = {"on": f"{month()}", "method": "cash", "reason": ""}


def test_a_secretary_is_at_the_sheet_at_once_and_pays_for_several(world: World) -> None:
    branch = world.own_branch
    first, second = (make_payer(branch, f"{PARK}{name}") for name in "甲乙")
    client = desk(world.secretary)
    assert client.get("/dues/").url == f"/dues/{branch.pk}"  # type: ignore[attr-defined]
    key, text = f"{month():%Y-%m}", "48.50"
    sent = {f"full-{first.pk}": "1", f"p-{first.pk}-{key}": "", f"p-{second.pk}-{key}": text}
    assert client.post(f"/dues/{branch.pk}", RECEIVED | sent).status_code == 302
    paid = DuesRecord.objects.order_by("paid").values_list("member", "paid", "due", "rate")
    assert list(paid) == [
        (second.pk, Decimal(text), Decimal(50), Decimal(1)),
        (first.pk, Decimal(50), Decimal(50), Decimal(1)),
    ]


def test_a_pasted_block_fills_in_and_is_not_saved(world: World) -> None:
    branch = world.joint_branch
    first = make_payer(branch, f"{EAST}甲")
    year = month(1).year
    block = f"序号\t姓名\t1月\t3月\n1\t{EAST} 甲\t50\t￥1,050\n2\t没这人\t50\t50"
    page = desk(world.east_officer).post(
        f"/dues/{branch.pk}?year={year}", {"paste": "1", "block": block}
    )
    (line,) = page.context["board"].lines
    assert [box.text for box in line.boxes][:4] == ["50", "", "￥1,050", ""]
    assert page.context["faults"] == ["第3行：支部名册上没有“没这人”。"]
    assert not DuesRecord.objects.exists()
    answer = desk(world.east_officer).post(
        f"/dues/{branch.pk}?year={year - 1}",
        RECEIVED
        | {f"p-{first.pk}-{year - 1}-03": "￥1,050", f"p-{first.pk}-{year - 1}-04": "五十"},
    )
    assert answer.context["board"].errors == {
        f"p-{first.pk}-{year - 1}-04": "“五十”不是金额，请填写数字，如50或50.5。"
    }
    assert not DuesRecord.objects.exists()


def test_namesakes_and_too_many_columns_are_told_by_line() -> None:
    months = [date(2026, 1, 1), date(2026, 2, 1)]
    people = [(1, "王芳"), (2, "王芳"), (3, "李雷")]
    found = amounts.spread("王芳\t5\t5\n李雷\t6\t7\t8", people, months)
    assert found.texts == {(3, months[0]): "6", (3, months[1]): "7"}
    assert found.faults == [
        "第1行：有多名“王芳”，请在表格中逐个填写。",
        "第2行：金额多于显示的月份，请核对。",
    ]


@given(st.integers(0, 9_999_999_999))
def test_a_typed_sum_is_read_back_however_it_is_written(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert amounts.read(f" ￥{amount:,}元 ") == amount


def test_a_receipt_says_the_sum_in_capitals() -> None:
    table = [
        ("0", "人民币零元整"),
        ("50", "人民币伍拾元整"),
        ("0.05", "人民币伍分"),
        ("10.05", "人民币壹拾元零伍分"),
        ("1005.50", "人民币壹仟零伍元伍角整"),
        ("100000", "人民币壹拾万元整"),
        ("1000001.12", "人民币壹佰万零壹元壹角贰分"),
        ("100010000", "人民币壹亿零壹万元整"),
    ]
    assert [amounts.capital(Decimal(amount)) for amount, _ in table] == [
        words for _, words in table
    ]


def test_a_receipt_gathers_what_came_in_one_day(world: World) -> None:
    branch = world.joint_branch
    member = make_payer(branch, f"{EAST}甲")
    pay(branch, member, {month(2): "50", month(1): "50"})
    record = DuesRecord.objects.latest("month")
    page = desk(world.east_officer).get(f"/dues/receipts/{record.pk}")
    assert (page.context["total"], page.context["capital"]) == (100, "人民币壹佰元整")
    assert desk(world.west_officer).get(f"/dues/receipts/{record.pk}").status_code == 404


def test_what_people_earn_is_not_for_leaders_and_instructors(world: World) -> None:
    for user in (world.leader, world.guide):
        assert desk(user).get(f"/dues/{world.joint_branch.pk}").status_code == 403
    assert desk(world.secretary).get(f"/dues/{world.joint_branch.pk}").status_code == 404


def test_the_sheet_tells_how_many_paid_in_full(world: World) -> None:
    branch, months = world.joint_branch, [month(2), month(1), month()]
    full, behind, waived = (make_payer(branch, f"{EAST}{name}") for name in "甲乙丙")
    DuesRelief.objects.create(
        member=waived,
        organization=branch,
        kind="waived",
        valid_from=month(2),
        valid_to=month(-3),
        requested_on=month(3),
        agreed_on=month(3),
        state="approved",
        approved_on=month(3),
        document="东党〔2026〕1号",
    )
    pay(branch, full, {month(2): "1050", month(1): "50"})
    pay(branch, behind, {month(2): "50"})
    found = dict(Board(sheet(branch, months), months).summary(Decimal(1000)))
    assert found == {
        "按时足额": 2,
        "经批准少交": 0,
        "免交": 1,
        "有欠交": 1,
        "一次多交1000元以上": 1,
    }


def test_bases_of_a_branch_are_settled_in_one_form(world: World) -> None:
    branch = world.own_branch
    first, second = (make_payer(branch, f"{PARK}{name}", base=None) for name in "甲乙")
    client, url = desk(world.secretary), f"/dues/{branch.pk}/bases"
    facts = {"month": f"{month()}", f"amount-{first.pk}": "6000", f"payer-{second.pk}": "wage"}
    told = client.post(url, facts).context["form"].errors
    assert list(told) == [f"amount-{second.pk}"]
    assert not DuesBase.objects.exists()
    client.post(url, facts | {f"payer-{second.pk}": "relief"})
    (one, other) = sheet(branch, [month()])
    assert [one.latest and one.latest.due, other.latest and other.latest.due] == [
        Decimal(90),
        Decimal("0.20"),
    ]


def test_a_relief_counts_once_the_committee_above_approved_it(world: World) -> None:
    branch = world.own_branch
    member = make_payer(branch, f"{PARK}甲")
    day = today()
    facts = {
        "member": member.pk,
        "kind": "reduced",
        "amount": "10",
        "valid_from": f"{day}",
        "valid_to": f"{month(-6)}",
        "requested_on": f"{day}",
        "agreed_on": f"{day}",
        "reason": "家庭困难",
    }
    client = desk(world.secretary)
    told = client.post(f"/dues/{branch.pk}/reliefs/new", facts | {"amount": ""})
    assert told.context["form"].errors == {"amount": ["少交应填写每月交纳的数额，免交不填"]}
    client.post(f"/dues/{branch.pk}/reliefs/new", facts)
    relief = DuesRelief.objects.get()
    assert Message.objects.filter(
        recipient=world.park_officer, url__endswith=f"/{relief.pk}"
    ).exists()
    decide, answer = (
        f"/dues/reliefs/{relief.pk}/decide",
        {"document": "北党〔2026〕1号", "on": f"{day}"},
    )
    assert client.post(decide, answer).status_code == 403
    (before,) = sheet(branch, [month()])
    desk(world.park_officer).post(decide, answer)
    (after,) = sheet(branch, [month()])
    assert (before.cells[0].due, after.cells[0].due) == (Decimal(50), Decimal(10))
    again = client.post(f"/dues/{branch.pk}/reliefs/new", facts).context["form"].errors
    assert again == {"valid_from": ["该党员在此期间已批准少交或免交"]}


def test_six_months_of_silence_are_seen(world: World) -> None:
    branch = world.joint_branch
    payer, silent = (make_payer(branch, f"{EAST}{name}") for name in "甲乙")
    pay(branch, payer, {month(7): "50", month(2): "50"})
    pay(branch, silent, {month(7): "50"})
    found = late(PartyMember.objects.visible_to(world.east_officer), today())
    assert [(one.pk, vars(one)["last_paid"]) for one in found] == [(silent.pk, month(7))]
    assert f"{EAST}乙" in desk(world.east_officer).get("/dues/late").content.decode()


def test_the_secretary_reads_on_the_work_page_who_has_long_not_paid(world: World) -> None:
    branch = world.own_branch
    silent, payer = (make_payer(branch, f"{PARK}{name}") for name in "甲乙")
    pay(branch, silent, {month(8): "50"})
    pay(branch, payer, {month(8): "50", month(1): "50"})

    rows = [row for row in due(world.secretary, today()) if "没有登记党费" in row.what]

    url = f"/dues/{branch.pk}"
    assert [(row.on, row.subject, row.url) for row in rows] == [(month(1), f"{PARK}甲", url)]
    assert not any("没有登记党费" in row.what for row in due(world.clerk, today()))


def test_a_sheet_costs_the_same_for_one_and_for_six(world: World) -> None:
    branch, client, counts = world.joint_branch, desk(world.east_officer), []
    client.get("/dues/")
    for number in range(1, 7):
        make_payer(branch, f"{EAST}{number}")
        if number in {1, 6}:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/dues/{branch.pk}?year={today().year}")
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_sheet_of_payments_is_refused_row_by_row(world: World) -> None:
    branch = world.joint_branch
    make_payer(branch, f"{EAST}甲")
    gone = make_payer(branch, f"{EAST}乙")
    memberships.end_membership(
        actor=None, member=gone, on=month(1), kind="suspended", reason="失联"
    )
    now, before = f"{month():%Y年%m月}", f"{month(2):%Y-%m}"
    outcome = tried(
        world.east_officer,
        "dues",
        "党组织代码,姓名,月份,实交（元）,交纳方式",
        f"{branch.code},{EAST}甲,{now},50,网上交纳",
        f"{branch.code},{EAST}甲,{before},-5,",
        f"{branch.code},{EAST}乙,{now},50,",
        f"{branch.code},{EAST}乙,{before},50,",
        f"{world.own_branch.code},{EAST}甲,{now},50,",
    )
    assert [(line.state, line.remarks) for line in outcome.lines[:4]] == [
        ("新增", ()),
        ("有误", ("实交（元）：实交金额应大于零；没有交纳的请留空。",)),
        ("有误", (f"姓名：{NOT_HELD}",)),
        ("有误", (f"实交（元）：{NO_MORE}",)),
    ]
    assert "不在您的范围内" in outcome.lines[4].remarks[0]
    assert DuesRecord.objects.get().due == Decimal(50)


def test_a_sheet_changes_recorded_money_only_for_a_reason(world: World) -> None:
    """What it leaves blank stays, and two rows of one month stand against each other."""
    branch, day = world.joint_branch, month(1)
    member = make_payer(branch, f"{EAST}甲")
    pay(branch, member, {day: "36"}, on=month(1))
    head = "党组织代码,姓名,月份,实交（元）,交纳日期,交纳方式,更正原因"
    row = f"{branch.code},{EAST}甲,{day:%Y-%m},"
    again = tried(world.east_officer, "dues", head, f"{row}1,,,", f"{row}2,,,录入有误")
    assert [line.state for line in again.lines] == ["有误", "有误"]
    assert "与第 3 行是同一个人的同一个月" in again.lines[0].remarks[0]
    (silent,) = tried(world.east_officer, "dues", head, f"{row}1,,,").lines
    assert silent.remarks == (f"更正原因：{NEEDS_REASON}",)
    (other,) = tried(world.east_officer, "dues", head, f"{row}36,,网上交纳,补登").lines
    assert "金额没有改动" in other.remarks[0]
    (said,) = tried(world.east_officer, "dues", head, f"{row}1,,,录入有误").lines
    assert (said.state, said.remarks) == ("修改", ("实交（元）：36.00 → 1.00",))
    record = DuesRecord.objects.get()
    assert (record.paid, record.paid_on, record.method) == (Decimal(1), month(1), "cash")
    assert AuditEntry.objects.filter(verb="dues.pay", reason="录入有误").exists()


def test_the_page_of_a_member_shows_dues_to_who_collects_them(world: World) -> None:
    member = make_payer(world.joint_branch, f"{EAST}甲")
    pay(world.joint_branch, member, {month(1): "50"})
    url = f"/members/{member.pk}?tab=dues"
    assert "5000.00 元" in desk(world.east_officer).get(url).content.decode()
    assert "5000" not in desk(world.leader).get(url).content.decode()
