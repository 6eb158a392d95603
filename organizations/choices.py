"""Choosing organizations of one's scope by typing."""

from typing import Any

from core.choices import RowField, RowsField
from core.dates import today
from organizations.models import PartyOrganization
from organizations.querysets import OrganizationQuerySet


class Organizations:
    """Those that exist today; their names and codes are known to whoever may see them."""

    url = "/orgs/choices"

    def rows(self, user: Any) -> OrganizationQuerySet:
        seen: OrganizationQuerySet = PartyOrganization.objects.visible_to(user)
        return seen.existing(today())

    def by_code(self, rows: OrganizationQuerySet, code: str) -> OrganizationQuerySet:
        return rows.filter(code=code)

    def search(self, rows: OrganizationQuerySet, text: str) -> OrganizationQuerySet:
        return rows.search(text)

    def words(self, row: PartyOrganization) -> str:
        return f"{row.name}（{row.code}）"

    def hint(self, row: PartyOrganization) -> str:
        return f"{row.get_kind_display()} {row.code}"


class OrganizationField(RowField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Organizations(), user, **options)


class OrganizationsField(RowsField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(Organizations(), user, **options)
