"""Choosing a member on the rosters by typing."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from core.choices import RowField, code_in
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

    def why_not(self, user: Any, text: str) -> str:
        """Of a member within the scope: that he is on no roster any more."""
        seen = PartyMember.objects.visible_to(user).select_related("person")
        found = self.by_code(seen, code_in(text)) or seen.filter(person__name=text).order_by("pk")
        member = found.first()
        if member is None:
            return ""
        return f"{member}的党籍状态是“{member.get_standing_display()}”，须为在册党员。"


class MemberField(RowField):
    name: ClassVar[str] = "person__name"

    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Members(), user, **options)
