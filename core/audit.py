"""The log of who did what: written in the transaction of the change, never altered afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet

from core.fields import EncryptedTextField
from core.history import Restoration, offers
from core.masking import mask
from core.models import AuditEntry
from core.readable import field_of, label, personal_kind, shown
from core.request import origin

State = Mapping[str, Any]
SYSTEM = "系统"
_labels: dict[str, str] = {}


@dataclass(frozen=True)
class Change:
    """What happened to one object of a bulk action."""

    target: Model
    before: State | None = None
    after: State | None = None
    scope_path: str = ""


@dataclass(frozen=True)
class HistoryLine:
    """One entry for people; `changes` holds (field in Chinese, before, after).

    `restorations` are the values that the reader may bring back, `about` names the object.
    """

    at: datetime
    actor_name: str
    verb: str
    reason: str
    changes: list[tuple[str, Any, Any]]
    restorations: list[Restoration]
    about: str


def register_verb(verb: str, label: str) -> None:
    """Name a kind of action; called from AppConfig.ready."""
    if _labels.setdefault(verb, label) != label:
        raise ValueError(f"{verb} is registered as {_labels[verb]}")


def verb_label(verb: str) -> str:
    return _labels.get(verb, verb)


def verbs() -> list[tuple[str, str]]:
    """All kinds of action, for filters."""
    return sorted(_labels.items())


def record(
    *,
    actor: AbstractBaseUser | None,
    verb: str,
    target: Model,
    before: State | None = None,
    after: State | None = None,
    reason: str = "",
    scope_path: str = "",
) -> AuditEntry:
    """Write one entry; `actor` None is the system itself."""
    entry = _entry(actor, verb, Change(target, before, after, scope_path), reason)
    entry.save(force_insert=True)
    return entry


def record_many(
    *, actor: AbstractBaseUser | None, verb: str, changes: Iterable[Change], reason: str = ""
) -> None:
    """Write one entry for each object of a bulk action."""
    AuditEntry.objects.bulk_create(
        (_entry(actor, verb, change, reason) for change in changes), batch_size=2000
    )


def _entry(actor: AbstractBaseUser | None, verb: str, change: Change, reason: str) -> AuditEntry:
    if verb not in _labels:
        raise ValueError(f"verb {verb} is not registered")
    here = origin()
    return AuditEntry(
        actor_id=actor.pk if actor else None,
        actor_name=signature(actor),
        verb=verb,
        target_type=change.target._meta.label_lower,
        target_id="" if change.target.pk is None else str(change.target.pk),
        target_label=str(change.target)[:300],
        before=_storable(change.target, change.before),
        after=_storable(change.target, change.after),
        reason=reason,
        scope_path=change.scope_path,
        request_id=here.request_id,
        address=here.address,
    )


def signature(actor: AbstractBaseUser | None) -> str:
    """The name under an act; a user who acts for another says so."""
    return str(getattr(actor, "signature", actor)) if actor else SYSTEM


def _storable(target: Model, state: State | None) -> State | None:
    """Values that are encrypted in their own table are masked in the log."""
    if state is None:
        return None
    model, kept = target._meta.label_lower, dict(state)
    for name in state:
        if isinstance(field_of(model, name), EncryptedTextField):
            kept[name] = mask(personal_kind(model, name), str(state[name] or ""))
    return kept


def difference(before: State, after: State) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only the fields whose value differs, for `before` and `after` of an entry."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed}


def history_of(target: Model, *, user: Any = None, limit: int = 50) -> list[HistoryLine]:
    """The latest entries about one object, newest first, with what this user may restore."""
    entries = AuditEntry.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    )
    return [_line(entry, offers(entry, target, user)) for entry in entries.order_by("-id")[:limit]]


def log_of(targets: QuerySet[Any], *, user: Any = None, limit: int = 50) -> list[HistoryLine]:
    """The latest entries about several objects of one model, newest first, as `history_of`."""
    known = {str(one.pk): one for one in targets.order_by()}
    entries = AuditEntry.objects.filter(
        target_type=targets.model._meta.label_lower, target_id__in=known
    )
    return [
        _line(entry, offers(entry, known[entry.target_id], user))
        for entry in entries.order_by("-id")[:limit]
    ]


def _line(entry: AuditEntry, restorations: list[Restoration]) -> HistoryLine:
    return HistoryLine(
        at=entry.at,
        actor_name=entry.actor_name,
        about=entry.target_label,
        verb=verb_label(entry.verb),
        reason=entry.reason,
        changes=list(changes_of(entry)),
        restorations=restorations,
    )


def changes_of(entry: AuditEntry) -> Iterable[tuple[str, Any, Any]]:
    """Each field of the entry in Chinese, with its value before and after as a page shows it."""
    model, before, after = entry.target_type, entry.before or {}, entry.after or {}
    for name in {**before, **after}:
        values = (shown(model, name, state.get(name)) for state in (before, after))
        yield label(model, name), *values
