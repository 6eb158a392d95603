"""The edition of 2014 as the product brings it, put into the tables where there is none."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connections

from members.models import DevelopmentRules, Phase, StepRule

A, T, C, M, P = Phase

NAME = "中国共产党发展党员工作细则（2014年）"
DOCUMENT = "中共中央办公厅2014年5月28日印发的《中国共产党发展党员工作细则》"
SINCE = date(2014, 5, 28)
FACTS: dict[str, Any] = {
    "least_age": 18,
    "youth_age": 28,
    "training_days": Decimal(3),
    "training_hours": 24,
    "least_extension": 6,
    "most_extension": 12,
}


def _step(phase: Phase, code: str, label: str, doer: str, rule: str = "", **facts: Any) -> Any:
    return {"phase": phase, "code": code, "label": label, "doer": doer, "rule": rule, **facts}


STEPS: tuple[dict[str, Any], ...] = (
    _step(
        A,
        "application",
        "递交入党申请书",
        "申请人",
        "年满十八岁，向工作、学习所在单位党组织提出；没有党组织的，向居住地或单位所在地党组织提出",
        papers=["入党申请书"],
    ),
    _step(
        A,
        "first_talk",
        "党组织派人谈话",
        "党支部",
        "收到入党申请书后一个月内",
        since="application",
        most_months=1,
        papers=["谈话记录"],
    ),
    _step(
        T,
        "activist",
        "推荐和确定入党积极分子",
        "支部委员会或党员大会",
        "采取党员推荐、群团组织推优等方式产生人选",
        papers=["推荐（推优）材料", "支部委员会或党员大会记录"],
    ),
    _step(
        T,
        "activist_filed",
        "上级党委备案",
        "基层党委",
        "报上级党委备案",
        by_committee=True,
        papers=["备案表"],
    ),
    _step(
        T, "contacts", "指定培养联系人", "党支部", "一至二名正式党员", least_people=1, most_people=2
    ),
    _step(
        T,
        "review",
        "培养教育考察",
        "党支部",
        "每半年考察一次",
        every_months=6,
        papers=["培养教育考察登记表"],
    ),
    _step(
        C,
        "candidate",
        "确定发展对象",
        "支部委员会",
        "经过一年以上培养教育和考察，听取党小组、培养联系人、党员和群众意见，支部委员会讨论同意",
        since="activist",
        least_months=12,
        papers=["支部委员会记录", "思想汇报", "自传"],
    ),
    _step(
        C,
        "candidate_filed",
        "报上级党委备案",
        "基层党委",
        "报上级党委备案后，可列为发展对象",
        by_committee=True,
        papers=["发展对象备案表"],
    ),
    _step(
        C,
        "sponsors",
        "确定入党介绍人",
        "党支部",
        "两名正式党员；受留党察看处分、尚未恢复党员权利的，不能作入党介绍人",
        least_people=2,
        most_people=2,
    ),
    _step(
        C,
        "vetting",
        "进行政治审查",
        "党支部",
        "凡是未经政治审查或政治审查不合格的，不能发展入党",
        papers=["政治审查材料"],
    ),
    _step(
        C,
        "training",
        "开展集中培训",
        "基层党委或县级党委组织部门",
        "培训时间一般不少于三天或不少于二十四个学时，除个别特殊情况外，未经培训的不能发展入党",
        by_committee=True,
        papers=["培训结业证明"],
    ),
    _step(
        M,
        "committee_check",
        "支部委员会审查",
        "支部委员会",
        "集体讨论认为合格后，报具有审批权限的基层党委预审",
        papers=["支部委员会审查记录"],
    ),
    _step(
        M,
        "preview",
        "上级党委预审",
        "基层党委",
        "审查条件、培养教育情况等，以书面形式通知党支部；三个月内将离开工作、学习单位的，一般不办理接收",
        by_committee=True,
        papers=["预审意见"],
    ),
    _step(M, "form", "填写入党志愿书", "发展对象", "预审合格后发给", papers=["入党志愿书"]),
    _step(
        M,
        "meeting",
        "支部大会讨论",
        "党员大会",
        "赞成人数超过应到会有表决权的正式党员的半数，才能通过；两名以上的逐个讨论和表决",
        has_vote=True,
        papers=["支部大会决议", "票决情况"],
    ),
    _step(
        M,
        "talk",
        "上级党委派人谈话",
        "党委委员或组织员",
        "审批前，指派党委委员或组织员谈话",
        by_committee=True,
        papers=["谈话情况和意见"],
    ),
    _step(
        M,
        "approval",
        "上级党委审批",
        "基层党委",
        "党委会集体讨论和表决，三个月内审批，特殊情况不超过六个月；党总支不能审批",
        by_committee=True,
        since="meeting",
        most_months=3,
        special_months=6,
        papers=["审批意见"],
    ),
    _step(
        M,
        "approval_filed",
        "再上一级党委组织部门备案",
        "基层党委",
        "报上级党委组织部门备案",
        by_committee=True,
        papers=["备案表"],
    ),
    _step(P, "assigned", "编入党支部和党小组", "党支部", "及时编入党支部和党小组"),
    _step(P, "oath", "入党宣誓", "基层党委或党支部", "面向党旗进行入党宣誓"),
    _step(
        P,
        "probation",
        "继续教育考察",
        "党支部",
        "预备期为一年，从支部大会通过之日算起",
        since="meeting",
        every_months=6,
        papers=["预备党员教育考察登记表"],
    ),
    _step(
        P,
        "confirmation_request",
        "提出转正申请",
        "预备党员",
        "预备期满时，主动向党支部提出书面转正申请",
        since="meeting",
        most_months=12,
        papers=["转正申请书"],
    ),
    _step(
        P,
        "discussion",
        "支部大会讨论",
        "党员大会",
        "预备期满及时讨论：按期转正，或延长一次预备期（不少于半年、不超过一年），或取消预备党员资格",
        since="meeting",
        least_months=12,
        has_vote=True,
        papers=["支部大会决议", "票决情况"],
    ),
    _step(
        P,
        "confirmation",
        "上级党委审批",
        "基层党委",
        "三个月内审批",
        by_committee=True,
        since="discussion",
        most_months=3,
        papers=["审批意见"],
    ),
    _step(
        P,
        "archived",
        "材料归档",
        "基层党委或县级党委组织部门",
        "入党志愿书、申请书、政治审查材料、转正申请书和培养教育考察材料存入人事档案或由党委保存",
        by_committee=True,
        papers=["归档目录"],
    ),
)


def ensure_shipped(using: str = "default") -> None:
    """Enter the edition where the county has no rules at all."""
    if DevelopmentRules.objects.using(using).exists():
        return
    rules = DevelopmentRules.objects.using(using).create(
        name=NAME, document=DOCUMENT, valid_from=SINCE, **FACTS
    )
    StepRule.objects.using(using).bulk_create(
        StepRule(rules=rules, number=number, **facts) for number, facts in enumerate(STEPS, 1)
    )


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """A signal's receiver; while an older state of the schema is made there is nothing to do."""
    tables = connections[using].introspection.table_names()
    if StepRule._meta.db_table in tables:
        ensure_shipped(using)
