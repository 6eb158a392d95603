"""党费收缴台账: the columns of the form, sums that add up, and who may see what people earn."""

from datetime import date
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.dates import today
from members.dues.reckoning import next_month
from reports.ledgers import LEDGER
from reports.units import units_on
from tests.members.paying import make_payer, pay
from tests.members.test_posts import desk
from tests.world import EAST, World

LEDGER_OF_DUES = LEDGER["dues"]
YEAR = today().year - 1
DAY = date(YEAR, 12, 31)


def lines(world: World) -> list[dict[str, object]]:
    unit = next(unit for unit in units_on(DAY) if unit.code == world.east.code)
    fields = [column.field for column in LEDGER_OF_DUES.columns]
    return [dict(zip(fields, line.values, strict=True)) for line in LEDGER_OF_DUES.lines(unit, DAY)]


def test_the_columns_are_those_of_the_form() -> None:
    months = "、".join(f"{number}月" for number in range(1, 13))
    assert "、".join(column.header for column in LEDGER_OF_DUES.columns) == (
        f"序号、姓名、所在组织、基数、比例、月应交、{months}、合计、备注、交款人签字、收款人签字"
    )


def test_a_member_is_a_line_and_the_sums_add_up(world: World) -> None:
    branch = world.joint_branch
    one, other = make_payer(branch, f"{EAST}甲"), make_payer(branch, f"{EAST}乙", base="6000")
    pay(branch, one, {date(YEAR, 1, 1): "50", date(YEAR, 2, 1): "50"}, on=date(YEAR, 2, 5))
    pay(branch, other, {date(YEAR, 11, 1): "90"}, on=next_month(date(YEAR, 12, 1)))
    first, second, total = lines(world)
    assert (first["name"], first["base"], first["rate"]) == (f"{EAST}甲", Decimal(5000), "1%")
    assert (first["month_2"], first["month_3"], first["total"]) == (50, None, 100)
    assert (second["month_11"], second["rate"]) == (None, "1.5%")
    assert (total["name"], total["total"], total["month_1"]) == ("合计", 100, 50)
    assert first["remark"] == "欠交450.00元"


def test_a_ledger_of_more_members_takes_no_more_queries(world: World) -> None:
    counts = []
    for number in range(1, 5):
        make_payer(world.joint_branch, f"{EAST}{number}")
        if number in {1, 4}:
            with CaptureQueriesContext(connection) as queries:
                lines(world)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_leaders_do_not_find_it(world: World) -> None:
    assert desk(world.leader).get("/ledgers/dues").status_code == 403
    assert "党费收缴台账" not in desk(world.leader).get("/ledgers/").content.decode()
    assert "党费收缴台账" in desk(world.east_officer).get("/ledgers/").content.decode()
