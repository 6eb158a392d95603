"""The roles of the product: one table of role, permissions, kind of scope and Chinese name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from organizations.scoping import Scope


@dataclass(frozen=True)
class Role:
    """`subtree` roles see the rows of a committee's subtree, others only what is assigned."""

    key: str
    label: str
    permissions: frozenset[str]
    subtree: bool = True
    business: bool = True


VIEW = frozenset(
    {
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
    "reports.ledger",
}
ROLES = (
    Role("county_clerk", "县级经办", OFFICER | {"enterprises.round", "organizations.change"}),
    Role("organizer", "乡镇园区组织员", OFFICER),
    Role("branch_secretary", "党支部书记", VIEW - {"reports.export"}, subtree=False),
    Role("instructor", "党建指导员", VIEW - {"reports.export"}, subtree=False),
    Role("leader", "领导", VIEW),
    Role(
        "business_administrator",
        "业务管理员",
        OFFICER | {"enterprises.round", "organizations.change", "core.parameters"},
    ),
    Role("system_administrator", "系统管理员", frozenset({"accounts.users"}), business=False),
    Role("security_administrator", "安全管理员", frozenset({"accounts.grants"}), business=False),
    Role("audit_administrator", "审计管理员", frozenset({"core.audit"}), business=False),
)
_BY_KEY = {role.key: role for role in ROLES}
CHOICES = [(role.key, role.label) for role in ROLES]


class Grant(Protocol):
    role: str

    @property
    def organization(self) -> "Placed | None": ...


class Placed(Protocol):
    path: str


def role(key: str) -> Role:
    return _BY_KEY[key]


def permissions(key: str) -> frozenset[str]:
    return _BY_KEY[key].permissions


def scope_of(user_id: int, grants: Iterable[Grant]) -> Scope:
    """The union of today's grants; administrators of the system see no business rows."""
    subtrees, assigned = [], []
    for grant in grants:
        if not role(grant.role).business or grant.organization is None:
            continue
        (subtrees if role(grant.role).subtree else assigned).append(grant.organization.path)
    return Scope(tuple(subtrees), tuple(assigned), user_id)
