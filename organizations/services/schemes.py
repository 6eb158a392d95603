"""Rating schemes: entered, changed before use, and followed by a new version afterwards."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from organizations.models import Rating, RatingCriterion, RatingScheme, SiteCheck
from organizations.scoring import lines_problem, points
from organizations.services.acts import Actor


@dataclass(frozen=True)
class Line:
    """A criterion as it is entered; a veto carries no points."""

    label: str
    weight: Decimal = Decimal(1)
    is_veto: bool = False
    detail: str = ""


def is_used(scheme: RatingScheme) -> bool:
    """Whether something was measured by this version."""
    return (
        Rating.objects.filter(scheme=scheme).exists()
        or SiteCheck.objects.filter(scheme=scheme).exists()
    )


def full_marks(lines: Sequence[Line]) -> Decimal:
    return sum((line.weight for line in lines if not line.is_veto), Decimal(0))


@transaction.atomic
def enter_scheme(
    *, actor: Actor, scheme: RatingScheme, lines: Sequence[Line], reason: str = ""
) -> RatingScheme:
    """Add a scheme of one's own."""
    if RatingScheme.objects.filter(key=scheme.key).exists():
        raise ValidationError({"key": "已有这个标识的办法，请修改原办法"})
    _check(scheme, lines)
    scheme.full_clean()
    scheme.save()
    _write(scheme, lines)
    audit.record(
        actor=actor, verb="scheme.enter", target=scheme, after=_state(scheme, lines), reason=reason
    )
    return scheme


@transaction.atomic
def change_scheme(
    *,
    actor: Actor,
    scheme: RatingScheme,
    lines: Sequence[Line],
    on: date,
    reason: str,
    **facts: Any,
) -> RatingScheme:
    """Change a version that nobody was measured by; a used one ends and a new one begins `on`."""
    scheme = RatingScheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.valid_to is not None:
        raise ValidationError("这一版已被新版取代，请修改现行版本")
    before = _state(scheme, lines_of(scheme))
    used = is_used(scheme)
    if used:
        scheme = _next_version(scheme, on)
    for name, value in facts.items():
        setattr(scheme, name, value)
    _check(scheme, lines)
    scheme.full_clean()
    scheme.save()
    if not used:
        scheme.criteria.all().delete()
    _write(scheme, lines)
    old, new = audit.difference(before, _state(scheme, lines))
    audit.record(
        actor=actor, verb="scheme.change", target=scheme, before=old, after=new, reason=reason
    )
    return scheme


def lines_of(scheme: RatingScheme) -> list[Line]:
    return [
        Line(one.label, one.weight, one.is_veto, one.detail)
        for one in scheme.criteria.order_by("place")
    ]


def _next_version(scheme: RatingScheme, on: date) -> RatingScheme:
    if on <= scheme.valid_from:
        raise ValidationError({"on": f"本版自 {scheme.valid_from} 起使用，新版应晚于这一天"})
    scheme.valid_to = on
    scheme.save(update_fields=["valid_to"])
    return RatingScheme(
        key=scheme.key,
        version=scheme.version + 1,
        name=scheme.name,
        subject=scheme.subject,
        valid_from=on,
    )


def _check(scheme: RatingScheme, lines: Sequence[Line]) -> None:
    problem = lines_problem(scheme.star_scores, full_marks(lines))
    if problem:
        raise ValidationError({"star_scores": problem})
    labels = [line.label for line in lines]
    if len(set(labels)) < len(labels):
        raise ValidationError("同一个办法里标准不能重名")


def _write(scheme: RatingScheme, lines: Sequence[Line]) -> None:
    RatingCriterion.objects.bulk_create(
        RatingCriterion(scheme=scheme, place=place, **asdict(line))
        for place, line in enumerate(lines, 1)
    )


def _state(scheme: RatingScheme, lines: Sequence[Line]) -> dict[str, Any]:
    return {
        "name": scheme.name,
        "version": scheme.version,
        "source": scheme.source,
        "note": scheme.note,
        "star_scores": "、".join(points(line) for line in scheme.star_scores),
        "标准": "；".join(
            f"{line.label}（{'一票否决' if line.is_veto else f'{points(line.weight)}分'}）"
            for line in lines
        ),
    }
