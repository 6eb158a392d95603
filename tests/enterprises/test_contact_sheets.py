"""Contact points and requests from sheets: each row through its service, refusals by row."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.dates import today
from enterprises.contacts.sheets import CONTACTS
from enterprises.models import ContactPoint, EnterpriseRequest
from enterprises.requests.sheets import REQUESTS, SETTLED
from organizations import importing, sheets
from tests.world import World

DAY = today() - timedelta(days=30)
VOCABULARY = {"contacts": CONTACTS, "requests": REQUESTS}


def outcome(world: World, key: str, *rows: dict[str, str], write: bool = True) -> Any:
    register = sheets.sheet(key)
    assert register
    numbered = [{**row, "row": str(number)} for number, row in enumerate(rows, 2)]
    return importing.run(register, world.west_officer, numbered, write=write)


def contact(world: World, **facts: str) -> dict[str, str]:
    return {
        "year": str(today().year),
        "leader": "周县长",
        "post": "县委副书记、县长",
        "level": "县级领导",
        "official_order": "2",
        "uscc": world.uncovered.uscc or "",
        **facts,
    }


def heard(world: World, **facts: str) -> dict[str, str]:
    return {
        "uscc": world.uncovered.uscc or "",
        "title": "一线工人难招",
        "category": "用工",
        "received_on": DAY.isoformat(),
        "source": "热线",
        **facts,
    }


ASSIGNED = {"unit": "县人社局", "due_on": (DAY + timedelta(days=15)).isoformat()}
HANDLED = {"handled_on": (DAY + timedelta(days=9)).isoformat(), "result": "专场招聘"}


def test_a_row_pairs_a_leader_and_corrects_the_pair_later(world: World) -> None:
    assert outcome(world, "contacts", contact(world)).new == 1
    point = ContactPoint.objects.get()
    assert (point.enterprise, point.level, point.official_order) == (world.uncovered, "county", 2)
    found = outcome(world, "contacts", contact(world, post="县长"))
    assert found.lines[0].remarks == ("职务：县委副书记、县长 → 县长",)
    assert outcome(world, "contacts", contact(world, post="县长")).lines[0].state == "无变化"


def refused(found: Any, sentences: list[str]) -> None:
    """Each line of the outcome is wrong and says its sentence."""
    assert found.wrong == len(sentences)
    wrong = [line for line in found.lines if line.state == "有误"]
    for line, sentence in zip(wrong, sentences, strict=True):
        assert any(sentence in remark for remark in line.remarks), line.remarks


def test_a_pair_that_cannot_be_is_refused_by_the_same_sentence(world: World) -> None:
    cases = {
        "联系企业：该企业在此时段已有同一层级的联系领导": {"leader": "吴书记"},
        "或不在您的范围内": {"uscc": world.joint.uscc or ""},
        "年度：年度应在 2000 至": {"year": "1899", "leader": "吴书记"},
        "“局级”应为县级领导、部门领导、乡镇园区领导之一": {"level": "局级", "leader": "吴书记"},
        "联系起止日期应在本年度之内": {"leader": "吴书记", "valid_from": "2020-05-01"},
    }
    wrong = [contact(world, **facts) for facts in cases.values()]
    refused(outcome(world, "contacts", contact(world), *wrong), list(cases))
    assert ContactPoint.objects.count() == 1


def test_a_row_carries_a_request_as_far_as_its_words_reach(world: World) -> None:
    assert outcome(world, "requests", heard(world)).new == 1
    row = EnterpriseRequest.objects.get()
    assert row.state == "received"
    outcome(world, "requests", heard(world, **ASSIGNED, **HANDLED))
    row.refresh_from_db()
    assert (row.state, row.unit, row.result) == ("handled", "县人社局", "专场招聘")
    assert list(row.steps.values_list("act", flat=True)) == [
        "request.receive",
        "request.accept",
        "request.assign",
        "request.handle",
    ]


def test_what_acts_have_settled_is_not_overwritten(world: World) -> None:
    outcome(world, "requests", heard(world, **ASSIGNED, **HANDLED))
    found = outcome(world, "requests", heard(world, **{**ASSIGNED, "unit": "县总工会"}, **HANDLED))
    assert found.lines[0].remarks == (SETTLED,)
    assert EnterpriseRequest.objects.get().unit == "县人社局"


def test_a_course_with_a_gap_is_refused_whole(world: World) -> None:
    cases = {
        "办理期限：请填写办理期限。": {"unit": "县人社局"},
        "办理日期：不能为空": {**ASSIGNED, "result": "招聘"},
        "承办单位：请填写承办单位。": HANDLED,
        "日期不能早于上一步": {**ASSIGNED, **HANDLED, "handled_on": "2020-01-01"},
        "收到日期：日期不能晚于今天。": {"received_on": "2199-01-01"},
    }
    refused(
        outcome(world, "requests", *(heard(world, **one) for one in cases.values())), list(cases)
    )
    assert not EnterpriseRequest.objects.exists()


@pytest.mark.parametrize("key", ["contacts", "requests"])
def test_the_filled_template_comes_back_unchanged(world: World, key: str) -> None:
    rows = {"contacts": contact(world), "requests": heard(world, **ASSIGNED)}
    outcome(world, key, rows[key])
    client = Client()
    client.force_login(world.west_officer)
    answer = client.get(f"/sheets/{key}/template?filled=1")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    upload = SimpleUploadedFile("表.xlsx", content)
    answer = client.post(f"/sheets/{key}", {"file": upload}, follow=True)
    assert [line.state for line in answer.context["outcome"].lines] == ["无变化"]
