"""The app's place in the project."""

from django.apps import AppConfig

VERBS = {
    "census.apply": "写入普查批次",
    "census.undo": "撤销普查批次",
}


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = "非公企业"

    def ready(self) -> None:
        from core import audit
        from enterprises.assigned import covered_by_own_branch, open_enterprises
        from organizations.scoping import Reach

        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
        open_enterprises(Reach.OWN_BRANCH, covered_by_own_branch)
