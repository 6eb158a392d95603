"""Choosing enterprises of one's scope by typing."""

from typing import Any

from django.db.models import Q, QuerySet

from core import search
from core.choices import RowField, RowsField
from enterprises.models import Enterprise
from enterprises.querysets import EnterpriseQuerySet


class Enterprises:
    """The whole register within the user's scope."""

    url = "/enterprises/choices"

    def rows(self, user: Any) -> EnterpriseQuerySet:
        seen: EnterpriseQuerySet = Enterprise.objects.visible_to(user)
        return seen

    def by_code(self, rows: EnterpriseQuerySet, code: str) -> EnterpriseQuerySet:
        return rows.filter(Q(uscc=code.upper()) | Q(registration_number=code))

    def search(self, rows: EnterpriseQuerySet, text: str) -> QuerySet[Enterprise]:
        return search.look_up(rows.order_by("pinyin", "id"), text).rows

    def words(self, row: Enterprise) -> str:
        code = row.uscc or row.registration_number
        return f"{row.name}（{code}）" if code else row.name

    def hint(self, row: Enterprise) -> str:
        return row.uscc or row.registration_number or ""


class EnterpriseField(RowField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Enterprises(), user, **options)


class EnterprisesField(RowsField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Enterprises(), user, **options)
