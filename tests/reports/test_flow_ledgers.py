"""流动党员台账 and 失联党员登记表: as of the day, with sides, codes and evidence."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from core.dates import today
from members.services import losses, mobiles
from reports.ledgers import LEDGER
from reports.ledgers.base import Values
from reports.ledgers.workbook import write
from reports.units import Unit, units_on
from tests.members.moving import look_for, lose, make_member, months_ago
from tests.world import World

PHONE = "13812345678"


def unit_of(world: World, name: str, day: date) -> Unit:
    return next(unit for unit in units_on(day) if unit.name == name)


def rows(world: World, key: str, name: str, day: date | None = None) -> list[Values]:
    on = day or today()
    return [line.values for line in LEDGER[key].lines(unit_of(world, name, on), on)]


def go(world: World, name: str, months: int) -> None:
    mobiles.register(
        actor=None,
        member=make_member(name, home=world.own_branch),
        left_on=months_ago(months),
        cause="work",
        destination="private",
        range="county",
        host=world.joint_branch,
        host_phone=PHONE,
    )


def test_an_absence_stands_on_the_sheets_of_both_sides(world: World) -> None:
    go(world, "孙北湖", 8)
    go(world, "赵北湖", 3)

    (out, total) = rows(world, "mobile_out", "北湖园区")
    (into, _) = rows(world, "mobile_in", "东岭镇")

    assert (out[1], total[1], out[3:7]) == (
        "孙北湖",
        "合计",
        ("", "外出务工", "私营企业", "县内跨乡镇"),
    )
    assert out[8] == into[12] == "北湖电子党支部"
    assert into[8] == "东岭第一联合党支部"
    assert PHONE not in str(out)
    assert len(rows(world, "mobile_in", "北湖园区")) == 1
    assert len(rows(world, "mobile_out", "北湖园区", months_ago(3))) == 1


def test_the_workbook_of_mobile_members_has_both_sheets(world: World, tmp_path: Path) -> None:
    go(world, "孙北湖", 8)

    target = tmp_path / "台账.xlsx"
    county = unit_of(world, "江南县", today())
    assert write(LEDGER["mobile_out"], county, today(), target).rows == 2

    assert load_workbook(target).sheetnames == ["流动党员台账（流出）", "流动党员台账（流入）"]


def test_the_lost_stand_with_codes_and_the_searches_of_the_day(world: World) -> None:
    case = lose(make_member("孙北湖", home=world.own_branch), months_ago(12))
    for on in (months_ago(9), months_ago(2)):
        look_for(case, on)
    losses.suspend(actor=None, case=case, on=months_ago(1), by="北湖电子党支部", document="3号")

    (now, total) = rows(world, "lost", "北湖园区")
    (then, _) = rows(world, "lost", "北湖园区", months_ago(5))

    assert (now[1], now[9], now[10]) == ("孙北湖", "1", "2")
    assert str(now[11]).count("家中无人") == 2
    assert "停止党籍（3号）" in str(now[12])
    assert total[12] == "1人，已停止党籍1人"
    assert str(then[11]).count("家中无人") == 1
    assert then[12] == "查找中"
