"""What is wrong with the cells of a row of members by themselves, without the database."""

from collections.abc import Set as AbstractSet
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from core.horizon import Reach
from core.horizon import require as require_day
from members.models import Employment, PartyMember
from members.standing import faults_of_days

DAYS = ("born_on", "started_work_on", "accepted_on", "confirmed_on")
_LEFT_OUT = frozenset({"person", "home_organization", "category", "accepted_on"})
_OF_WORK = frozenset({"person", "enterprise", "valid_from"})


def judge(errors: dict[str, Any], member: PartyMember) -> None:
    """Adds what is wrong with person, member and work by field; earlier errors stay."""
    _gather(errors, member.person, _LEFT_OUT)
    _gather(errors, member, _LEFT_OUT)
    told: Any = member
    _gather(errors, Employment(department=told.department, post=told.post), _OF_WORK)
    if member.accepted_on:
        faults = faults_of_days(
            category=member.category,
            accepted_on=member.accepted_on,
            confirmed_on=member.confirmed_on,
            born_on=member.person.born_on,
        )
        for name, sentence in faults:
            errors.setdefault(name, ValidationError(sentence))
    if not member.category and errors.keys().isdisjoint({"category", "confirmed_on"}):
        errors["category"] = ValidationError("不能为空")


def _gather(errors: dict[str, Any], row: Model, left_out: AbstractSet[str]) -> None:
    try:
        row.clean_fields(exclude=left_out)
    except ValidationError as problem:
        for name, found in problem.error_dict.items():
            errors.setdefault(name, ValidationError(found))
    for name in DAYS:
        if name in errors or not (day := getattr(row, name, None)):
            continue
        try:
            require_day(day, Reach.FACT)
        except ValidationError as problem:
            errors[name] = problem
