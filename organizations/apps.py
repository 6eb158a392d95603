"""The app's place in the project."""

from django.apps import AppConfig
from django.db.models import Q


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "党组织"

    def ready(self) -> None:
        from organizations.scoping import Reach, register_assigned

        register_assigned(
            "organizations.PartyOrganization",
            Reach.OWN_BRANCH,
            lambda scope, on: Q(path__in=scope.posts_of(Reach.OWN_BRANCH)),
        )
