"""The daily mail of those who asked for it: how much is unread, never what."""

from collections.abc import Sequence
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.reminding import is_free
from core import audit, notices
from core.dates import today
from core.jobs import JobFailed, JobRun
from core.models import MessageKind
from core.outward.models import MailChoice

HOUR = 7
BODY = """您在非公企业党建工作管理系统有未读消息：{counts}。

登录后查看：{site}/messages?unread=1

本邮件不含消息内容。不再需要时，请在系统的“个人设置”里停用邮件提醒。
"""


@transaction.atomic
def choose(*, actor: User, address: str, kinds: Sequence[str], is_on: bool) -> MailChoice:
    """One's own wish; the address is sealed and stands masked in the log."""
    choice = MailChoice.objects.filter(user=actor).first() or MailChoice(user=actor)
    choice.address, choice.kinds, choice.is_on = address, list(kinds), is_on
    choice.save()
    after = {"address": address, "kinds": list(kinds), "is_on": is_on}
    audit.record(actor=actor, verb="account.mail", target=choice, after=after)
    return choice


def wish_of(user: User) -> dict[str, Any]:
    """As kept; at first the kind that asks for action, switched on."""
    choice = MailChoice.objects.filter(user=user).first()
    if choice is None:
        return {"kinds": [MessageKind.ACTION.value], "is_on": True}
    return {"address": choice.address, "kinds": choice.kinds, "is_on": choice.is_on}


def send_all(run: JobRun) -> None:
    """One mail a working day to each who has something new; a try that broke off goes on."""
    day, sent, refused = today(), 0, 0
    if not settings.MAIL_ENABLED or is_free(day):
        run.finish(message="没有启用邮件提醒" if not settings.MAIL_ENABLED else "休息日不发")
        return
    due = MailChoice.objects.filter(Q(sent_on=None) | Q(sent_on__lt=day), is_on=True)
    try:
        with get_connection() as server:
            for choice in due.filter(user__is_active=True).order_by("pk"):
                run.progress(sent, stage="发送")
                answer = _send(server, choice.pk, day)
                sent, refused = sent + (answer is True), refused + (answer is False)
    except OSError as problem:  # the server is away; the next try goes on from here
        raise JobFailed("连不上邮件服务器，请检查后重试。") from problem
    run.finish(message=f"发送 {sent:,} 封，被拒收 {refused:,} 封")


@transaction.atomic
def _send(server: Any, pk: int, day: date) -> bool | None:
    """Whether it was taken; None where nothing is new. Marked in the same transaction."""
    choice = MailChoice.objects.select_for_update().select_related("user").get(pk=pk)
    counts = _news(choice)
    if choice.sent_on == day or not counts:
        return None
    words = "、".join(f"{MessageKind(kind).label} {count} 条" for kind, count in counts.items())
    mail = EmailMessage(
        f"党建工作消息：{words}",
        BODY.format(counts=words, site=settings.SITE_URL),
        to=[choice.address],
        connection=server,
    )
    choice.sent_on = day
    choice.save(update_fields=["sent_on"])
    try:
        return bool(mail.send())
    except SMTPException:  # this address is refused; the others are still told
        return False


def _news(choice: MailChoice) -> dict[str, int]:
    """What is unread of the kinds asked for, if any of it came since the last mail."""
    unread = notices.inbox(choice.user, unread=True).filter(kind__in=choice.kinds)
    if choice.sent_on:
        since = choice.sent_on - timedelta(days=1)  # what came after the mail of that day counts
        if not unread.filter(created_at__date__gt=since).exists():
            return {}
    counts = notices.unread_counts(choice.user)
    return {kind: counts[kind] for kind in choice.kinds if counts[kind]}
