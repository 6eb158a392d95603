"""Writes of contact points: who looks after whom, visits, the sum of the year, the next year."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.dates import today
from core.refusals import clean_at
from enterprises.models import ContactPoint, ContactVisit, Enterprise, OperatingStatus
from enterprises.periods import scope_path_of

PAIR, CHANGE, END = "contact.pair", "contact.change", "contact.end"
VISIT, SUM_UP = "contact.visit", "contact.sum_up"
VERBS = {
    PAIR: "安排领导联系点",
    CHANGE: "修改领导联系点",
    END: "提前终止领导联系",
    VISIT: "登记领导走访",
    SUM_UP: "填写联系点年终小结",
}
FACTS = ("level", "leader", "post", "official_order", "valid_from", "document", "remark")
AT = {
    "enterprises_contact_once": "enterprise",
    "enterprises_contact_pair_once": "leader",
    "enterprises_contact_in_year": "valid_from",
    "enterprises_contact_summed_up": "summed_up_on",
    "enterprises_visit_once_a_day": "visited_on",
}
FIRST_YEAR = 2000
Actor = AbstractBaseUser | None


@transaction.atomic
def pair(
    *,
    actor: Actor,
    enterprise: Enterprise,
    year: int,
    level: str,
    leader: str,
    post: str,
    official_order: int = 999,
    valid_from: date | None = None,
    document: str = "",
    remark: str = "",
) -> ContactPoint:
    """Let a leader look after an enterprise until the year ends; without a day, all year."""
    if not FIRST_YEAR <= year <= today().year + 1:
        sentence = f"年度应在 {FIRST_YEAR} 至 {today().year + 1} 之间。"
        raise ValidationError({"year": [sentence]})
    if enterprise.operating_status == OperatingStatus.DEREGISTERED:
        raise ValidationError({"enterprise": [f"“{enterprise}”已注销，不能安排联系领导。"]})
    row = ContactPoint(
        enterprise=enterprise,
        year=year,
        level=level,
        leader=leader,
        post=post,
        official_order=official_order,
        valid_from=valid_from or date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        document=document,
        remark=remark,
    )
    clean_at(row, AT)
    row.save()
    facts = {"leader": leader, "post": post, "year": year, "document": document}
    _record(actor, PAIR, row, ({}, facts))
    return row


@transaction.atomic
def change_contact(
    *, actor: Actor, contact: ContactPoint, reason: str = "", **facts: Any
) -> ContactPoint:
    """Correct what the list says of a leader; who visited when is untouched by it."""
    if unknown := set(facts) - set(FACTS):
        raise ValueError(f"not facts of a contact point: {sorted(unknown)}")
    row = _locked(contact)
    change = _set(row, facts)
    first = row.visits.order_by("visited_on").first()
    if first is not None and row.valid_from > first.visited_on:
        sentence = f"联系起始日期不能晚于首次走访 {first.visited_on}。"
        raise ValidationError({"valid_from": [sentence]})
    clean_at(row, AT)
    row.save()
    if change[1]:
        _record(actor, CHANGE, row, change, reason)
    return row


@transaction.atomic
def end_contact(*, actor: Actor, contact: ContactPoint, on: date, reason: str) -> ContactPoint:
    """The leader no longer looks after the enterprise from that day on; another may follow."""
    row = _locked(contact)
    if not row.valid_from < on < row.valid_to:
        sentence = f"终止日期应晚于 {row.valid_from}、早于 {row.valid_to}。"
        raise ValidationError({"on": [sentence]})
    last = row.visits.order_by("-visited_on").first()
    if last is not None and last.visited_on >= on:
        raise ValidationError({"on": [f"终止日期应晚于最近一次走访 {last.visited_on}。"]})
    change = _set(row, {"valid_to": on, "end_reason": reason})
    clean_at(row, AT)
    row.save()
    _record(actor, END, row, change, reason)
    return row


@transaction.atomic
def record_visit(
    *, actor: Actor, contact: ContactPoint, visited_on: date, content: str, companions: str = ""
) -> ContactVisit:
    """The leader was there; what was asked for then follows as requests that name this visit."""
    row = _locked(contact)
    if visited_on > today():
        raise ValidationError({"visited_on": ["日期不能晚于今天。"]})
    if not row.valid_from <= visited_on < row.valid_to:
        sentence = f"走访日期应在联系起止日期 {row.valid_from} 至 {row.valid_to} 之内。"
        raise ValidationError({"visited_on": [sentence]})
    visit = ContactVisit(
        contact_point=row,
        visited_on=visited_on,
        content=content,
        companions=companions,
        actor_id=actor.pk if actor else None,
    )
    clean_at(visit, AT)
    visit.save()
    _record(actor, VISIT, row, ({}, {"visited_on": str(visited_on), "content": content}))
    return visit


@transaction.atomic
def sum_up(*, actor: Actor, contact: ContactPoint, on: date, summary: str) -> ContactPoint:
    """What became of the contact in its year."""
    row = _locked(contact)
    if on > today():
        raise ValidationError({"summed_up_on": ["日期不能晚于今天。"]})
    change = _set(row, {"summary": summary, "summed_up_on": on})
    clean_at(row, AT)
    row.save()
    _record(actor, SUM_UP, row, change)
    return row


@transaction.atomic
def renew(
    *, actor: Actor, contacts: Iterable[ContactPoint], document: str
) -> tuple[list[ContactPoint], list[str]]:
    """The same pairs for the year after; returns what was made, and why others were not."""
    made, left = [], []
    for contact in contacts:
        try:
            with transaction.atomic():
                made.append(
                    pair(
                        actor=actor,
                        enterprise=contact.enterprise,
                        year=contact.year + 1,
                        level=contact.level,
                        leader=contact.leader,
                        post=contact.post,
                        official_order=contact.official_order,
                        document=document,
                    )
                )
        except ValidationError as refused:
            left.append(f"{contact.enterprise}：{refused.messages[0]}")
    return made, left


def _locked(contact: ContactPoint) -> ContactPoint:
    rows = ContactPoint.objects.select_for_update(of=("self",)).select_related(
        "enterprise__reporting_area__committee", "enterprise__county__committee"
    )
    found: ContactPoint = rows.get(pk=contact.pk)
    return found


def _set(row: ContactPoint, facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the row these facts; what changed by it, as the log keeps it."""
    before = {name: getattr(row, name) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    return audit.difference(before, facts)


def _record(
    actor: Actor,
    verb: str,
    row: ContactPoint,
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
