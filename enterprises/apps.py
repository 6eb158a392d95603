"""The app's place in the project."""

from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = "非公企业"

    def ready(self) -> None:
        from enterprises.assigned import covered_by_own_branch, open_enterprises
        from organizations.scoping import Reach

        open_enterprises(Reach.OWN_BRANCH, covered_by_own_branch)
