"""Exports of numbers of persons: they ask what for, whole numbers need a right, all is logged."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from core.listing import export
from core.models import AuditEntry
from tests.builders import make_enterprise
from tests.world import World

PHONE, MASKED = "13812345678", "138****5678"
LIST = "/enterprises/?col=name&col=phone"


@pytest.fixture
def officer(world: World) -> Client:
    make_enterprise("东岭制衣有限公司", county=world.county, area=world.east, phone=PHONE)
    return signed_in(world.east_officer)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(client: Client, url: str = LIST, **said: str) -> Any:
    return client.post(url, {"do": "export", **said})


def sheet(answer: Any) -> str:
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return str(list(book.worksheets[0].iter_rows(values_only=True)))


def entries() -> Any:
    return AuditEntry.objects.filter(verb="list.export")


def test_a_list_with_phones_asks_what_for(officer: Client) -> None:
    page = ask(officer).content.decode()

    assert "用途" in page
    assert "含完整号码" in page
    assert not entries().exists()
    assert "请写明用途。" in ask(officer, purpose="").content.decode()


def test_a_list_without_personal_columns_does_not_ask(officer: Client) -> None:
    assert "东岭" in sheet(ask(officer, "/enterprises/?col=name"))


def test_the_file_is_masked_and_the_purpose_logged(officer: Client) -> None:
    said = sheet(ask(officer, purpose="走访联系"))

    assert MASKED in said
    assert PHONE not in said
    entry = entries().get()
    assert (entry.reason, entry.after["whole"]) == ("走访联系", False)


def test_whole_numbers_come_with_the_right_and_stand_in_the_log(officer: Client) -> None:
    said = sheet(ask(officer, purpose="走访联系", whole="on"))

    assert PHONE in said
    entry = entries().get()
    assert entry.after["whole"] is True
    assert PHONE not in str(entry.after)


def test_without_the_right_the_wish_is_not_heard(world: World, officer: Client) -> None:
    leader = signed_in(world.leader)

    assert "含完整号码" not in ask(leader).content.decode()
    assert PHONE not in sheet(ask(leader, purpose="了解情况", whole="on"))


def test_whole_numbers_of_many_are_refused(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "WHOLE_LIMIT", 0)

    page = ask(officer, purpose="走访联系", whole="on").content.decode()
    assert "条的上限，请先缩小筛选条件。" in page
    assert not entries().exists()


def test_the_password_is_asked_again_before_whole_numbers_leave(officer: Client) -> None:
    session = officer.session
    session["proved_at"] = 0
    session.save()

    answer = ask(officer, purpose="走访联系", whole="on")
    assert answer.status_code == 403
    assert "密码" in answer.content.decode()
    assert not entries().exists()


def test_the_log_itself_is_given_out_for_a_purpose_only(world: World) -> None:
    auditor = signed_in(world.audit_administrator)

    assert "用途" in ask(auditor, "/audit/").content.decode()
    assert ask(auditor, "/audit/", purpose="上级检查").status_code == 200
    assert entries().get().reason == "上级检查"
