"""The roles of the product: one table of role, permissions, kind of scope and Chinese name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from organizations.scoping import Post, Reach, Scope


@dataclass(frozen=True)
class Role:
    key: str
    label: str
    permissions: frozenset[str]
    reach: Reach = Reach.SUBTREE

    @property
    def is_administrator(self) -> bool:
        """One of the three that run the system and see no business rows."""
        return self.reach == Reach.NOTHING


LABELS = {
    "organizations.view": "查看党组织和辖区",
    "organizations.change": "维护党组织和辖区",
    "organizations.review": "审批下级换届请示",
    "organizations.election": "办理换届",
    "organizations.sites": "维护阵地、示范点，评定下级，立项和核验整改",
    "organizations.rate": "自评和报送整改",
    "organizations.schemes": "维护评定办法",
    "enterprises.view": "查看企业库",
    "enterprises.change": "修改企业",
    "enterprises.census": "导入普查名单",
    "enterprises.coverage": "维护党组织覆盖",
    "enterprises.formation": "拟定和推进组建计划",
    "enterprises.round": "开启普查年度",
    "enterprises.contacts": "安排领导联系点和登记走访",
    "enterprises.requests": "受理、交办和办结企业诉求",
    "enterprises.raise": "登记企业诉求和回访确认",
    "members.view": "查看指导员和人员",
    "members.posts": "维护班子任职",
    "members.instructors": "维护指导员和选派",
    "members.visits": "登记指导员走访",
    "members.change": "维护党员和组织关系",
    "members.development": "登记发展党员步骤",
    "members.approve": "预审、审批发展党员和下达计划",
    "members.dues": "收缴党费、核定基数和申请少交免交",
    "activities.view": "查看组织生活",
    "activities.record": "登记组织生活",
    "activities.review": "审核组织生活",
    "reports.view": "查看看板和台账",
    "reports.export": "导出台账",
    "reports.ledger": "生成和锁定台账",
    "reports.burden": "查看基层负担",
    "core.parameters": "维护口径参数",
    "core.reveal": "查看联系电话等原值",
    "core.jobs": "查看全部任务",
    "core.audit": "查看操作日志",
    "accounts.view": "查看账号",
    "accounts.users": "新建、停用账号和重置密码",
    "accounts.grants": "授权和解除锁定",
    "accounts.appoint": "给下级授权",
    "accounts.posts": "终止任职和交接工作",
    "accounts.propose": "提出双人办理事项",
    "accounts.confirm": "复核双人办理事项",
}
VIEW = frozenset(
    {
        "activities.view",
        "organizations.view",
        "enterprises.view",
        "members.view",
        "reports.view",
        "reports.export",
    }
)
OFFICER = VIEW | {
    "enterprises.change",
    "enterprises.census",
    "enterprises.coverage",
    "enterprises.formation",
    "enterprises.contacts",
    "enterprises.requests",
    "enterprises.raise",
    "reports.ledger",
    "reports.burden",
    "core.reveal",  # phones of the enterprises in scope, with a reason, logged
    "organizations.election",
    "organizations.review",
    "organizations.sites",
    "organizations.rate",
    "members.posts",
    "members.change",
    "members.development",
    "members.approve",
    "members.dues",
    "members.instructors",
    "members.visits",
    "activities.record",
    "activities.review",
}
# Posts below the own one.
APPOINT = frozenset({"accounts.view", "accounts.appoint", "accounts.posts"})
PAIRED = frozenset({"accounts.propose", "accounts.confirm"})
ROLES = (
    Role(
        "county_clerk",
        "县级经办",
        OFFICER | APPOINT | {"enterprises.round", "organizations.change"},
    ),
    Role("organizer", "乡镇园区组织员", OFFICER | APPOINT),
    Role(
        "branch_secretary",
        "党支部书记",
        (VIEW - {"reports.export"})
        | {
            "organizations.election",
            "organizations.rate",
            "members.posts",
            "members.change",
            "members.development",
            "members.dues",
            "enterprises.raise",
            "activities.record",
        },
        Reach.OWN_BRANCH,
    ),
    Role(
        "instructor",
        "党建指导员",
        (VIEW - {"reports.export", "activities.view"}) | {"enterprises.raise", "members.visits"},
        Reach.INSTRUCTOR,
    ),
    Role("leader", "领导", VIEW | {"reports.burden"}),
    Role(
        "business_administrator",
        "业务管理员",
        OFFICER
        | APPOINT
        | {
            "enterprises.round",
            "organizations.change",
            "organizations.schemes",
            "core.parameters",
        },
    ),
    Role(
        "system_administrator",
        "系统管理员",
        PAIRED | {"accounts.view", "accounts.users", "core.jobs"},
        Reach.NOTHING,
    ),
    Role(
        "security_administrator",
        "安全管理员",
        PAIRED | {"accounts.view", "accounts.grants", "accounts.posts"},
        Reach.NOTHING,
    ),
    Role(
        "audit_administrator",
        "审计管理员",
        frozenset({"accounts.view", "accounts.confirm", "core.audit"}),
        Reach.NOTHING,
    ),
)
_BY_KEY = {role.key: role for role in ROLES}
CHOICES = [(role.key, role.label) for role in ROLES]
BUSINESS = [(role.key, role.label) for role in ROLES if not role.is_administrator]
ADMINISTRATORS = tuple(role.key for role in ROLES if role.is_administrator)


class Grant(Protocol):
    role: str

    @property
    def organization(self) -> "Placed | None": ...


class Placed(Protocol):
    path: str


def role(key: str) -> Role:
    return _BY_KEY[key]


def below(grants: Iterable[Grant]) -> list[tuple[str, str]]:
    """Business roles with fewer permissions than one of the posts, as choices."""
    own = [permissions(grant.role) for grant in grants]
    return [(key, label) for key, label in BUSINESS if any(permissions(key) < one for one in own)]


def describe(key: str) -> list[str]:
    """What a role may do, in words."""
    return [label for name, label in LABELS.items() if name in permissions(key)]


def permissions(key: str) -> frozenset[str]:
    return _BY_KEY[key].permissions


def scope_of(user_id: int, grants: Iterable[Grant]) -> Scope:
    """The union of today's grants; administrators of the system see no business rows."""
    subtrees: list[str] = []
    posts: list[Post] = []
    for grant in grants:
        reach = role(grant.role).reach
        if reach == Reach.NOTHING or grant.organization is None:
            continue
        if reach == Reach.SUBTREE:
            subtrees.append(grant.organization.path)
        else:
            posts.append(Post(reach, grant.organization.path))
    return Scope(tuple(subtrees), tuple(posts), user_id)
