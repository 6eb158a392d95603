"""A tree of 3,000 organizations: moving and closing the committee of a thousand of them."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.dates import today
from core.models import Job
from organizations import services, tree
from organizations.closing import Homes
from organizations.models import OrganizationKind, PartyOrganization

GROUPS, BRANCHES = 3, 1000
SINCE = date(2020, 1, 1)
DOCUMENT = "县工委〔2026〕1号"


def _body(code: str, kind: str) -> PartyOrganization:
    return PartyOrganization(code=code, name=f"党组织{code}", kind=kind, established_on=SINCE)


def _plant(argument: str) -> Callable[[], Any]:
    """A county committee, three committees, a thousand branches each and a job of every branch."""

    def work() -> dict[str, int]:
        top = _body("TOP", OrganizationKind.WORK_COMMITTEE)
        groups = [_body(f"G{n}", OrganizationKind.COMMITTEE) for n in range(GROUPS)]
        tree.plant([(top, None), *((group, top) for group in groups)])
        branches = [
            (_body(f"B{n}-{m}", OrganizationKind.BRANCH), groups[n])
            for n in range(GROUPS)
            for m in range(BRANCHES)
        ]
        tree.plant(branches)
        tree.check_places()
        Job.objects.bulk_create(
            Job(kind="bench", title="任务", idempotency_key=one.code, scope_path=one.path)
            for one, _ in branches
        )
        return {"organizations": PartyOrganization.objects.count()}

    return work


def _act(service: Callable[..., Any], **arguments: str) -> dict[str, Any]:
    """The first committee is moved below the second, or closed in its favour."""
    bodies = PartyOrganization.objects.in_bulk(["G0", "G1"], field_name="code")
    with CaptureQueriesContext(connection) as statements:
        service(
            actor=None,
            organization=bodies["G0"],
            on=today(),
            document=DOCUMENT,
            **{name: bodies[code] for name, code in arguments.items()},
        )
    below = PartyOrganization.objects.subtree_of(PartyOrganization.objects.get(code="G1").path)
    return {"below": below.count(), "statements": len(statements), "left": tree.refresh_paths()}


def _close(**arguments: Any) -> None:
    heir = arguments.pop("heir")
    services.close_organization(homes=Homes(everything=heir), **arguments)


def _refuse(argument: str) -> Callable[[], Any]:
    """A circle: the county committee below one of its own branches."""

    def work() -> dict[str, str]:
        bodies = PartyOrganization.objects.in_bulk(["TOP", "B0-0"], field_name="code")
        try:
            services.move_organization(
                actor=None,
                organization=bodies["TOP"],
                parent=bodies["B0-0"],
                on=today(),
                document=DOCUMENT,
            )
        except ValidationError as problem:
            return {"said": problem.messages[0]}
        return {"said": ""}

    return work


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "tree_plant": _plant,
    "tree_move": lambda argument: partial(_act, services.move_organization, parent="G1"),
    "tree_close": lambda argument: partial(_act, _close, heir="G1"),
    "tree_circle": _refuse,
}
