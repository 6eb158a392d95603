"""Earlier values of an object's fields that may come back, through the service of its app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse

from core.models import AuditEntry
from core.readable import field_of, label, logged, shown

SIDES = ("before", "after")
DERIVED = "“{}”由系统得出或已封存，不能从历史恢复。"
PRESENT = "“{}”现在就是这个值。"
ACT = "这是一项办理事项的结果，请通过相应的办理页面更改，不能从历史恢复。"
OUTDATED = "原值“{}”按现在的规定不能再用：{}"

# Gets actor, object, field, value and reason; refuses by ValidationError.
Restore = Callable[[Any, Any, str, Any, str], object]
Read = Callable[[Any, str], Any]


@dataclass(frozen=True)
class Restorable:
    """What may come back to the objects of a model, by whom, and which service brings it.

    `verbs` are the corrections; what an act of its own has changed, another act changes.
    `is_open` says whether an object may be corrected at all.
    """

    model: type[Model]
    permission: str
    fields: frozenset[str]
    verbs: tuple[str, ...]
    restore: Restore
    read: Read = getattr
    is_open: Callable[[Any], bool] = bool

    def find(self, user: Any, pk: str) -> Any:
        """The object within the user's scope, or nothing."""
        objects: Any = self.model._default_manager
        return objects.visible_to(user).filter(pk=pk).first()


@dataclass(frozen=True)
class Restoration:
    """An offer beside an entry of the history."""

    label: str
    value: Any
    url: str


_restorables: dict[str, Restorable] = {}


def register(
    model: type[Model],
    *,
    permission: str,
    fields: frozenset[str],
    verbs: tuple[str, ...],
    restore: Restore,
    read: Read = getattr,
    is_open: Callable[[Any], bool] = bool,
) -> None:
    """Let values of these fields come back; called from AppConfig.ready.

    `read` gives the value of today where it does not lie on the object itself.
    """
    one = Restorable(model, permission, fields, verbs, restore, read, is_open)
    _restorables[model._meta.label_lower] = one


def restorable(model: str) -> Restorable | None:
    return _restorables.get(model)


def offers(entry: AuditEntry, target: Model, user: Any) -> list[Restoration]:
    """The values of an entry that this user may bring back and that differ from today's."""
    known = restorable(entry.target_type)
    if known is None or user is None or entry.verb not in known.verbs:
        return []
    if not user.has_perm(known.permission) or not known.is_open(target):
        return []
    found = []
    for side in SIDES:
        state = getattr(entry, side) or {}
        for name, then in state.items():
            if name in known.fields and then != logged(known.read(target, name)):
                url = reverse("core:history_restore", args=[entry.pk, side, name])
                value = shown(entry.target_type, name, then)
                found.append(Restoration(label(entry.target_type, name), value, url))
    return found


def restore(
    *, actor: Any, entry: AuditEntry, target: Any, side: str, name: str, reason: str
) -> None:
    """Bring one value back; refused with a sentence when the field or the value does not allow."""
    refuse_unless_restorable(entry, target, side, name)
    known = _restorables[entry.target_type]
    value = (getattr(entry, side) or {})[name]
    field = field_of(entry.target_type, name)
    if field is not None and not field.is_relation:
        try:
            value = field.clean(value, target)
        except ValidationError as problem:
            told = shown(entry.target_type, name, value)
            raise ValidationError(OUTDATED.format(told, "".join(problem.messages))) from None
    known.restore(actor, target, name, value, reason)


def refuse_unless_restorable(entry: AuditEntry, target: Any, side: str, name: str) -> None:
    """Raise ValidationError for fields that no service sets, and for the value of today."""
    known, told = _restorables[entry.target_type], label(entry.target_type, name)
    if name not in known.fields:
        raise ValidationError(DERIVED.format(told))
    if entry.verb not in known.verbs:
        raise ValidationError(ACT)
    now = logged(_restorables[entry.target_type].read(target, name))
    if (getattr(entry, side) or {}).get(name) == now:
        raise ValidationError(PRESENT.format(told))
