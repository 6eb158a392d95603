"""The app's place in the project."""

from django.apps import AppConfig

VERBS = {
    "census.apply": "写入普查批次",
    "census.undo": "撤销普查批次",
    "census.cancel": "取消普查批次",
    "census.decide": "核对普查数据",
    "enterprise.change": "修改企业",
    "enterprise.judge": "认定控股情况",
    "enterprise.claim": "划定统计辖区",
    "enterprise.period": "变更企业状态",
    "enterprise.merge": "合并企业",
    "enterprise.measure": "填报年度数据",
}


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = "非公企业"

    def ready(self) -> None:
        from core import audit, work
        from enterprises import work as enterprise_work
        from enterprises.assigned import covered_by_own_branch, open_enterprises
        from enterprises.coverage_import import registration
        from enterprises.tasks import register_jobs
        from organizations.scoping import Reach

        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
        register_jobs()
        open_enterprises(Reach.OWN_BRANCH, covered_by_own_branch)
        registration.register()
        work.register(enterprise_work.imports)
        work.register(enterprise_work.unsettled)
