"""The kinds of activities as the product brings them, put into the table where it is empty."""

from typing import Any

from django.db import connections

from activities.models import ActivityKind, Circle, Voters

_KINDS: tuple[tuple[str, str, Circle, Voters, str], ...] = (
    (
        "member_meeting",
        "支部党员大会",
        Circle.BRANCH,
        Voters.MEMBERS,
        "学习传达上级会议精神\n讨论接收预备党员\n讨论预备党员转正\n听取支部委员会工作报告\n选举支部委员会",
    ),
    (
        "committee_meeting",
        "支委会",
        Circle.COMMITTEE,
        Voters.COMMITTEE,
        "研究支部本月工作\n研究发展党员工作\n研究党费收缴使用\n研究组织生活会方案",
    ),
    (
        "group_meeting",
        "党小组会",
        Circle.GROUP,
        Voters.NOBODY,
        "组织党员学习\n交流思想汇报\n开展批评和自我批评",
    ),
    (
        "lecture",
        "党课",
        Circle.BRANCH,
        Voters.NOBODY,
        "书记讲党课\n党的创新理论学习\n党章党规党纪学习",
    ),
    (
        "theme_day",
        "主题党日",
        Circle.BRANCH,
        Voters.NOBODY,
        "交纳党费、重温入党誓词\n集体学习\n志愿服务进社区\n为企业发展献一策",
    ),
    (
        "life_meeting",
        "组织生活会",
        Circle.BRANCH,
        Voters.NOBODY,
        "班子对照检查\n党员开展批评和自我批评",
    ),
    ("appraisal", "民主评议党员", Circle.BRANCH, Voters.MEMBERS, "个人自评、党员互评、民主测评"),
    ("talk", "谈心谈话", Circle.OPEN, Voters.NOBODY, "支部委员之间谈心\n支部委员与党员谈心"),
    ("training", "教育培训", Circle.BRANCH, Voters.NOBODY, "党员集中培训"),
    ("volunteering", "志愿服务", Circle.BRANCH, Voters.NOBODY, "志愿服务活动"),
    ("joint_meeting", "联席会议", Circle.OPEN, Voters.NOBODY, "通报季度工作、研究重点任务"),
    ("three_links", "三联三会", Circle.OPEN, Voters.NOBODY, "党企联席\n党群联席\n党企恳谈"),
    ("open_talk", "恳谈会", Circle.OPEN, Voters.NOBODY, "听取职工意见建议"),
    ("other", "其他活动", Circle.OPEN, Voters.NOBODY, ""),
)


GIVE_HOURS = frozenset({"lecture", "training"})


def after_migrate(*, using: str = "default", **_: Any) -> None:
    """Runs after each migration, as the owner; a county's own table is left alone."""
    present = connections[using].introspection.table_names()
    if ActivityKind._meta.db_table not in present:
        return
    ensure_shipped(using)


def ensure_shipped(using: str = "default") -> None:
    rows = ActivityKind.objects.using(using)
    if rows.exists():
        return
    rows.bulk_create(
        ActivityKind(
            key=key,
            name=name,
            official_order=10 * place,
            circle=circle,
            voters=voters,
            topics=topics,
            gives_hours=key in GIVE_HOURS,
        )
        for place, (key, name, circle, voters, topics) in enumerate(_KINDS, 1)
    )
