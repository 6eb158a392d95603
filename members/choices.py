"""Choosing people of one's scope by typing: full members, and instructors who serve."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from core.choices import RowField, code_in
from core.dates import today
from core.text import fold, key_of
from members.models import Instructor, Person
from members.models.instructor import guiding

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

    def why_not(self, user: Any, text: str) -> str:
        """Of somebody within the scope: what he is, other than a full member."""
        seen = Person.objects.visible_to(user).select_related("party_member")
        found = self.by_code(seen, code_in(text)) or seen.filter(name=text).order_by("pk")
        person = found.first()
        member = getattr(person, "party_member", None)
        if person is None or member is None:
            return f"{person}没有登记为党员，须为正式党员。" if person else ""
        words = f"{member.get_category_display()}，{member.get_standing_display()}"
        return f"{person}不是在册正式党员（{words}），须为正式党员。"


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
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(FullMembers(), user, **options)


class InstructorField(RowField):
    name: ClassVar[str] = "person__name"

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Instructors(), user, **options)
