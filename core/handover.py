"""What a leaver's successor takes over: kinds of open work, to which each app adds its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from core import notices
from core.models import Draft, Job, JobState, Message, MessageKind


@dataclass(frozen=True)
class Work:
    """One kind of open work. `titles` tells what is open; `move` gives it to the successor.

    All users are as the account app has them. `move` gets leaver, successor and who hands over,
    runs in the transaction of the handover and returns the titles of what it moved.
    """

    what: str
    titles: Callable[[Any], list[str]]
    move: Callable[[Any, Any, Any], list[str]]


_kinds: list[Work] = []


def register(kind: Work) -> None:
    """Add a kind of open work; called from AppConfig.ready."""
    if kind.what not in {known.what for known in _kinds}:
        _kinds.append(kind)


def kinds() -> list[Work]:
    return list(_kinds)


def _jobs(user: Any) -> Any:
    return Job.objects.filter(owner_id=user.pk, state__in=[JobState.QUEUED, JobState.RUNNING])


def _move_jobs(leaver: Any, successor: Any, actor: Any) -> list[str]:
    """They go on with the successor's rights."""
    titles = [job.title for job in _jobs(leaver)]
    _jobs(leaver).update(owner_id=successor.pk, identity="")
    return titles


def _drafts(user: Any) -> list[Draft]:
    return list(Draft.objects.filter(owner_id=user.pk).exclude(form_key="kept-post"))


def _title(draft: Draft) -> str:
    return f"{localtime(draft.updated_at):%Y-%m-%d %H:%M} 保存的草稿"


def _move_drafts(leaver: Any, successor: Any, actor: Any) -> list[str]:
    """But for those of which the successor has an own one."""
    own = {(one.form_key, one.target_id) for one in Draft.objects.filter(owner_id=successor.pk)}
    moved = [one for one in _drafts(leaver) if (one.form_key, one.target_id) not in own]
    for draft in moved:
        draft.owner_id = successor.pk
        draft.save(update_fields=["owner"])
    return [_title(draft) for draft in moved]


def _waiting(user: Any) -> list[Message]:
    return list(notices.inbox(user, MessageKind.ACTION).filter(read_at=None))


def _move_waiting(leaver: Any, successor: Any, actor: Any) -> list[str]:
    waiting = _waiting(leaver)
    for one in waiting:
        notices.notify(
            [successor],
            kind=MessageKind.ACTION,
            title=one.title,
            url=one.url,
            key=one.dedupe_key,
            body=one.body,
        )
    notices.mark_read(notices.inbox(leaver, MessageKind.ACTION))
    return [one.title for one in waiting]


register(Work("进行中的任务", lambda user: [job.title for job in _jobs(user)], _move_jobs))
register(Work("未提交的草稿", lambda user: [_title(one) for one in _drafts(user)], _move_drafts))
register(Work("待办事项", lambda user: [one.title for one in _waiting(user)], _move_waiting))
