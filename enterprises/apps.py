"""The app's place in the project."""

from django.apps import AppConfig

VERBS = {
    "census.apply": "写入普查批次",
    "census.undo": "撤销普查批次",
    "census.cancel": "取消普查批次",
    "census.decide": "核对普查数据",
    "enterprise.register": "新增企业",
    "enterprise.change": "修改企业",
    "enterprise.judge": "认定控股情况",
    "enterprise.claim": "划定统计辖区",
    "enterprise.period": "变更企业状态",
    "enterprise.merge": "合并企业",
    "enterprise.measure": "填报年度数据",
    "coverage.change": "变更覆盖关系",
    "formation.open": "列入应建未建",
    "formation.change": "修改组建计划",
    "formation.prepare": "开始筹建",
    "formation.approve": "批准成立",
    "formation.work": "转为运行",
    "formation.close": "撤并组建计划",
    "enterprise.classify": "企业归类",
    "enterprise.declassify": "终止企业归类",
}


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = "非公企业"

    def ready(self) -> None:
        from core import audit, work
        from enterprises import closing, organization_tab, resources, restoring
        from enterprises import work as enterprise_work
        from enterprises.assigned import covered_by_own_branch, open_enterprises
        from enterprises.classifying import object_to_area
        from enterprises.contacts import setup as contacts
        from enterprises.coverage_import import registration
        from enterprises.formation import handing
        from enterprises.formation import sheets as formation_sheets
        from enterprises.requests import setup as requests
        from enterprises.strength import members_of_covered
        from enterprises.tasks import register_jobs
        from organizations import area_uses, strength, tree
        from organizations.scoping import Reach

        for verb, label in VERBS.items():
            audit.register_verb(verb, label)
        strength.register(members_of_covered)
        register_jobs()
        open_enterprises(Reach.OWN_BRANCH, covered_by_own_branch)
        registration.register()
        restoring.register()
        closing.register()
        tree.follow("enterprises.CoverageBatch", "scope_path")
        resources.register()
        formation_sheets.register_sheet()
        handing.register_work()
        contacts.register()
        requests.register()
        area_uses.register(object_to_area)
        organization_tab.register()
        work.register(enterprise_work.imports)
        work.register(enterprise_work.unsettled)
