"""Rules of every address: posts need tokens, reading changes nothing, Chinese, no numbers."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.urls import resolve

from core.backups.database import fingerprints
from core.listing import ListPage
from core.models import AuditEntry
from organizations.scoping import ScopedQuerySet
from tests.sweeps.conftest import Browser
from tests.sweeps.matrix import MATRIX, present
from tests.sweeps.row import AUDIT, OWN, SECURITY, SIBLING, SUPERIOR, SYSTEM, Row
from tests.sweeps.stage import PHONE, Stage
from tests.sweeps.test_scope import numbers, text
from tests.world import ABROAD, EAST, PARK, WEST

NAMES = sorted(MATRIX)
PAGES = [name for name in NAMES if MATRIX[name].method == "GET" and not name.startswith("api:")]


def reader(row: Row) -> str:
    """Somebody who may open the page and finds the row."""
    if row.permission.startswith("accounts."):
        by_right = {
            "accounts.grants": SECURITY,
            "accounts.posts": SECURITY,
            "accounts.appoint": OWN,
        }
        return by_right.get(row.permission, SYSTEM)
    if row.permission == "core.audit":
        return AUDIT
    if row.permission == "core.parameters":
        return SIBLING  # refused: no part of the sweep holds it
    return OWN if row.seen_by & {OWN} and row.permission != "organizations.change" else SUPERIOR


# Forged posts --------------------------------------------------------------------------------

# Browsers send reports about broken pages by themselves and without a token.
WITHOUT_TOKEN = {"csp_report"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITHOUT_TOKEN])
def test_a_post_without_the_token_is_refused(stage: Stage, browser: Browser, name: str) -> None:
    client = browser(reader(MATRIX[name]), enforce_csrf_checks=True)

    answer = client.post(present(name, stage).url, {})

    assert answer.status_code in {403, 405}


def test_the_refusal_is_about_the_token(stage: Stage, browser: Browser) -> None:
    """The negative control: with its token the same post is taken."""
    client = browser(OWN, enforce_csrf_checks=True)
    page = client.get("/account").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found

    fields = {"density": "compact", "csrfmiddlewaretoken": found[1]}
    assert client.post("/account", fields).status_code == 302


# Reading ---------------------------------------------------------------------------------------

# Opening a message is reading it; fetching a ledger is an act that the log must hold.
LEAVES_A_TRACE = {
    "core:message": {"core_message"},
    "reports:ledger_file": {"core_auditentry"},
}
OF_THE_SESSION = {"accounts_usersession"}
# Shows what an act would do by doing it and rolling it back.
TRIES_OUT = {"enterprises:import_undo"}


def rows_written() -> dict[str, Any]:
    """How many rows of each table this transaction has written so far, triggers included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def rows_as_they_are() -> dict[str, Any]:
    return dict(fingerprints(connection.connection))


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages that a test of this module has fetched."""
    return {}


def fetch(stage: Stage, browser: Browser, name: str) -> str:
    answer = browser(reader(MATRIX[name])).get(present(name, stage).url)
    text(answer)  # files are read to their end
    return html(answer)


@pytest.mark.parametrize("name", PAGES)
def test_reading_changes_no_row(
    stage: Stage, browser: Browser, pages: dict[str, str], name: str
) -> None:
    look = rows_as_they_are if name in TRIES_OUT else rows_written
    before = look()

    pages[name] = fetch(stage, browser, name)

    after = look()
    changed = {table for table in after if after[table] != before[table]}
    assert changed - OF_THE_SESSION == LEAVES_A_TRACE.get(name, set())


def test_a_row_written_while_reading_would_be_noticed(stage: Stage) -> None:
    """The negative control: even a row that is written as it was."""
    before = rows_written()

    stage.world.joint.save(update_fields=["name"])

    assert rows_written()["enterprises_enterprise"] == before["enterprises_enterprise"] + 1


# What a reader reads ---------------------------------------------------------------------------


class Words(HTMLParser):
    """The words that a page shows, without scripts, styles and code to copy."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._hidden += tag in {"script", "style", "code"}
        if not self._hidden:
            shown = {"title", "aria-label", "placeholder", "alt"}
            self.found += [value for name, value in attrs if name in shown and value]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(data)


ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ ,.]+[A-Za-z]{2,})+")


def html(answer: Any) -> str:
    kind = answer.headers.get("Content-Type", "")
    return answer.content.decode() if kind.startswith("text/html") else ""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_speaks_chinese(
    stage: Stage, browser: Browser, pages: dict[str, str], name: str
) -> None:
    page = pages[name] if name in pages else fetch(stage, browser, name)

    sentences = [word for text in Words(page).found for word in ENGLISH.findall(text)]
    assert sentences == []
    if "<title>" in page:
        title = page.split("<title>")[1].split("</title>")[0]
        assert re.search(r"[\u4e00-\u9fff]", title)


def test_a_whole_number_would_be_noticed() -> None:
    assert numbers(f"<td>{PHONE}</td><td>110101199003070012</td>") == [PHONE]
    assert numbers("110101199003074477") == ["110101199003074477"]
    assert numbers("91340899MA00000017 2026032112345678") == []


# Lists as files --------------------------------------------------------------------------------


def list_page(url: str) -> type[ListPage] | None:
    view = getattr(resolve(url.split("?")[0]).func, "view_class", None)
    return view if isinstance(view, type) and issubclass(view, ListPage) else None


def test_exports_hold_the_own_rows_and_no_others(stage: Stage, browser: Browser) -> None:
    client, seen = browser(OWN), 0
    for name in PAGES:
        url = present(name, stage).url
        view = list_page(url)
        if view is None or not view.export_name or name == "core:audit_list":
            continue
        answer = client.post(url, {"do": "export"})
        assert answer.status_code == 200, name
        said = text(answer)
        assert EAST in said, name
        assert not [word for word in (WEST, PARK) if word in said], name
        assert numbers(said) == [], name
        seen += 1
    assert seen >= 4


# Bulk actions ----------------------------------------------------------------------------------


def bulk_pages(stage: Stage) -> list[tuple[str, type[ListPage]]]:
    urls = [present(name, stage).url for name in PAGES]
    views = ((url, list_page(url)) for url in urls)
    return [(url, view) for url, view in views if view is not None and view.bulk_actions]


def own_rows(stage: Stage) -> dict[str, Any]:
    """A row of the east officer in each list with bulk actions."""
    things = stage.things
    return {
        "/enterprises/": stage.world.joint,
        "/formation/": things.plan,
        "/contacts/": things.contact,
        "/requests/": things.request,
        "/meetings/": things.agreed,
        "/meetings/review": things.handed_in,
        "/instructors/terms/": things.guide_term,
        "/instructors/needed": stage.world.joint,
    }


def foreign_key(stage: Stage, own: Any) -> int:
    """A row of that kind which the east officer does not see; no row's number if he sees all."""
    rows = type(own)._default_manager
    seen = rows.visible_to(stage.world.east_officer).values("pk")
    return rows.exclude(pk__in=seen).values_list("pk", flat=True).first() or 0


def test_a_bulk_action_offers_only_what_the_officer_may_see(stage: Stage, browser: Browser) -> None:
    client, asked, own = browser(OWN), 0, own_rows(stage)
    for url, view in bulk_pages(stage):
        if not client.user.has_perm(view.permission):  # type: ignore[attr-defined]
            continue
        for action in view.bulk_actions:
            fields = {"do": "bulk", "action": action.key, "pk": own[url].pk}
            answer = client.post(url, fields)
            assert answer.status_code == 200, action.key
            said = text(answer)
            assert EAST in said
            asked += 1
            assert not [word for word in (WEST, PARK, ABROAD) if word in said], action.key
    assert asked > len(own)


def test_one_foreign_row_refuses_the_whole_action(stage: Stage, browser: Browser) -> None:
    written, own = AuditEntry.objects.count(), own_rows(stage)
    for url, view in bulk_pages(stage):
        keys = [own[url].pk, foreign_key(stage, own[url])]
        for action in view.bulk_actions:
            fields = {
                "do": "bulk",
                "action": action.key,
                "pk": keys,
                "confirm": "1",
                "expected": "2",
                "reason": "试试",
            }
            assert browser(OWN).post(url, fields).status_code == 404
    assert AuditEntry.objects.count() == written


# Negative control ------------------------------------------------------------------------------


def test_a_page_that_forgot_the_scope_would_be_caught(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda self, user, on=None: self.all())

    answer = browser(SIBLING).get(present("enterprises:enterprise_detail", stage).url)

    assert answer.status_code == 200
    assert EAST in text(answer)
