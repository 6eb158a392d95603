"""Hangs sites, ratings and rectifications into log, work page, tree and sheets."""

from typing import Any

from django.db.models.signals import post_migrate

from core import audit, deadlines
from organizations import handing, site_facts, site_holds, site_resources, site_tab, standards

VERBS = {
    "site.open": "新增阵地",
    "site.change": "修改阵地",
    "site.close": "停用阵地",
    "site.check": "检查阵地",
    "centre.open": "新增党群服务中心",
    "centre.change": "修改党群服务中心",
    "demonstration.award": "命名示范点",
    "demonstration.change": "修改示范点",
    "demonstration.withdraw": "撤销示范点",
    "rating.start": "开展评定",
    "rating.save": "保存自评",
    "rating.submit": "提交自评",
    "rating.return": "退回评定",
    "rating.confirm": "完成评定",
    "rating.withdraw": "取消评定",
    "rectification.open": "列入整改",
    "rectification.report": "报送整改",
    "rectification.verify": "核验整改",
    "rectification.return": "退回整改",
    "rectification.hand_over": "交接整改",
    "scheme.enter": "新增评定办法",
    "scheme.change": "修改评定办法",
}


def register(app: Any) -> None:
    """Called from AppConfig.ready."""
    for verb, label in VERBS.items():
        audit.register_verb(verb, label)
    deadlines.register("sites", "阵地整改和示范点复核", site_facts.deadlines)
    site_facts.open_to_own_branch()
    site_holds.register()
    site_resources.register()
    site_tab.register()
    handing.register_work()
    post_migrate.connect(
        standards.after_migrate, sender=app, dispatch_uid="organizations.standards"
    )
