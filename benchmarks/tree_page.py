"""The tree page over 3,000 organizations: whole answers, and how many statements each needs."""

from collections.abc import Callable
from typing import Any

from benchmarks.pages import answers
from organizations.models import PartyOrganization


def pages() -> dict[str, Any]:
    low = PartyOrganization.objects.get(code="B2-999")
    return answers(
        {
            "first page": "/orgs/",
            "a branch among 1,000": f"/orgs/?at={low.pk}",
            "of a past day": f"/orgs/?at={low.pk}&on=2025-12-31",
            "search": "/orgs/?q=党组织B1-99",
        }
    )


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {"tree_page": lambda _: pages}
