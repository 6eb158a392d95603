"""Choosing the committee of a post by typing: all of them, for whoever hands out posts."""

from typing import Any

from core.choices import RowField
from core.dates import today
from organizations.choices import Organizations
from organizations.models import PartyOrganization
from organizations.querysets import OrganizationQuerySet


class OrganizationsOfPosts(Organizations):
    """Names and kinds of committees are all that the security administrator sees of them."""

    url = "/users/organizations"

    def rows(self, user: Any) -> OrganizationQuerySet:
        existing: OrganizationQuerySet = PartyOrganization.objects.for_posts().existing(today())
        return existing if user.has_perm("accounts.grants") else existing.none()


class PostOrganizationField(RowField):
    def __init__(self, user: Any, **options: Any) -> None:
        super().__init__(OrganizationsOfPosts(), user, **options)
