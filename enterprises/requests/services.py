"""Writes of enterprise requests: heard, carried on act by act, corrected; each step is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from core.refusals import clean_at
from core.states import TransitionRefusedError
from enterprises.models import (
    ContactPoint,
    ContactVisit,
    Enterprise,
    EnterpriseRequest,
    RequestSource,
    RequestStep,
)
from enterprises.models.request import NOT_CONTENT, REQUEST
from enterprises.periods import scope_path_of
from enterprises.requests import merging, notices

RECEIVE, CHANGE = "request.receive", "request.change"
VERBS = {
    RECEIVE: "登记企业诉求",
    CHANGE: "修改企业诉求",
    merging.MOVE: "随企业合并转入诉求",
    **{transition.name: f"企业诉求{transition.label}" for transition in REQUEST},
}
FACTS = ("source", "category", "title", "content", "raised_by", "received_on", "earlier")
# What an act says, and the words that it must not lack.
SAYS: dict[str, tuple[str, ...]] = {
    "request.accept": ("earlier",),
    "request.decline": ("answer",),
    "request.assign": ("unit", "person", "due_on"),
    "request.reassign": ("unit", "person", "due_on"),
    "request.return": ("unit", "person", "due_on"),
    "request.handle": ("result",),
    "request.answer": ("answer",),
    "request.confirm": ("satisfaction",),
    "request.close": (),
}
NEEDED = {
    "unit": "请填写承办单位。",
    "due_on": "请填写办理期限。",
    "result": "请填写办理结果。",
    "answer": "请填写答复内容。",
    "satisfaction": "请选择企业评价。",
}
WITH_REASON = ("request.reassign", "request.return")
DAYS = {
    "request.handle": "handled_on",
    "request.answer": "answered_on",
    "request.confirm": "confirmed_on",
    "request.close": "ended_on",
    "request.decline": "ended_on",
}
AT = {
    "enterprises_request_from_leader": "source",
    "enterprises_request_repeats_earlier": "earlier",
    "enterprises_request_due_later": "due_on",
}
RELATIONS = ("enterprise", "contact_point", "visit", "earlier")
Actor = AbstractBaseUser | None


@transaction.atomic
def receive(
    *,
    actor: Actor,
    enterprise: Enterprise,
    source: str,
    category: str,
    title: str,
    received_on: date,
    content: str = "",
    raised_by: str = "",
    visit: ContactVisit | None = None,
) -> EnterpriseRequest:
    """Note what an enterprise asks for; from a leader it hangs on the leader's contact point."""
    _require_past(received_on, "received_on")
    row = EnterpriseRequest(
        enterprise=enterprise,
        source=source,
        category=category,
        title=title,
        content=content,
        raised_by=raised_by,
        received_on=received_on,
        visit=visit,
        contact_point=visit.contact_point if visit else _point(enterprise, source, received_on),
    )
    clean_at(row, AT)
    row.save()
    _step(actor, row, RECEIVE, received_on, title)
    _record(actor, RECEIVE, row, ({}, {"title": title, "source": row.get_source_display()}))
    notices.tell_received(row)
    return row


def _point(enterprise: Enterprise, source: str, day: date) -> ContactPoint | None:
    """Whose contact point a leader's word belongs to: the first in the official order."""
    if source != RequestSource.CONTACT:
        return None
    points = ContactPoint.objects.as_of(day).filter(enterprise=enterprise)
    return points.order_by("official_order", "pk").first()


@transaction.atomic
def change_request(
    *, actor: Actor, request: EnterpriseRequest, reason: str = "", **facts: Any
) -> EnterpriseRequest:
    """Correct what was noted; what acts have said is corrected by another act."""
    if unknown := set(facts) - set(FACTS):
        raise ValueError(f"not facts of a request: {sorted(unknown)}")
    row = _locked(request)
    if not row.is_open:
        raise ValidationError(f"该诉求{row.get_state_display()}，不能再修改。")
    change = _set(row, facts)
    if "received_on" in facts:
        _check_received(row)
    if {"source", "received_on"} & set(change[1]) and row.visit is None:
        row.contact_point = _point(row.enterprise, row.source, row.received_on)
    clean_at(row, AT)
    row.save()
    if change[1]:
        _record(actor, CHANGE, row, change, reason)
    return row


def _check_received(row: EnterpriseRequest) -> None:
    _require_past(row.received_on, "received_on")
    if row.visit is not None and row.received_on != row.visit.visited_on:
        raise ValidationError({"received_on": ["走访时收到的诉求，收到日期就是走访日期。"]})
    first = row.steps.exclude(act=RECEIVE).order_by("pk").first()
    if first is not None and row.received_on > first.on:
        sentence = f"收到日期不能晚于{first.label}日期 {first.on}。"
        raise ValidationError({"received_on": [sentence]})


@transaction.atomic
def advance(
    *,
    actor: Actor,
    request: EnterpriseRequest,
    act: str,
    on: date,
    note: str = "",
    **says: Any,
) -> EnterpriseRequest:
    """Carry a request on by an act of REQUEST, with the words that the act says."""
    row = _locked(request)
    before = row.get_state_display()
    try:
        row.state = REQUEST.target(act, row.state)
    except TransitionRefusedError as refused:
        raise ValidationError(f"{refused}。") from None
    _check(row, act, on, note, says)
    if act == "request.return":
        _begin_again(row)
    _set(row, says)
    if act in DAYS:
        setattr(row, DAYS[act], on)
    if says.get("earlier"):
        clean_at(row, AT)
    else:  # what the constraints hold has been checked in its own words
        row.clean_fields(exclude=RELATIONS)
    row.save()
    _step(actor, row, act, on, note or _words(says))
    _record(actor, act, row, ({"state": before}, {"state": row.get_state_display()}), note)
    notices.tell_advanced(row, act)
    return row


def _check(row: EnterpriseRequest, act: str, on: date, note: str, says: Mapping[str, Any]) -> None:
    if unknown := set(says) - set(SAYS[act]):
        raise ValueError(f"{act} does not say {sorted(unknown)}")
    problems: dict[str, str] = {}
    for name in SAYS[act]:
        if name in NEEDED and not says.get(name):
            problems[name] = NEEDED[name]
    if act in WITH_REASON and not note:
        problems["note"] = f"{REQUEST[act].label}须说明原因。"
    latest = max(row.received_on, row.steps.order_by("-pk").values_list("on", flat=True)[0])
    if on < latest:
        problems["on"] = f"日期不能早于上一步 {latest}。"
    if on > today():
        problems["on"] = "日期不能晚于今天。"
    if act == "request.close" and row.is_unheeded:
        problems["on"] = f"{NOT_CONTENT}。"
    if says.get("due_on") and says["due_on"] < on:
        problems["due_on"] = f"办理期限不能早于{REQUEST[act].label}日期 {on}。"
    if problems:
        raise ValidationError({name: [sentence] for name, sentence in problems.items()})


def _begin_again(row: EnterpriseRequest) -> None:
    """The enterprise is not content: the words of this round live on in its steps."""
    row.return_count += 1
    row.result = row.answer = row.satisfaction = ""
    row.handled_on = row.answered_on = row.confirmed_on = None


def _words(says: Mapping[str, Any]) -> str:
    """What the act said, for its step."""
    return str(says.get("result") or says.get("answer") or "")


def _require_past(day: date, field: str) -> None:
    if day > today():
        raise ValidationError({field: ["日期不能晚于今天。"]})


def _locked(request: EnterpriseRequest) -> EnterpriseRequest:
    rows = EnterpriseRequest.objects.select_for_update(of=("self",)).select_related(
        "enterprise__reporting_area__committee", "enterprise__county__committee", "visit"
    )
    found: EnterpriseRequest = rows.get(pk=request.pk)
    return found


def _set(row: EnterpriseRequest, facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the row these facts; what changed by it, as the log keeps it."""
    before = {name: _plain(getattr(row, name)) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    return audit.difference(before, {name: _plain(value) for name, value in facts.items()})


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, EnterpriseRequest | date) else value


def _step(actor: Actor, row: EnterpriseRequest, act: str, on: date, note: str) -> None:
    RequestStep.objects.create(
        request=row,
        act=act,
        state=row.state,
        on=on,
        unit=row.unit,
        due_on=row.due_on,
        note=note[:1000],
        actor_id=actor.pk if actor else None,
    )


def _record(
    actor: Actor,
    verb: str,
    row: EnterpriseRequest,
    change: tuple[dict[str, Any], dict[str, Any]],
    reason: str = "",
) -> None:
    before, after = change
    audit.record(
        actor=actor,
        verb=verb,
        target=row,
        before=before or None,
        after=after,
        reason=reason,
        scope_path=scope_path_of(row.enterprise),
    )
