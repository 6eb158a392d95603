"""Choosing people of one's scope by typing: full members, and instructors who serve."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from core.choices import RowField
from core.dates import today
from core.text import fold, key_of
from members.models import Instructor, Person
from members.models.instructor import guiding
from members.services.instructors import require_full_member

MARK = "编号"


def _named(prefix: str, text: str) -> Q:
    """By name as written, or by the beginning of its sound."""
    word = fold(text)
    key = word.lower().replace(" ", "")
    return Q(**{f"{prefix}name__contains": word}) | Q(**{f"{prefix}search_key__contains": key})


class FullMembers:
    """Full members whom the user may see; two of one name differ by their number."""

    url = "/members/choices/full"

    def rows(self, user: Any) -> QuerySet[Person]:
        people: QuerySet[Person] = Person.objects.visible_to(user)
        return people.filter(guiding("party_member__")).select_related("home_organization")

    def by_code(self, rows: QuerySet[Person], code: str) -> QuerySet[Person]:
        key = key_of(code.removeprefix(MARK)) if code.startswith(MARK) else None
        return rows.filter(pk=key) if key is not None else rows.none()

    def search(self, rows: QuerySet[Person], text: str) -> QuerySet[Person]:
        return rows.filter(_named("", text)).order_by("search_key", "pk")

    def words(self, row: Person) -> str:
        return f"{row.name}（{MARK}{row.pk}）"

    def hint(self, row: Person) -> str:
        return row.position or str(row.home_organization)


class Instructors:
    """Those who serve today."""

    url = "/instructors/choices"

    def rows(self, user: Any) -> QuerySet[Instructor]:
        seen: QuerySet[Instructor] = Instructor.objects.visible_to(user).serving(today())
        return seen.select_related("person")

    def by_code(self, rows: QuerySet[Instructor], code: str) -> QuerySet[Instructor]:
        key = key_of(code.removeprefix(MARK)) if code.startswith(MARK) else None
        return rows.filter(pk=key) if key is not None else rows.none()

    def search(self, rows: QuerySet[Instructor], text: str) -> QuerySet[Instructor]:
        return rows.filter(_named("person__", text)).order_by("person__search_key", "pk")

    def words(self, row: Instructor) -> str:
        return f"{row.person.name}（{MARK}{row.pk}）"

    def hint(self, row: Instructor) -> str:
        return row.home_unit


class FullMemberField(RowField):
    """Proposes full members; of anybody else within the scope it says why he is none."""

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(FullMembers(), user, **options)

    def _row(self, text: str) -> Person:
        try:
            found: Person = super()._row(text)
        except ValidationError:
            for person in self._namesakes(text)[:1]:
                self._refuse(person)
            raise
        return found

    def _namesakes(self, text: str) -> QuerySet[Person]:
        seen: QuerySet[Person] = Person.objects.visible_to(self.user).select_related("party_member")
        key = key_of(text.removeprefix(MARK)) if text.startswith(MARK) else None
        return seen.filter(pk=key) if key is not None else seen.filter(name=text)

    def _refuse(self, person: Person) -> None:
        try:
            require_full_member(person)
        except ValidationError as problem:
            raise ValidationError(problem.messages) from None


class InstructorField(RowField):
    name: ClassVar[str] = "person__name"

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Instructors(), user, **options)
