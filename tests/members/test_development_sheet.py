"""People on the way into the party from a sheet: the same gates, told at their columns."""

from typing import Any

import pytest

from members.models import DevelopmentCase
from organizations import importing, sheets
from tests.members.developing import DAYS, applied, full_members, walk
from tests.world import PARK, World

HEAD = {"name": f"{PARK}表", "born_on": "1995-04-02", "recommender": "共青团推优"}
VOTES = {"meeting_entitled": "9", "meeting_voters": "8", "meeting_ayes": "7"}


def tried(world: World, *rows: dict[str, str], actor: Any = None) -> Any:
    sheet = sheets.sheet("developments")
    assert sheet
    code = world.own_branch.code or ""
    lines = [
        {"organization": code, **HEAD, **row, "row": str(number)}
        for number, row in enumerate(rows, 2)
    ]
    return importing.run(sheet, actor or world.park_officer, lines, write=True)


def until(last: str) -> dict[str, str]:
    codes = list(DAYS)
    return {code: str(DAYS[code]) for code in codes[: codes.index(last) + 1]}


def test_a_ledger_kept_elsewhere_is_read_step_by_step(world: World) -> None:
    names = "、".join(member.person.name for member in full_members(world.own_branch))
    helped = {"contact_names": names, "sponsor_names": names}
    first = tried(world, {**until("contacts"), **helped})
    assert (first.new, first.wrong) == (1, 0)
    second = tried(world, {**until("sponsors"), **helped})
    assert second.wrong == 0
    case = DevelopmentCase.objects.get()
    assert (case.stage, case.recommender) == ("candidate", "youth_league")
    assert (case.steps.count(), case.helpers.count()) == (9, 4)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"born_on": "2010-01-01"}, "1.递交入党申请书：申请入党应年满18周岁"),
        ({"first_talk": "2021-01-04"}, "2.党组织派人谈话：不能早于第1步“递交入党申请书”"),
        ({"activist": "2021-03-01"}, "请先登记第2步“党组织派人谈话”"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(
    world: World, changes: dict[str, str], sentence: str
) -> None:
    row = {"application": str(DAYS["application"]), **changes}
    outcome = tried(world, row)
    assert sentence in "".join(outcome.lines[0].remarks)
    assert not DevelopmentCase.objects.exists()


def test_more_ayes_than_voters_are_told_at_their_column(world: World) -> None:
    case = walk(applied(world.own_branch, HEAD["name"]), "form")
    meeting = {"meeting": str(DAYS["meeting"]), **VOTES}
    outcome = tried(world, {**meeting, "meeting_ayes": "9"})
    assert "接收赞成人数：" in "".join(outcome.lines[0].remarks)
    assert tried(world, meeting).wrong == 0
    assert case.steps.get(code="meeting").ayes == 7


def test_a_branch_does_not_record_for_its_committee(world: World) -> None:
    outcome = tried(world, until("activist_filed"), actor=world.secretary)
    assert "这一步由上级党委办理" in "".join(outcome.lines[0].remarks)
