"""Reading a whole number of one person: with a right, a reason, and an entry in the log.

Apps say in `AppConfig.ready` which fields can be asked for; pages show `masked(...)`.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, cast

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core import audit, readable
from core.masking import REVEAL_PERMISSION
from core.models import AuditEntry, MessageKind
from core.notices import notify
from core.permissions import holders
from core.readable import label, personal_kind, register_personal
from core.text import typed

VERB = "reveal"
ALARM_AT = 30  # values within an hour: the auditors are told
MOST = 100  # values within an hour
HOUR = timedelta(hours=1)
TOO_MANY = f"一小时内已查看 {MOST} 个完整号码，请稍后再试；批量使用请导出并写明用途。"


class _Permitted(Protocol):
    """What every user of the product can answer, whatever class the account app gives it."""

    def has_perm(self, perm: str) -> bool: ...


@dataclass(frozen=True)
class Revealable:
    """A model whose numbers can be asked for; `scope_path` names the unit that owns an object."""

    model: type[Model]
    scope_path: Callable[[Any], str]


_revealables: dict[str, Revealable] = {}


def register(
    model: type[Model],
    *,
    scope_path: Callable[[Any], str],
    beside: AbstractSet[str] = frozenset(),
    **kinds: str,
) -> None:
    """Let the personal fields of a model, each of a kind of `core.masking`, be asked for.

    `beside` is what pages tell of the same row, which no mask may complete.
    """
    register_personal(model, beside, **kinds)
    _revealables[model._meta.label_lower] = Revealable(model, scope_path)


def find(user: Any, model: str, pk: int, field: str) -> Any:
    """The object within the user's scope, or nothing."""
    known = _revealables.get(model)
    if known is None or not personal_kind(model, field):
        return None
    objects: Any = known.model._default_manager
    return objects.visible_to(user).filter(pk=pk).first()


def masked(user: Any, target: Model, field: str) -> str:
    """The masked value, with the way to the whole one for those who may take it."""
    model = target._meta.label_lower
    text = readable.masked(model, field, getattr(target, field) or "")
    if not text or not user.has_perm(REVEAL_PERMISSION):
        return text
    url = reverse("core:reveal", args=[model, target.pk, field])
    return format_html('{} <a href="{}">查看完整号码</a>', text, url)


def reveal(*, actor: AbstractBaseUser, target: Model, field: str, reason: str) -> str:
    """The full value of one field of one record; refused without permission or reason, logged.

    The log names the field, never the value.
    """
    if not cast("_Permitted", actor).has_perm(REVEAL_PERMISSION):
        raise PermissionDenied("没有查看原值的权限")
    if not (reason := typed(reason, 200)):
        raise ValidationError("请填写查看原值的理由。")
    lately = AuditEntry.objects.filter(actor=actor.pk, verb=VERB, at__gt=timezone.now() - HOUR)
    count = lately.count() + 1
    if count > MOST:
        raise ValidationError(TOO_MANY)
    known = _revealables.get(target._meta.label_lower)
    audit.record(
        actor=actor,
        verb=VERB,
        target=target,
        after={"field": label(target._meta.label_lower, field)},
        reason=reason,
        scope_path=known.scope_path(target) if known else "",
    )
    if count == ALARM_AT:
        _alarm(actor)
    return str(getattr(target, field))


def _alarm(actor: AbstractBaseUser) -> None:
    notify(
        holders("core.audit"),
        kind=MessageKind.ACTION,
        title=f"{actor} 一小时内查看了 {ALARM_AT} 个完整号码",
        url=f"{reverse('core:audit_list')}?verb={VERB}",
        key=f"reveal {actor.pk} {timezone.now():%Y%m%d%H}",
    )
