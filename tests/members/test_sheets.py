"""Leading bodies and terms from a sheet: template, preview, faults by row, what is written."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.dates import today
from members.models import LeadershipPost, PostState
from organizations import importing, sheets
from organizations.models import LeadershipTerm
from tests.builders import make_person
from tests.world import EAST, PARK, World

POSTS = "党组织代码,姓名,党内职务,任职日期,来源,交叉任职,离任日期"
TERMS = "党组织代码,届次,当选日期,任期（年）,提前或延期批准文号,延期至,延期批准文号"


def tried(actor: Any, key: str, head: str, *lines: str, write: bool = True) -> Any:
    register = sheets.sheet(key)
    assert register
    fields = {column.header: column.field for column in register.resource.vocabulary}
    names = [fields[header] for header in head.split(",")]
    rows = [
        dict(zip(names, line.split(","), strict=True)) | {"row": str(number)}
        for number, line in enumerate(lines, 2)
    ]
    return importing.run(register, actor, rows, write=write)


def test_bodies_come_from_a_sheet_with_new_and_known_people(world: World) -> None:
    known = make_person(f"{PARK}甲", home=world.own_branch)
    code = world.own_branch.code
    outcome = tried(
        world.clerk,
        "posts",
        POSTS,
        f"{code},{PARK}甲,书记,2024-03-01,出资人,是,",
        f"{code},{PARK}乙,副书记,2024年3月1日,,,",
    )
    assert (outcome.new, outcome.wrong) == (2, 0)
    secretary, deputy = LeadershipPost.objects.order_by("pk")
    assert (secretary.person, secretary.source, secretary.is_cross) == (known, "owner", True)
    assert deputy.person.home_organization == world.own_branch


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{code},石英,厂长,2024-03-01,,,", "党内职务：“厂长”应为书记、副书记"),
        ("{code},石英,书记,2024-03-01,,,", "书记应填写来源"),
        ("{code},石英,委员,2019-01-01,,,", "任职日期不能早于党组织成立日期"),
        ("{code},,委员,2024-03-01,,,", "姓名：不能为空"),
        ("T999,石英,委员,2024-03-01,,,", "没有代码为“T999”的记录，或不在您的范围内"),
        ("{abroad},石英,委员,2024-03-01,,,", "或不在您的范围内"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(world: World, line: str, sentence: str) -> None:
    text = line.format(code=world.own_branch.code, abroad=world.foreign_committee.code)
    outcome = tried(world.clerk, "posts", POSTS, text)
    assert sentence in "".join(outcome.lines[0].remarks)
    assert not LeadershipPost.objects.exists()


def test_a_known_row_is_put_right_or_ended(world: World) -> None:
    code = world.own_branch.code
    line = f"{code},{PARK}甲,书记,2024-03-01,出资人,是,"
    tried(world.clerk, "posts", POSTS, line)
    again = tried(world.clerk, "posts", POSTS, line)
    assert [row.state for row in again.lines] == ["无变化"]
    outcome = tried(world.clerk, "posts", POSTS, line.replace("出资人", "上级选派"))
    assert outcome.lines[0].remarks == ("来源：出资人 → 上级选派",)
    tried(world.clerk, "posts", POSTS, f"{line.replace('出资人', '上级选派')}{today()}")
    assert LeadershipPost.objects.get().valid_to == today()


def test_a_branch_proposes_its_secretary_by_sheet_too(world: World) -> None:
    line = f"{world.own_branch.code},{PARK}甲,书记,2024-03-01,出资人,是,"
    tried(world.secretary, "posts", POSTS, line)
    assert LeadershipPost.objects.get().state == PostState.PROPOSED


def test_a_branch_does_not_shift_its_secretarys_first_day(world: World) -> None:
    line = f"{world.own_branch.code},{PARK}甲,书记,2024-03-01,出资人,是,"
    tried(world.clerk, "posts", POSTS, line)
    outcome = tried(world.secretary, "posts", POSTS, line.replace("2024", "2023"))
    assert outcome.lines[0].remarks == ("书记的任职日期由上级党组织更正。",)
    tried(world.park_officer, "posts", POSTS, line.replace("2024", "2023"))
    assert LeadershipPost.objects.get().valid_from == date(2023, 3, 1)


def test_terms_come_from_a_sheet_in_their_order(world: World) -> None:
    code = world.joint_branch.code
    outcome = tried(
        world.clerk,
        "terms",
        TERMS,
        f"{code},1,2020-03-01,,,2023-06-01,东党〔2023〕1号",
        f"{code},2,2023-05-10,3,,,",
        f"{code},3,2026-08-01,3,,,",
    )
    assert (outcome.new, outcome.wrong) == (2, 1)
    assert "应于 2026-05-10 换届，延期换届应填写上级批准文号。" in outcome.lines[2].remarks[0]
    first, second = LeadershipTerm.objects.order_by("number")
    assert (first.extended_to, first.valid_to) == (date(2023, 6, 1), date(2023, 5, 10))
    assert second.timing_document == "东党〔2023〕1号"


def test_a_preview_of_terms_leaves_no_trace(world: World) -> None:
    line = f"{world.joint_branch.code},1,2020-03-01,,,,"
    assert tried(world.clerk, "terms", TERMS, line, write=False).new == 1
    assert not LeadershipTerm.objects.exists()


@pytest.mark.parametrize("key", ["posts", "terms"])
def test_the_filled_template_comes_back_without_changes(world: World, key: str) -> None:
    tried(
        world.clerk,
        "posts",
        POSTS,
        f"{world.joint_branch.code},{EAST}甲,书记,2024-03-01,出资人,是,",
    )
    tried(world.clerk, "terms", TERMS, f"{world.joint_branch.code},1,2024-03-01,,,,")
    client = Client()
    client.force_login(world.clerk)
    template: Any = client.get(f"/sheets/{key}/template?filled=1")
    book = SimpleUploadedFile("模板.xlsx", BytesIO(b"".join(template.streaming_content)).getvalue())
    page = client.post(f"/sheets/{key}", {"file": book}, follow=True).content.decode()
    assert "无变化" in page
    assert all(word not in page for word in ("有误</span>", "修改</span>", "新增</span>"))
