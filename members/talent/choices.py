"""Choosing any person of one's scope by typing."""

from typing import Any

from django.db.models import QuerySet

from core.choices import RowField, RowsField
from members.choices import FullMembers
from members.models import Person


class People(FullMembers):
    """Whom the user may see, members or not."""

    url = "/people/choices"

    def rows(self, user: Any) -> QuerySet[Person]:
        people: QuerySet[Person] = Person.objects.visible_to(user)
        return people.select_related("home_organization")


class PersonField(RowField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(People(), user, **options)


class PeopleField(RowsField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(People(), user, **options)
