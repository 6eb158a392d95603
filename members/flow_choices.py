"""Choosing a member on the rosters by typing."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from core.choices import RowField
from core.text import fold, key_of
from members.models import PartyMember

MARK = "党员"


class Members:
    """Members within the scope who have not left; two of one name differ by their number."""

    url = "/members/choices"

    def rows(self, user: Any) -> QuerySet[PartyMember]:
        seen: QuerySet[PartyMember] = PartyMember.objects.visible_to(user).active()
        return seen.select_related("person__home_organization")

    def by_code(self, rows: QuerySet[PartyMember], code: str) -> QuerySet[PartyMember]:
        key = key_of(code.removeprefix(MARK)) if code.startswith(MARK) else None
        return rows.filter(pk=key) if key is not None else rows.none()

    def search(self, rows: QuerySet[PartyMember], text: str) -> QuerySet[PartyMember]:
        word = fold(text)
        key = word.lower().replace(" ", "")
        found = Q(person__name__contains=word) | Q(person__search_key__contains=key)
        return rows.filter(found).order_by("person__search_key", "pk")

    def words(self, row: PartyMember) -> str:
        return f"{row.person.name}（{MARK}{row.pk}）"

    def hint(self, row: PartyMember) -> str:
        return str(row.person.home_organization)


class MemberField(RowField):
    name: ClassVar[str] = "person__name"

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Members(), user, **options)
