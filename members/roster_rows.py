"""One line of the 花名册 for a member: what the printed roster and the ledger show alike."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from core.masking import Sensitive, mask
from members.models import Employment, PartyMember
from members.services.persons import SHOWN
from members.standing import full_years


@dataclass(frozen=True)
class RosterRow:
    """In the order of the form; the identity number as a reader without the right sees it."""

    name: str
    sex: str
    ethnicity: str
    born_on: date | None
    age: int | None
    started_work_on: date | None
    education: str
    school: str
    accepted_on: date
    confirmed_on: date | None
    category: str
    department: str
    post: str
    title: str
    citizen_id: str
    unit: str
    on_post: str


def with_work(members: QuerySet[PartyMember], day: date) -> QuerySet[PartyMember]:
    """Members with what a line needs: two queries, however many there are."""
    works = Employment.objects.as_of(day).select_related("enterprise").order_by("-valid_from")
    return members.select_related("person__home_organization").prefetch_related(
        Prefetch("person__employments", works, to_attr="works")
    )


def roster_rows(members: Iterable[PartyMember], day: date) -> Iterator[RosterRow]:
    return (_row(member, day) for member in members)


def _row(member: PartyMember, day: date) -> RosterRow:
    person = member.person
    works: list[Employment] = person.works  # type: ignore[attr-defined]
    work = works[0] if works else None
    return RosterRow(
        name=person.name,
        sex=person.get_sex_display(),
        ethnicity=person.get_ethnicity_display(),
        born_on=person.born_on,
        age=full_years(person.born_on, day) if person.born_on else None,
        started_work_on=person.started_work_on,
        education=person.get_education_display(),
        school=person.school,
        accepted_on=member.accepted_on,
        confirmed_on=member.confirmed_on,
        category=member.get_category_display(),
        department=work.department if work else "",
        post=work.post if work else person.position,
        title=person.title,
        citizen_id=mask(Sensitive.CITIZEN_ID, person.citizen_id or "", SHOWN),
        unit=str(work.enterprise) if work else "",
        on_post="" if work is None else "在岗" if work.is_on_post else "不在岗",
    )
