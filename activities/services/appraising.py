"""The results of a democratic appraisal: who was found what, and how many may be excellent."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import Activity, AppraisalGrade, AppraisalResult
from activities.parameters import EXCELLENT_SHARE
from activities.roster import Seat, roster_on
from activities.services.steps import locked
from core import audit
from core.rates import Rate
from members.services.persons import Actor

KIND = "appraisal"
APPRAISE = "appraisal.record"


def is_appraisal(activity: Activity) -> bool:
    """Whether it took place and one of its kinds is the appraisal."""
    return activity.held_on is not None and activity.kinds.filter(key=KIND).exists()


def appraised_on(activity: Activity) -> list[Seat]:
    """The members of the branch on the day of the meeting; a leader from outside is none."""
    if activity.held_on is None:
        return []
    seats = roster_on(activity.organization, activity.held_on)
    return [seat for seat in seats if seat.is_full or seat.is_probationary]


@transaction.atomic
def appraise(
    *, actor: Actor, activity: Activity, grades: Mapping[int, str]
) -> list[AppraisalResult]:
    """The results by person, all at once; who has no grade was not appraised.

    Raises ValidationError keyed by `grade_<person>`.
    """
    activity = locked(activity)
    if activity.held_on is None or not is_appraisal(activity):
        raise ValidationError("只有已召开的民主评议党员会议才能登记评议结果。")
    year = activity.held_on.year
    chosen = {person: grade for person, grade in grades.items() if grade}
    _check(activity, chosen, year)
    before = _words(activity.appraisals.select_related("person"))
    activity.appraisals.exclude(person__in=chosen).delete()
    AppraisalResult.objects.bulk_create(
        [
            AppraisalResult(activity=activity, person_id=person, year=year, grade=grade)
            for person, grade in chosen.items()
        ],
        update_conflicts=True,
        unique_fields=["person", "year"],
        update_fields=["grade"],
    )
    after = list(activity.appraisals.select_related("person"))
    audit.record(
        actor=actor,
        verb=APPRAISE,
        target=activity,
        scope_path=activity.organization.path,
        before={"results": before},
        after={"results": _words(after)},
    )
    return after


def share(results: list[AppraisalResult]) -> Rate:
    """Those found excellent, of all that were appraised."""
    return Rate(sum(row.grade == AppraisalGrade.EXCELLENT for row in results), len(results))


def warning(results: list[AppraisalResult], day: date) -> str:
    """What is to be said when more are excellent than usual; empty otherwise."""
    most, found = EXCELLENT_SHARE.value(on=day), share(results)
    if found.numerator * 100 <= most * found.denominator:
        return ""
    return f"评为优秀的{found.chinese}，超过{most}%，请核实。依据：{EXCELLENT_SHARE.source}"


def _check(activity: Activity, chosen: Mapping[int, str], year: int) -> None:
    asked = {seat.person.pk for seat in appraised_on(activity)}
    elsewhere = AppraisalResult.objects.filter(person__in=chosen, year=year)
    taken = set(elsewhere.exclude(activity=activity).values_list("person", flat=True))
    faults = {}
    for person, grade in chosen.items():
        if person not in asked:
            faults[f"grade_{person}"] = "此人会议当日不是这个支部的党员。"
        elif person in taken:
            faults[f"grade_{person}"] = f"此人{year}年度已在另一次会议中评议。"
        elif grade not in AppraisalGrade.values:
            faults[f"grade_{person}"] = "请从优秀、合格、基本合格、不合格中选择。"
    if faults:
        raise ValidationError(faults)


def _words(rows: Iterable[AppraisalResult]) -> str:
    return "、".join(f"{row.person}{row.get_grade_display()}" for row in rows)
