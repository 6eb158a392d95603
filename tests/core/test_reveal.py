"""Whole numbers of persons: with the right and a reason, one at a time, and nobody in secret."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.models import User
from core import reveal as revealing
from core.models import AuditEntry, Message
from core.reveal import reveal
from enterprises.models import Enterprise
from tests.builders import make_enterprise
from tests.core.cast import person
from tests.world import World

PHONE, MASKED = "13812345678", "138****5678"


@pytest.fixture
def _may_reveal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(User, "has_perm", lambda user, perm: perm == "core.reveal")


@pytest.mark.django_db
@pytest.mark.usefixtures("_may_reveal")
def test_a_revealed_value_leaves_an_entry_without_the_value() -> None:
    wang, target = person("wang", "王经办"), person("li", "李出资人")

    assert reveal(actor=wang, target=target, field="full_name", reason=" 核对 ") == "李出资人"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id, entry.reason) == ("reveal", str(target.pk), "核对")
    assert entry.after == {"field": "姓名"}


@pytest.mark.django_db
@pytest.mark.usefixtures("_may_reveal")
def test_nothing_is_revealed_without_a_reason() -> None:
    wang = person("wang", "王经办")
    with pytest.raises(ValidationError, match="理由"):
        reveal(actor=wang, target=wang, field="full_name", reason=" \u200b")
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_nothing_is_revealed_without_permission() -> None:
    wang = person("wang", "王经办")
    with pytest.raises(PermissionDenied, match="没有查看原值的权限"):
        reveal(actor=wang, target=wang, field="full_name", reason="核对")
    assert not AuditEntry.objects.exists()


# On the page of an enterprise -------------------------------------------------------------------


@pytest.fixture
def firm(world: World) -> Enterprise:
    return make_enterprise("东岭制衣有限公司", county=world.county, area=world.east, phone=PHONE)


def page_of(firm: Enterprise) -> str:
    return f"/reveal/enterprises.enterprise/{firm.pk}/phone"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_officer_gives_a_reason_and_reads_the_number_for_a_minute(
    world: World, firm: Enterprise
) -> None:
    client = signed_in(world.east_officer)
    assert page_of(firm) in client.get(f"/enterprises/{firm.pk}").content.decode()
    asked = client.get(page_of(firm)).content.decode()
    assert MASKED in asked
    assert PHONE not in asked

    shown = client.post(page_of(firm), {"reason": "通知参加培训"})
    assert PHONE in shown.content.decode()
    assert shown["Refresh"] == f"60; url=/enterprises/{firm.pk}"
    entry = AuditEntry.objects.get(verb="reveal")
    assert (entry.actor_id, entry.reason) == (world.east_officer.pk, "通知参加培训")
    assert entry.scope_path == world.east_committee.path
    assert PHONE not in str(entry.after)


def test_without_a_reason_the_page_keeps_silent(world: World, firm: Enterprise) -> None:
    answer = signed_in(world.east_officer).post(page_of(firm), {"reason": " "})

    assert "请填写查看原值的理由。" in answer.content.decode()
    assert PHONE not in answer.content.decode()
    assert not AuditEntry.objects.filter(verb="reveal").exists()


def test_a_reader_without_the_right_is_not_offered_the_way(world: World, firm: Enterprise) -> None:
    client = signed_in(world.leader)

    assert "查看完整号码" not in client.get(f"/enterprises/{firm.pk}").content.decode()
    assert client.post(page_of(firm), {"reason": "看看"}).status_code == 403


@pytest.mark.parametrize("field", ["legal_representative", "pk", "nothing"])
def test_only_registered_fields_can_be_asked_for(
    world: World, firm: Enterprise, field: str
) -> None:
    url = page_of(firm).replace("phone", field)
    assert signed_in(world.clerk).post(url, {"reason": "看看"}).status_code == 404


def test_whoever_reads_many_is_reported_and_then_stopped(
    world: World, firm: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revealing, "ALARM_AT", 2)
    monkeypatch.setattr(revealing, "MOST", 3)
    client = signed_in(world.clerk)

    answers = [client.post(page_of(firm), {"reason": "联系"}) for _ in range(4)]
    assert [PHONE in one.content.decode() for one in answers] == [True, True, True, False]
    assert "批量使用请导出并写明用途。" in answers[-1].content.decode()
    told = Message.objects.get(recipient=world.audit_administrator)
    assert told.title == "王县办 一小时内查看了 2 个完整号码"


def test_an_hour_later_the_count_begins_anew(
    world: World, firm: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revealing, "HOUR", timedelta(0))
    monkeypatch.setattr(revealing, "MOST", 1)
    client = signed_in(world.clerk)
    for _ in range(2):
        assert PHONE in client.post(page_of(firm), {"reason": "联系"}).content.decode()
