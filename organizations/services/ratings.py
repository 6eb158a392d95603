"""Ratings of organizations: by themselves, then by their superior, who confirms or returns."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core import audit, horizon, notices
from core.dates import today
from core.horizon import Reach
from core.models import AuditEntry, MessageKind
from core.states import StateTable, Transition, TransitionRefusedError
from organizations import audience
from organizations.models import (
    PartyOrganization,
    Rating,
    RatingItem,
    RatingScheme,
    RatingState,
)
from organizations.scoring import Mark, Score, points, score_of
from organizations.services.acts import Actor

RATE, CONFIRM = "organizations.rate", "organizations.sites"
DRAFT, SUBMITTED = RatingState.DRAFT, RatingState.SUBMITTED
RETURNED, CONFIRMED = RatingState.RETURNED, RatingState.CONFIRMED
STATES = StateTable(
    RatingState,
    (
        Transition("rating.save", "保存自评", frozenset({DRAFT, RETURNED}), DRAFT, RATE),
        Transition("rating.submit", "提交自评", frozenset({DRAFT, RETURNED}), SUBMITTED, RATE),
        Transition("rating.return", "退回", frozenset({SUBMITTED}), RETURNED, CONFIRM),
        Transition("rating.confirm", "评定", frozenset({SUBMITTED}), CONFIRMED, CONFIRM),
        Transition(
            "rating.withdraw", "取消", frozenset({CONFIRMED}), RatingState.WITHDRAWN, CONFIRM
        ),
    ),
)
Marks = Mapping[int, Mark]


def is_superior(user: Any, organization: PartyOrganization) -> bool:
    """Whether the user speaks for the organization above; the topmost one has none but itself."""
    return bool(user.scope.covers(audience.superior_path(organization.path)))


@transaction.atomic
def start_rating(
    *, actor: Actor, organization: PartyOrganization, scheme: RatingScheme, year: int
) -> Rating:
    """Begin the organization's own rating of a year."""
    if scheme.subject != RatingScheme.Subject.ORGANIZATION:
        raise ValidationError({"scheme": f"“{scheme}”用于检查阵地，不用于评定党组织"})
    criteria = list(scheme.criteria.all())
    if not criteria:
        raise ValidationError({"scheme": f"“{scheme}”还没有填写标准，请业务管理员先填写"})
    if year > today().year:
        raise ValidationError({"year": "评定年度不能晚于今年"})
    rating = Rating(organization=organization, scheme=scheme, year=year)
    rating.full_clean()
    rating.save()
    RatingItem.objects.bulk_create(RatingItem(rating=rating, criterion=one) for one in criteria)
    _record(actor, "rating.start", rating, {"scheme": str(scheme), "year": year})
    return rating


@transaction.atomic
def rate_oneself(*, actor: Actor, rating: Rating, marks: Marks, submit: bool) -> Rating:
    """Keep the organization's own marks; with `submit` they go to the superior."""
    rating = _locked(rating)
    _step(rating, "rating.submit" if submit else "rating.save")
    items = _items(rating)
    _check(items, marks, complete=submit)
    for item in items:
        mark = marks.get(item.criterion_id, Mark())
        item.self_score, item.self_violated = mark.score, mark.violated
        item.self_note = mark.note
    RatingItem.objects.bulk_update(items, ["self_score", "self_violated", "self_note"])
    rating.self_score = _score(rating, marks).total
    if submit:
        rating.submitted_by_id, rating.submitted_on = actor.pk if actor else None, today()
    rating.save()
    verb = "rating.submit" if submit else "rating.save"
    entry = _record(actor, verb, rating, {"self_score": rating.self_score})
    if submit:
        _tell(_superiors(rating), entry, MessageKind.ACTION, f"待评定：{rating}", "")
    return rating


@transaction.atomic
def return_rating(*, actor: Actor, rating: Rating, reason: str) -> Rating:
    """Give it back to the organization, saying why."""
    rating = _locked(rating)
    _step(rating, "rating.return")
    if not reason.strip():
        raise ValidationError({"reason": "请写明退回原因"})
    rating.reason = reason.strip()[:200]
    rating.save()
    entry = _record(actor, "rating.return", rating, {}, reason)
    title = f"评定被退回：{rating}"
    _tell([rating.submitted_by], entry, MessageKind.ACTION, title, rating.reason)
    return rating


@transaction.atomic
def confirm_rating(
    *,
    actor: Actor,
    rating: Rating,
    marks: Marks,
    on: date,
    document: str = "",
    valid_to: date | None = None,
) -> Rating:
    """The superior's marks decide; from that day on they are the organization's rating."""
    rating = _locked(rating)
    _step(rating, "rating.confirm")
    horizon.require(on, Reach.FACT, "on")
    items = _items(rating)
    _check(items, marks, complete=True)
    for item in items:
        mark = marks[item.criterion_id]
        item.score, item.violated, item.note = mark.score, mark.violated, mark.note
    RatingItem.objects.bulk_update(items, ["score", "violated", "note"])
    found = _score(rating, marks)
    rating.score, rating.stars, rating.is_vetoed = found.total, found.stars, found.is_vetoed
    rating.confirmed_by_id, rating.confirmed_on = actor.pk if actor else None, on
    rating.document, rating.valid_to, rating.reason = document, valid_to, ""
    rating.full_clean()
    rating.save()
    after = {"score": rating.score, "stars": rating.stars, "confirmed_on": on}
    entry = _record(actor, "rating.confirm", rating, after)
    title = f"评定已完成：{rating}"
    _tell([rating.submitted_by], entry, MessageKind.INFORMATION, title, result_of(rating))
    return rating


@transaction.atomic
def withdraw_rating(*, actor: Actor, rating: Rating, on: date, reason: str) -> Rating:
    """Take a rating back: it no longer counts from that day on."""
    rating = _locked(rating)
    _step(rating, "rating.withdraw")
    if rating.confirmed_on is None or on < rating.confirmed_on:
        raise ValidationError({"on": f"取消日期不能早于评定日期 {rating.confirmed_on}"})
    rating.valid_to, rating.reason = on, reason[:200]
    rating.save()
    _record(actor, "rating.withdraw", rating, {"valid_to": on}, reason)
    return rating


def _locked(rating: Rating) -> Rating:
    rows = Rating.objects.select_for_update(of=("self",))
    found: Rating = rows.select_related("organization", "scheme", "submitted_by").get(pk=rating.pk)
    return found


def _step(rating: Rating, name: str) -> None:
    try:
        rating.state = STATES.target(name, rating.state)
    except TransitionRefusedError as refused:
        raise ValidationError(str(refused)) from None


def _items(rating: Rating) -> list[RatingItem]:
    return list(rating.items.select_related("criterion").order_by("criterion__place"))


def _check(items: list[RatingItem], marks: Marks, *, complete: bool) -> None:
    """Points within the weight of each criterion; none may be missing in what is sent."""
    problems = []
    for item in items:
        criterion, score = item.criterion, marks.get(item.criterion_id, Mark()).score
        if criterion.is_veto:
            continue
        if score is None and complete:
            problems.append(f"“{criterion}”还没有打分")
        if score is not None and not Decimal(0) <= score <= criterion.weight:
            problems.append(f"“{criterion}”的得分应在 0 到 {criterion.points} 之间")
    if problems:
        raise ValidationError(problems)


def _score(rating: Rating, marks: Marks) -> Score:
    return score_of(marks.values(), rating.scheme.star_scores)


def result_of(rating: Rating) -> str:
    """A confirmed rating in one sentence."""
    stars = "" if rating.stars is None else f"，{rating.stars} 星"
    return (
        f"得分 {points(rating.score or 0)}{stars}{'，触及一票否决' if rating.is_vetoed else ''}。"
    )


def _superiors(rating: Rating) -> list[Any]:
    above = audience.superior_path(rating.organization.path)
    users = audience.nearest(audience.holders(CONFIRM), above)
    return [user for user in users if user.pk != rating.submitted_by_id]


def _tell(
    users: Iterable[Any], entry: AuditEntry, kind: MessageKind, title: str, body: str
) -> None:
    """One message for this entry of the log."""
    notices.notify(
        (user for user in users if user is not None),
        kind=kind,
        title=title,
        body=body,
        url=reverse("organizations:rating", args=[entry.target_id]),
        key=f"rating {entry.pk}",
    )


def _record(
    actor: Actor, verb: str, rating: Rating, after: dict[str, Any], reason: str = ""
) -> AuditEntry:
    return audit.record(
        actor=actor,
        verb=verb,
        target=rating,
        after={"state": rating.get_state_display(), **after},
        reason=reason,
        scope_path=rating.organization.path,
    )
