"""Areas and organizations from a sheet: previewed, written through services, errors by row."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core.models import AuditEntry
from organizations import importing, past, sheets
from organizations.models import Area, PartyOrganization, Placement
from tests.world import World

AREA_HEAD = "辖区编码,辖区名称,类别,所属辖区编码,责任党组织代码,排序号,地址关键词"
ORGANIZATION_HEAD = "组织代码,党组织名称,类别,上级组织代码,书记姓名,成立日期"


def desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sheet(*lines: str, name: str = "名单.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode("utf-8-sig"))


def rows(head: str, *lines: str) -> list[dict[str, str]]:
    """Rows as the reader would hand them over."""
    headers = head.split(",")
    known = [
        {one.header: one.field for one in sheet.resource.vocabulary} for sheet in sheets.sheets()
    ]
    fields = next(fields for fields in known if fields.keys() >= set(headers))
    names = [fields[header] for header in headers]
    return [
        dict(zip(names, line.split(","), strict=True)) | {"row": str(number)}
        for number, line in enumerate(lines, 2)
    ]


def area_rows(world: World, *lines: str) -> list[dict[str, str]]:
    known = {"COUNTY": world.county.code, "EAST": world.east_committee.code}
    return rows(AREA_HEAD, *(line.format(**known) for line in lines))


def tried(world: World, key: str, found: list[dict[str, str]], *, write: bool = False) -> Any:
    register = sheets.sheet(key)
    assert register
    return importing.run(register, world.clerk, found, write=write)


def test_an_uploaded_sheet_is_previewed_before_anything_is_written(world: World) -> None:
    client = desk(world.clerk)
    line = f"340899801,南山镇,乡镇,{world.county.code},{world.east_committee.code},8,南山、南岭"

    answer = client.post("/sheets/areas", {"file": sheet(AREA_HEAD, line)})
    page = client.get(answer["Location"]).content.decode()

    assert "新增 <" not in page
    assert "写入 1 行" in page
    assert not Area.objects.filter(code="340899801").exists()

    client.post("/sheets/areas/write")

    made = Area.objects.get(code="340899801")
    assert (made.kind, made.keywords, made.parent) == ("township", ["南山", "南岭"], world.county)
    assert made.responsibilities.get().organization == world.east_committee
    assert AuditEntry.objects.get(verb="area.establish").actor_name == "王县办"
    assert client.post("/sheets/areas/write").status_code == 404


def test_a_preview_leaves_no_trace(world: World) -> None:
    tried(world, "areas", area_rows(world, "340899801,南山镇,乡镇,{COUNTY},{EAST},8,"))

    assert not Area.objects.filter(code="340899801").exists()
    assert not AuditEntry.objects.filter(verb="area.establish").exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("340899801,南山镇,乡,{COUNTY},{EAST},8,", "类别：“乡”应为县、乡镇、街道"),
        ("340899801,南山镇,乡镇,999,{EAST},8,", "所属辖区编码：没有代码为“999”的记录"),
        ("340899801,南山镇,乡镇,{COUNTY},,8,", "责任党组织代码：不能为空"),
        ("340899801,南山镇,乡镇,{COUNTY},{EAST},八,", "排序号：“八”应为整数"),
        ("340899801,,乡镇,{COUNTY},{EAST},8,", "辖区名称：此字段不能为空"),
        ("340899801,东岭镇,乡镇,{COUNTY},{EAST},8,", "约束"),
    ],
)
def test_a_wrong_row_says_what_is_wrong_in_chinese(world: World, line: str, sentence: str) -> None:
    found = tried(world, "areas", area_rows(world, line)).lines[0]

    assert found.state == "有误"
    assert any(sentence in remark for remark in found.remarks), found.remarks


def test_wrong_rows_do_not_block_good_ones(world: World) -> None:
    found = area_rows(
        world,
        "340899801,南山镇,乡镇,{COUNTY},{EAST},8,",
        "340899802,北山镇,乡,{COUNTY},{EAST},9,",
        "340899803,中山镇,乡镇,{COUNTY},{EAST},10,",
    )

    outcome = tried(world, "areas", found, write=True)

    assert [line.state for line in outcome.lines] == ["新增", "有误", "新增"]
    assert set(Area.objects.filter(code__startswith="3408998").values_list("name", flat=True)) == {
        "南山镇",
        "中山镇",
    }


def test_an_unchanged_row_writes_nothing_and_a_changed_one_says_what(world: World) -> None:
    line = "{code},{name},乡镇,{{COUNTY}},{{EAST}},{order},"
    same = line.format(code=world.east.code, name=world.east.name, order=world.east.official_order)
    other = line.format(code=world.east.code, name="东岭街道", order=world.east.official_order)

    assert tried(world, "areas", area_rows(world, same)).lines[0].state == "无变化"
    changed = tried(world, "areas", area_rows(world, other)).lines[0]
    assert (changed.state, changed.remarks) == ("修改", ("辖区名称：东岭镇 → 东岭街道",))


def test_a_committee_of_the_neighbour_cannot_be_named(world: World) -> None:
    code = world.foreign_committee.code
    found = rows(AREA_HEAD, f"340899801,南山镇,乡镇,{world.county.code},{code},8,")

    line = tried(world, "areas", found).lines[0]

    assert "不在您的范围内" in line.remarks[0]


def test_the_neighbours_area_is_not_changed(world: World) -> None:
    code, committee = world.foreign_township.code, world.east_committee.code
    found = rows(AREA_HEAD, f"{code},改名镇,乡镇,{world.county.code},{committee},8,")

    outcome = tried(world, "areas", found, write=True)

    assert outcome.wrong == 1
    world.foreign_township.refresh_from_db()
    assert world.foreign_township.name != "改名镇"


def test_organizations_may_stand_below_others_of_the_same_sheet(world: World) -> None:
    found = rows(
        ORGANIZATION_HEAD,
        f"N1,东岭企业联合党总支,党总支,{world.east_committee.code},周敏,2024年3月1日",
        "N2,东岭商会党支部,党支部,N1,王芳,2024-05-01",
    )

    outcome = tried(world, "organizations", found, write=True)

    assert outcome.new == 2
    upper = PartyOrganization.objects.get(code="N1")
    lower = PartyOrganization.objects.get(code="N2")
    assert lower.path.startswith(upper.path)
    assert Placement.objects.get(organization=lower).parent == upper


def test_a_row_that_is_there_twice_is_named_as_such(world: World) -> None:
    line = f"N1,东岭商会党支部,党支部,{world.east_committee.code},王芳,2024-05-01"

    outcome = tried(world, "organizations", rows(ORGANIZATION_HEAD, line, line), write=True)

    assert [one.state for one in outcome.lines] == ["新增", "有误"]
    assert outcome.lines[1].remarks == ("与第 2 行重复，请删去一行。",)
    assert PartyOrganization.objects.filter(code="N1").count() == 1


def test_another_superior_is_a_move_of_today(world: World) -> None:
    branch = world.own_branch
    found = rows(
        "组织代码,党组织名称,类别,上级组织代码,批准文号",
        f"{branch.code},{branch.name},党支部,{world.west_committee.code},县发1号",
    )

    outcome = tried(world, "organizations", found, write=True)

    assert outcome.changed == 1
    assert branch.placements.count() == 2
    branch.refresh_from_db()
    assert branch.path.startswith(world.west_committee.path)


ACT_HEAD = "组织代码,党组织名称,类别,上级组织代码,变动日期,批准文号"


def act_row(world: World, **other: str) -> list[dict[str, str]]:
    """The own branch as the register has it, but for what is said otherwise."""
    said = {
        "code": world.own_branch.code,
        "name": world.own_branch.name,
        "kind": "党支部",
        "parent": world.park_committee.code,
        "on": "",
        "document": "",
    }
    return rows(ACT_HEAD, ",".join((said | other).values()))


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"kind": "党总支"}, "批准文号：调整类别须填写批准文号。"),
        ({"parent": "EAST"}, "批准文号：调整隶属须填写批准文号。"),
        (
            {"kind": "党总支", "document": "县发1号", "on": "2019-01-01"},
            "变动日期：“北湖电子党支部”在 2019-01-01 尚未成立，成立日期为 2020-01-01。",
        ),
        (
            {"parent": "OWN", "document": "县发1号"},
            "上级组织代码：上级党组织不能是它自己。",
        ),
    ],
)
def test_a_row_is_refused_by_the_rules_of_the_act(
    world: World, other: dict[str, str], sentence: str
) -> None:
    codes = {"EAST": world.east_committee.code, "OWN": world.own_branch.code}
    found = act_row(world, **{name: codes.get(value, value) for name, value in other.items()})

    outcome = tried(world, "organizations", found, write=True)

    assert (outcome.wrong, outcome.lines[0].remarks) == (1, (sentence,))
    assert world.own_branch.periods.count() == world.own_branch.placements.count() == 1


def test_a_name_with_a_document_is_a_new_name_from_its_day(world: World) -> None:
    found = act_row(world, name="长江路党支部", on="2026-03-01", document="县发1号")

    tried(world, "organizations", found, write=True)

    assert past.name_as_of(world.own_branch, date(2026, 2, 28)) == "北湖电子党支部"
    assert past.name_as_of(world.own_branch, date(2026, 3, 1)) == "长江路党支部"


def test_a_name_without_a_document_is_a_correction(world: World) -> None:
    tried(world, "organizations", act_row(world, name="长江路党支部"), write=True)

    assert past.name_as_of(world.own_branch, date(2026, 2, 28)) == "长江路党支部"


def test_a_day_and_a_document_alone_change_nothing(world: World) -> None:
    found = act_row(world, on="2026-03-01", document="县发1号")

    assert tried(world, "organizations", found, write=True).lines[0].state == "无变化"


def test_a_column_that_the_sheet_lacks_is_left_alone(world: World) -> None:
    PartyOrganization.objects.filter(pk=world.own_branch.pk).update(secretary_name="郑书记")
    found = rows(
        "组织代码,党组织名称,类别,上级组织代码",
        f"{world.own_branch.code},新名,党支部,{world.park_committee.code}",
    )

    tried(world, "organizations", found, write=True)

    world.own_branch.refresh_from_db()
    assert (world.own_branch.name, world.own_branch.secretary_name) == ("新名", "郑书记")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("空.csv", b""), "文件"),
        (SimpleUploadedFile("名单.xls", b"<html><body></body></html>"), "这是网页"),
        (sheet("甲,乙", "1,2"), "没有找到表头"),
        (sheet("辖区编码,辖区名称", "1,2"), "缺少“类别”“责任党组织代码”"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained(
    world: World, file: SimpleUploadedFile, sentence: str
) -> None:
    page = desk(world.clerk).post("/sheets/areas", {"file": file}).content.decode()

    assert sentence in page


def test_only_the_county_imports(world: World) -> None:
    client = desk(world.east_officer)

    for url in ("/sheets/areas", "/sheets/areas/preview", "/sheets/areas/template"):
        assert client.get(url).status_code == 403
    assert client.post("/sheets/areas/write").status_code == 403
