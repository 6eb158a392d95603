"""The app's place in the project."""

from django.apps import AppConfig
from django.db.models import Q

VERBS = {
    "organization.form": "成立党组织",
    "organization.move": "调整党组织隶属",
    "organization.merge": "合并党组织",
    "organization.split": "分设党组织",
    "organization.rename": "党组织更名",
    "organization.upgrade": "调整党组织类别",
    "organization.abolish": "撤销党组织",
    "organization.restore": "恢复党组织",
    "organization.guide": "设定双重管理",
    "organization.unguide": "结束双重管理",
    "organization.change": "更正党组织信息",
    "organization.withdraw": "撤回党组织变动",
    "area.establish": "新增辖区",
    "area.change": "修改辖区",
    "area.hand_over": "变更责任党组织",
}
WORDS = {
    "committee": "责任党组织",
    "kept": "保留本组织",
    "on": "生效日期",
    "organization": "党组织",
    "organizations": "党组织",
    "responsible": "责任人",
}


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "党组织"

    def ready(self) -> None:
        from core import audit, jobs, readable
        from organizations import bodies, holds, own_tabs, resources, restoring, site_setup, tree
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
        readable.register_words("organizations", **WORDS)
        readable.register_words("organizations.termelection", kind="步骤")
        resources.register()
        holds.register()
        tree.follow("core.Job", "scope_path")
        tree.follow("core.SavedView", "scope_path")
        own_tabs.register()
        restoring.register()
        bodies.register()
        site_setup.register(self)
        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
