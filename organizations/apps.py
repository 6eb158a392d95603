"""The app's place in the project."""

from django.apps import AppConfig
from django.db.models import Q

VERBS = {
    "organization.form": "成立党组织",
    "organization.move": "变更隶属关系",
    "organization.change": "修改党组织",
    "area.establish": "新增辖区",
    "area.change": "修改辖区",
    "area.hand_over": "变更责任党组织",
}


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "党组织"

    def ready(self) -> None:
        from core import audit, jobs
        from organizations import resources
        from organizations.scoping import Reach, register_assigned
        from organizations.services import refresh_today

        register_assigned(
            "organizations.PartyOrganization",
            Reach.OWN_BRANCH,
            lambda scope, on: Q(path__in=scope.posts_of(Reach.OWN_BRANCH)),
        )
        jobs.register(
            "organizations.today",
            "更新当日隶属关系",
            "short",
            run=lambda run: refresh_today(),
            nightly=True,
        )
        resources.register()
        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
