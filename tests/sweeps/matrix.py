"""Every address of the product, what right opens it, and whose row the sweep puts into it.

An address without a row here fails the sweep: who adds a page says who may see it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.sweeps.stage import Stage

OWN, SIBLING, SUPERIOR, OUTSIDER = "own", "sibling", "superior", "outsider"
SECRETARY, GUIDE = "secretary", "guide"
SYSTEM, SECURITY, AUDIT = "system", "security", "audit"
ABOVE = frozenset({OWN, SUPERIOR})
EVERYBODY = frozenset({OWN, SIBLING, SUPERIOR, OUTSIDER, SECRETARY, GUIDE, SYSTEM, SECURITY, AUDIT})


@dataclass(frozen=True)
class Row:
    """`permission` "" means signed in; `seen_by` who finds the row, others get a 404.

    `answers` are the statuses of success. `speaks` tells why a page may name other units.
    """

    permission: str = ""
    kwargs: Callable[[Stage], dict[str, Any]] | None = None
    seen_by: frozenset[str] = EVERYBODY
    method: str = "GET"
    query: str = ""
    data: dict[str, str] = field(default_factory=dict)
    answers: tuple[int, ...] = (200, 302)
    public: bool = False
    speaks: str = ""


def of(name: str, **others: Any) -> Callable[[Stage], dict[str, Any]]:
    """The primary key of one of the eastern township's things."""

    def kwargs(stage: Stage) -> dict[str, Any]:
        thing = getattr(stage.things, name, None) or getattr(stage.world, name)
        return {"pk": thing.pk, **others}

    return kwargs


def key(value: str, name: str = "key") -> Callable[[Stage], dict[str, Any]]:
    return lambda stage: {name: value}


def page(permission: str = "", **more: Any) -> Row:
    return Row(permission, **more)


def post(permission: str = "", **more: Any) -> Row:
    return Row(permission, method="POST", **more)


def thing(name: str, permission: str = "", **more: Any) -> Row:
    """A page about a row of the eastern township."""
    return Row(permission, of(name), **{"seen_by": ABOVE, **more})


MINE = frozenset({OWN})
ADMINISTRATORS = "administrators name people and committees, that is their work"
VIEW, CHANGE = "organizations.view", "organizations.change"
CENSUS, COVERAGE = "enterprises.census", "enterprises.coverage"
USERS, GRANTS, ACCOUNTS = "accounts.users", "accounts.grants", "accounts.view"
REPORTS, LEDGER = "reports.view", "reports.ledger"

MATRIX: dict[str, Row] = {
    "home": page(),
    "csp_report": Row(method="POST", public=True, answers=(204,)),
    "accounts:login": Row(public=True),
    "accounts:setup": Row(public=True, answers=(404,)),
    "accounts:logout": post(),
    "accounts:preferences": page(),
    "accounts:password": page(),
    "accounts:token_create": post(),
    "accounts:token_revoke": post(kwargs=of("token"), seen_by=MINE),
    "accounts:resume": page(),
    "accounts:resume_discard": post(),
    "accounts:user_list": page(ACCOUNTS, speaks=ADMINISTRATORS),
    "accounts:user_create": page(USERS),
    "accounts:user": page(ACCOUNTS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:user_reset": post(USERS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:user_active": page(USERS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:user_unlock": post(GRANTS, kwargs=of("admin_target")),
    "accounts:grant_create": page(GRANTS, kwargs=of("admin_target"), speaks=ADMINISTRATORS),
    "accounts:grant_end": page(
        GRANTS,
        kwargs=lambda stage: {
            "pk": stage.things.admin_target.pk,
            "grant_pk": stage.things.grant.pk,
        },
        speaks=ADMINISTRATORS,
    ),
    "api:enterprise-list": page("enterprises.view"),
    "api:enterprise-detail": thing("joint", "enterprises.view"),
    "api:area-list": page(VIEW),
    "api:area-detail": thing("east", VIEW),
    "api:partyorganization-list": page(VIEW),
    "api:partyorganization-detail": thing("joint_branch", VIEW),
    "api:job-list": page(speaks="the system administrator reads titles of all jobs"),
    "api:job-detail": thing("job", seen_by=MINE | {SYSTEM}, speaks="as the list"),
    "api:coverage": page(REPORTS),
    "api:schema": page(),
    "api:no_such_route": page(answers=(404,)),
    "core:job_list": page(speaks="the system administrator reads titles of all jobs"),
    "core:job_detail": thing("job", seen_by=MINE | {SYSTEM}, speaks="as the list"),
    "core:job_bar": thing("job", seen_by=MINE | {SYSTEM}, speaks="as the list"),
    "core:job_cancel": thing("job", seen_by=MINE | {SYSTEM}, method="POST"),
    "core:job_retry": thing("job", seen_by=MINE | {SYSTEM}, method="POST"),
    "core:job_result": thing("job", seen_by=frozenset()),
    "core:message_list": page(),
    "core:messages_read": post(),
    "core:message": thing("message", seen_by=MINE),
    "core:audit_list": page("core.audit", speaks="the log names whatever was changed"),
    "core:parameter_list": page("core.parameters"),
    "core:draft_save": post(kwargs=key("demo", "form_key")),
    "core:draft_discard": post(kwargs=key("demo", "form_key")),
    "organizations:organization_list": page(VIEW),
    "organizations:organization_tree": page(VIEW),
    "organizations:organization_create": page(CHANGE),
    "organizations:organization": thing("joint_branch", VIEW),
    "organizations:organization_edit": thing("joint_branch", CHANGE),
    "organizations:organization_move": thing("joint_branch", CHANGE),
    "organizations:area_list": page(VIEW),
    "organizations:area_create": page(CHANGE),
    "organizations:area": thing("east", VIEW),
    "organizations:area_edit": thing("east", CHANGE),
    "organizations:area_hand_over": thing("east", CHANGE),
    "organizations:sheet_upload": page(CHANGE, kwargs=key("areas")),
    "organizations:sheet_preview": page(CHANGE, kwargs=key("areas")),
    "organizations:sheet_write": post(CHANGE, kwargs=key("areas"), answers=(404,)),
    "organizations:sheet_template": page(CHANGE, kwargs=key("areas"), query="filled=1"),
    "enterprises:enterprise_detail": thing("joint", "enterprises.view"),
    "enterprises:enterprise_change": thing("joint", "enterprises.change"),
    "enterprises:round_list": page(CENSUS),
    "enterprises:batch_list": page(CENSUS),
    "enterprises:batch_new": page(CENSUS),
    "enterprises:import_template": page(CENSUS, query="filled=1"),
    "enterprises:import_batch": thing("review", CENSUS),
    "enterprises:import_columns": thing("review", CENSUS),
    "enterprises:import_header": thing("review", CENSUS, method="POST"),
    "enterprises:import_review": thing("review", CENSUS),
    "enterprises:import_confirm": thing("review", CENSUS),
    "enterprises:import_receipt": thing("applied", CENSUS),
    "enterprises:import_errors": thing("review", CENSUS),
    "enterprises:import_undo": thing("applied", CENSUS),
    "enterprises:import_cancel": thing("review", CENSUS, method="POST"),
    "enterprises:coverage_upload": page(COVERAGE),
    "enterprises:coverage_template": page(COVERAGE),
    "enterprises:coverage_batch": thing("coverage", COVERAGE),
    "enterprises:coverage_apply": thing("coverage", COVERAGE, method="POST"),
    "enterprises:coverage_undo": thing("coverage", COVERAGE, method="POST"),
    "members:instructor_list": page("members.view"),
    "members:instructor": Row(
        "members.view", of("instructor"), frozenset({SUPERIOR, GUIDE, SIBLING})
    ),
    "reports:enterprise_list": page("enterprises.view"),
    "reports:board": page(REPORTS),
    "reports:board_recompute": post(LEDGER),
    "reports:run_publish": thing(
        "run", LEDGER, method="POST", seen_by=frozenset({SUPERIOR, OUTSIDER})
    ),
    "reports:board_list": page(
        REPORTS,
        kwargs=key("organization_coverage"),
        seen_by=ABOVE,
        query="area={east}&as_of=2026-03-31",
    ),
    "reports:ledger_list": page(REPORTS),
    "reports:ledger": page(REPORTS, kwargs=key("enterprises")),
    "reports:ledger_generate": post(
        LEDGER,
        kwargs=key("enterprises"),
        seen_by=ABOVE,
        data={"area": "{east}", "as_of": "2026-03-31"},
    ),
    "reports:ledger_issue": thing("issue", REPORTS),
    "reports:ledger_file": thing("issue", "reports.export"),
    "reports:ledger_lock": thing("issue", LEDGER, method="POST"),
}


def routes() -> list[str]:
    """The names of all addresses, from the resolver."""
    return sorted(_names(get_resolver().url_patterns))


def _names(patterns: Any, above: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = pattern.namespace
            yield from _names(pattern.url_patterns, f"{above}{space}:" if space else above)
        elif isinstance(pattern, URLPattern):
            yield f"{above}{pattern.name}"


@dataclass(frozen=True)
class Call:
    """What the sweep asks for: an address with its query, and the fields of a post."""

    url: str
    data: dict[str, str]


def present(name: str, stage: Stage) -> Call:
    """The address about a row of the eastern township."""
    row = MATRIX[name]
    if name == "api:no_such_route":
        return Call("/api/v1/nothing", {})
    kwargs = row.kwargs(stage) if row.kwargs else {}
    return _call(name, kwargs, stage.world.east.code)


def absent(name: str, stage: Stage) -> Call:
    """The same address about a row that never was."""
    row = MATRIX[name]
    kwargs = row.kwargs(stage) if row.kwargs else {}
    if "pk" in kwargs:
        is_job = isinstance(kwargs["pk"], UUID)
        kwargs["pk"] = UUID(int=1) if is_job else 987_654_321
    return _call(name, kwargs, "999999999")


def _call(name: str, kwargs: dict[str, Any], east: str) -> Call:
    row = MATRIX[name]
    query = f"?{row.query.format(east=east)}" if row.query else ""
    data = {field: value.format(east=east) for field, value in row.data.items()}
    return Call(reverse(name, kwargs=kwargs) + query, data)
