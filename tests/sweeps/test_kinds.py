"""Jobs, searches and things of one's own: what lies outside the scope is not there either."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import override_settings
from django.urls import path

from config.urls import urlpatterns as product_urls
from core.jobs import registry, run_now, submit
from core.models import Draft, SavedView
from enterprises.models import Enterprise
from tests.sweeps.conftest import Browser
from tests.sweeps.matrix import MATRIX, present, routes
from tests.sweeps.row import OWN, SIBLING, SUPERIOR
from tests.sweeps.stage import Stage
from tests.sweeps.test_rules import PAGES, list_page
from tests.sweeps.test_scope import text
from tests.world import EAST

# Jobs ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Work:
    """What the western officer would have to ask for to reach an eastern row by this job.

    `own` tells why the job reaches nothing beyond what its submission was allowed to.
    """

    own: str = ""
    params: Callable[[Stage], dict[str, Any]] | None = None


BATCH = "made by a service for a batch that visible_to found; its page asks again"
SHEET = "rows of the owner's own sheet; each finds its object within the owner's scope"
LEDGER = "made for an area that the form found in scope; the file asks for scope again"
EASTERN = {"address": f"/enterprises/?q={EAST}", "purpose": ""}
KINDS = {
    "core.list_export": Work(
        params=lambda stage: {"address": f"/enterprises/?q={EAST}", "purpose": ""}
    ),
    "core.list_bulk": Work(
        params=lambda stage: {
            "address": f"/enterprises/?q={EAST}",
            "action": "judge",
            "answers": "ownership=private&reason=越权",
        }
    ),
    **dict.fromkeys(("census.read", "census.prepare", "census.apply", "census.undo"), Work(BATCH)),
    **dict.fromkeys(
        ("coverage_import.read", "coverage_import.apply", "coverage_import.undo"), Work(BATCH)
    ),
    **dict.fromkeys(("sheets.try", "sheets.write"), Work(SHEET)),
    "ledger.generate": Work(LEDGER),
    "activities.word": Work(params=lambda stage: {"keys": [stage.things.agreed.pk]}),
    "outward.webhook": Work("tells one set-up address that somebody has a message, no rows"),
}
HOW = (
    "say in tests/sweeps/test_kinds.py why the job stays within its owner's scope, or how somebody"
    " else would reach an eastern row by it"
)


def test_every_kind_of_job_is_known_to_the_sweep() -> None:
    """Those of the night belong to the system: nobody owns their result."""
    known = {key: kind for key, kind in registry._kinds.items() if not key.startswith("test.")}
    asked_for = {key for key, kind in known.items() if not kind.nightly}
    assert asked_for == KINDS.keys(), HOW


@pytest.mark.parametrize("key", [key for key, work in KINDS.items() if work.params])
def test_a_job_reaches_no_row_beyond_its_owner(stage: Stage, browser: Browser, key: str) -> None:
    officer, params = stage.world.west_officer, KINDS[key].params
    assert params is not None
    before = Enterprise.objects.get(pk=stage.world.joint.pk).version

    job = submit(key, owner=officer, params=params(stage), bell_rings=False)
    run_now(job)
    job.refresh_from_db()

    assert job.is_final
    assert Enterprise.objects.get(pk=stage.world.joint.pk).version == before
    answer = browser(SIBLING).get(f"/jobs/{job.pk}/result")
    if job.result_file:
        assert answer.status_code == 200
        assert f"{EAST}茶业" not in text(answer)
    assert browser(OWN).get(f"/jobs/{job.pk}/result").status_code == 404


def test_the_owner_finds_the_rows_by_the_same_job(stage: Stage, browser: Browser) -> None:
    """The negative control: within scope the file does hold them."""
    params = {"address": f"/enterprises/?q={EAST}", "purpose": ""}
    job = submit(
        "core.list_export", owner=stage.world.east_officer, params=params, bell_rings=False
    )
    run_now(job)

    assert f"{EAST}茶业" in text(browser(OWN).get(f"/jobs/{job.pk}/result"))


# Search -------------------------------------------------------------------------------------


def test_no_list_finds_a_foreign_row_by_its_words(stage: Stage, browser: Browser) -> None:
    client, asked = browser(SIBLING), 0
    for name in PAGES:
        url = present(name, stage).url
        view = list_page(url)
        user: Any = client.user  # type: ignore[attr-defined]
        if view is None or not view.search_placeholder or not user.has_perm(view.permission):
            continue
        if "?" in url or MATRIX[name].speaks:
            continue
        for word in ("茶业", "联合党支部", stage.world.joint.uscc, stage.world.joint_branch.code):
            assert EAST not in text(client.get(url, {"q": word or ""})), name
            asked += 1
    assert asked >= 12


# One's own ----------------------------------------------------------------------------------


def test_a_view_shared_in_one_unit_is_not_seen_in_another(stage: Stage, browser: Browser) -> None:
    view = SavedView.objects.get(name=f"{EAST}视图")
    assert f"{EAST}视图" in text(browser(OWN).get("/enterprises/"))

    sibling = browser(SIBLING)
    assert EAST not in text(sibling.get("/enterprises/"))
    for tool in ("view_rename", "view_delete"):
        sibling.post(f"/enterprises/?view={view.pk}", {"do": tool, "view": view.pk, "name": "夺"})
    view.refresh_from_db()
    assert view.name == f"{EAST}视图"


def test_a_draft_is_its_authors_alone(stage: Stage, browser: Browser) -> None:
    Draft.objects.create(owner=stage.world.east_officer, form_key="demo", payload={"name": EAST})

    browser(SIBLING).post("/drafts/demo/discard")
    browser(SIBLING).post("/drafts/demo", {"name": "别人的"})
    assert Draft.objects.get(owner=stage.world.east_officer).payload == {"name": EAST}


# Negative control ---------------------------------------------------------------------------


def forgetful(request: Any) -> Any:
    """A page that forgot the scope."""
    from django.http import HttpResponse

    return HttpResponse("".join(f"<p>{one.name}</p>" for one in Enterprise.objects.all()))


urlpatterns = [*product_urls, path("forgetful", forgetful, name="forgetful")]


@override_settings(ROOT_URLCONF=__name__)
def test_a_new_page_without_a_line_is_noticed() -> None:
    assert "forgetful" in set(routes()) - set(MATRIX)


@override_settings(ROOT_URLCONF=__name__)
def test_a_new_page_that_forgot_the_scope_is_caught(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.sweeps import test_scope
    from tests.sweeps.row import page

    monkeypatch.setitem(MATRIX, "forgetful", page("enterprises.view"))

    for part in (SIBLING, OWN, SUPERIOR):
        with pytest.raises(AssertionError, match=r"assert \[.+\] == \[\]"):
            test_scope.gets_its_own_answer(stage, browser(part), "forgetful", part)
