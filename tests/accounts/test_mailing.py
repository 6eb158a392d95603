"""A daily mail for those who ask for it: numbers and no words, once a day, off by default."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings

from accounts import mailing
from accounts.models import User
from core.jobs import run_now, submit
from core.models import AuditEntry, Job, Message, MessageKind
from core.notices import notify
from core.outward.models import MailChoice
from tests.members.test_posts import desk
from tests.world import World

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
SENT = {"address": "li@dangjian.example", "kinds": ["action"], "is_on": "on"}


@pytest.fixture
def _mail(settings: Any) -> None:
    settings.MAIL_ENABLED, settings.SITE_URL = True, "https://dangjian.example"


def tell(user: User, key: str, kind: MessageKind = MessageKind.ACTION) -> None:
    notify([user], kind=kind, title="李四：转正", url="/", key=key)


def morning(monkeypatch: pytest.MonkeyPatch, day: date) -> str:
    monkeypatch.setattr(mailing, "today", lambda: day)
    job = submit("accounts.mail", owner=None, bell_rings=False)
    run_now(job)
    job.refresh_from_db()
    return job.message


@pytest.mark.usefixtures("_mail")
def test_who_asks_gets_one_mail_a_day_that_counts_and_names_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk(world.secretary)
    with override_settings(MAIL_ENABLED=False):
        assert "邮件提醒" not in client.get("/account").content.decode()
        assert client.get("/account/mail").status_code == 404
    assert "设置邮件提醒" in client.get("/account").content.decode()
    assert client.post("/account/mail", SENT).status_code == 302
    entry = AuditEntry.objects.get(verb="account.mail")
    assert entry.after == {"address": "******", "kinds": ["action"], "is_on": True}
    tell(world.secretary, "1")
    tell(world.secretary, "2", MessageKind.SYSTEM)
    tell(world.clerk, "1")
    assert morning(monkeypatch, MONDAY) == "发送 1 封，被拒收 0 封"
    assert morning(monkeypatch, MONDAY) == "发送 0 封，被拒收 0 封"
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["li@dangjian.example"], "党建工作消息：待我办 1 条")
    assert "https://dangjian.example/messages?unread=1" in sent.body
    assert "李四" not in f"{sent.subject}{sent.body}"


@pytest.mark.usefixtures("_mail")
def test_nothing_new_a_free_day_or_a_switch_send_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing.choose(actor=world.secretary, address="li@a.example", kinds=["action"], is_on=True)
    tell(world.secretary, "1")
    assert morning(monkeypatch, MONDAY - timedelta(days=1)) == "休息日不发"
    morning(monkeypatch, MONDAY)
    Message.objects.update(created_at="2026-11-20T08:00+08:00")
    assert morning(monkeypatch, MONDAY + timedelta(days=1)).startswith("发送 0 封")
    tell(world.secretary, "2")
    mailing.choose(actor=world.secretary, address="li@a.example", kinds=["action"], is_on=False)
    assert morning(monkeypatch, MONDAY + timedelta(days=2)).startswith("发送 0 封")
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("_mail")
def test_a_mail_server_that_is_away_fails_the_job_and_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    mailing.choose(actor=world.secretary, address="li@a.example", kinds=["action"], is_on=True)
    tell(world.secretary, "1")
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    settings.EMAIL_PORT = 1
    settings.EMAIL_HOST = "127.0.0.1"
    morning(monkeypatch, MONDAY)
    assert Job.objects.get().message == "连不上邮件服务器，请检查后重试。"
    assert MailChoice.objects.get().sent_on is None
