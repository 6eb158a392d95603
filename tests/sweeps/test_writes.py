"""Whatever a page writes stands in the log, and no choice reaches beyond the writer's scope."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction
from django.test import Client

from core.choices import RowField
from core.models import AuditEntry
from tests.sweeps.conftest import Browser
from tests.sweeps.filling import WORDS, filled, forms_on, needs_file, offered, sent_for
from tests.sweeps.matrix import MATRIX, present
from tests.sweeps.row import EVERYBODY, OWN, SUPERIOR, Row
from tests.sweeps.stage import Stage
from tests.sweeps.test_scope import text

# Tables of the reader's own convenience, and the log itself.
NO_BUSINESS = {
    "accounts_usersession",
    "axes_accessattempt",
    "axes_accessfailurelog",
    "axes_accesslog",
    "core_auditentry",
    "core_draft",
    "core_job",
    "core_message",
    "core_savedview",
}
# page → why what it writes needs no entry
UNLOGGED = {
    "accounts:preferences": "how the reader's own screens look",
}
# page → why the sweep cannot make it write
PREVIEWED = "shows the consequences first, and asks for more; its own tests follow it to the end"
UNCHANGED = "its form comes filled, and saving it as it is changes nothing"
RECORD = "a record or its results go in by fields of their own; tests/activities follow them"
WHOSE = "asks an officer first whose it is; tests/activities follow the secretary"
UNFILLED = {
    "accounts:factor_enrol": "needs the code that a phone shows",
    "accounts:password": "needs the password",
    "accounts:propose_reset": "needs somebody with a second factor",
    "accounts:propose_role": "needs somebody without a post",
    "accounts:prove": "needs the password",
    "accounts:user_handover": "own_handover writes the same",
    "activities:activity_new": RECORD,
    "activities:appraisal": RECORD,
    "activities:member_post_new": WHOSE,
    "activities:suggestion_new": WHOSE,
    "enterprises:enterprise_classes": UNCHANGED,
    "enterprises:import_columns": "the stage's list has its columns settled",
    "members:body_seat": PREVIEWED,
    "members:instructor_assess": "the stage's instructor owes pay, which bars the first grade",
    "organizations:change_withdraw": "the stage's acts have begun",
    "organizations:demonstration_edit": UNCHANGED,
    "organizations:organization_case": PREVIEWED,
    "organizations:rating_create": "the first scheme ships without criteria",
    "organizations:rating_rectify": "needs criteria that were missed",
    "organizations:rating_self": PREVIEWED,
    "organizations:site_create": "needs either an organization or an area",
    "organizations:site_edit": UNCHANGED,
    "reports:cover_change": PREVIEWED,
    "reports:cover_end": PREVIEWED,
    "reports:cover_new": PREVIEWED,
}
HOW = (
    "the sweep fills forms by tests/sweeps/filling.py; give the line in tests/sweeps/rows"
    " fill={field: value} where a guess does not do, or name the page in UNFILLED with the reason"
)


WRITE = re.compile(r'(?<!FOR )(?<!KEY )\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass
class Watch:
    """Sees the tables that statements write to."""

    tables: set[str] = field(default_factory=set)

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.tables.update(WRITE.findall(str(sql)))
        return execute(sql, params, many, context)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def cast_of(browser: Browser) -> dict[str, Client]:
    """A signed-in browser for each part, those who write most first."""
    return {part: browser(part) for part in (OWN, SUPERIOR, *sorted(EVERYBODY - {OWN, SUPERIOR}))}


def writer(cast: dict[str, Client], row: Row) -> Client | None:
    """Somebody who may open the page and finds its row."""
    for part, client in cast.items():
        user: Any = client.user  # type: ignore[attr-defined]
        if part in row.seen_by and (not row.permission or user.has_perm(row.permission)):
            return client
    return None


@dataclass(frozen=True)
class Attempt:
    """A post that a page invites to; without `forms` where there is nothing but the post."""

    name: str
    client: Client
    url: str
    forms: list[forms.BaseForm]
    sent: dict[str, Any]

    def post(self, **other: Any) -> Any:
        kept = deepcopy(self.client.cookies)
        answer = self.client.post(self.url, {**self.sent, **other})
        text(answer)  # files are read to their end
        self.client.cookies = kept  # what a signing out took away
        assert "/login?" not in answer.headers.get("Location", ""), f"{self.name} was signed out"
        return answer

    def post_and_confirm(self) -> Any:
        """A page that first shows the consequences is told to go on."""
        answer = self.post()
        page = answer.content.decode() if not answer.streaming else ""
        if answer.status_code == 200 and 'name="confirm"' in page and not _errors(answer):
            return self.post(**{**dict(HIDDEN.findall(page)), "confirm": "1"})
        return answer


@pytest.fixture(scope="module")
def _found() -> list[Attempt]:
    return []


@pytest.fixture
def attempts(stage: Stage, browser: Browser, _found: list[Attempt]) -> list[Attempt]:
    """Found once for both tests: it takes a look at every page."""
    if not _found:
        _found += invitations(stage, cast_of(browser))
    return _found


def invitations(stage: Stage, cast: dict[str, Client]) -> Iterator[Attempt]:
    for name, row in sorted(MATRIX.items()):
        client = None if row.public or name.startswith("api:") else writer(cast, row)
        if client is None:
            continue
        what = present(name, stage)
        if row.method == "POST":
            yield Attempt(name, client, what.url, [], dict(what.data))
            continue
        with undone():
            answer = client.get(what.url)
            text(answer)
        if (found := forms_on(answer)) and not any(map(needs_file, found)):
            yield Attempt(name, client, what.url, found, filled(found, row.filling(stage)))


def test_every_write_stands_in_the_log(attempts: list[Attempt]) -> None:
    wrote, problems, idle = set(), {}, {}
    for attempt in attempts:
        watch = Watch()
        with undone():
            last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            with connection.execute_wrapper(watch):
                answer = attempt.post_and_confirm()
            entries = list(AuditEntry.objects.filter(pk__gt=last))
            touched = watch.tables - NO_BUSINESS
            after = {table: _state(table) for table in touched}
        changed = {table for table in touched if after[table] != _state(table)}
        if changed or entries:
            wrote.add(attempt.name)
            if fault := _fault(attempt, entries) if changed else "":
                problems[attempt.name] = f"{fault}: {sorted(changed)}"
        elif attempt.forms and answer.status_code != 405:
            idle[attempt.name] = f"{answer.status_code} {_errors(answer)}"
    assert len(wrote) > 50
    unwritten = {name: why for name, why in idle.items() if name not in wrote}

    assert lines(problems, UNLOGGED) == ""
    assert lines(unwritten, UNFILLED) == "", HOW


def lines(found: dict[str, str], known: dict[str, str]) -> str:
    """One line for each page that is not known."""
    return "\n".join(f"{name}: {what}" for name, what in found.items() if name not in known)


def _state(table: str) -> Any:
    """Equal for equal rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), sum(hashtext(t::text)::numeric) FROM {table} t")
        return cursor.fetchone()


def _fault(attempt: Attempt, entries: list[AuditEntry]) -> str:
    user: Any = attempt.client.user  # type: ignore[attr-defined]
    if not entries:
        return "no entry in the log"
    if any(entry.actor_id != user.pk for entry in entries):
        return "an entry without its actor"
    if any(not entry.request_id for entry in entries):
        return "an entry without its request"
    if attempt.sent.get("reason") == WORDS and not any(entry.reason == WORDS for entry in entries):
        return "the reason is lost"
    return ""


def _errors(answer: Any) -> str:
    """What the forms of a page complain of."""
    found = [dict(form.errors) for form in forms_on(answer) if form.errors]
    return "".join(map(str, found))


def test_a_choice_beyond_the_scope_is_refused(attempts: list[Attempt]) -> None:
    tried, let_through = 0, {}
    for attempt in attempts:
        for name, choice in _choices(attempt.forms):
            foreign = _foreign(choice)
            if foreign is None:
                continue
            with undone():
                written = AuditEntry.objects.count()
                answer = attempt.post(**{name: sent_for(choice, foreign)})
                unchanged = AuditEntry.objects.count() == written
            tried += 1
            if not (unchanged and answer.status_code in {200, 404, 405}):
                let_through[f"{attempt.name}.{name}"] = str(foreign)

    assert let_through == {}
    assert tried >= 5


def _choices(found: list[forms.BaseForm]) -> list[tuple[str, forms.Field]]:
    kinds = (forms.ModelChoiceField, RowField)
    return [
        (form[name].html_name, field)
        for form in found
        for name, field in form.fields.items()
        if isinstance(field, kinds)
    ]


def _foreign(field: forms.Field) -> Any:
    """A row of the same kind that the form does not offer."""
    rows = offered(field)
    everything: Any = rows.model._default_manager
    return everything.exclude(pk__in=rows.values("pk")).first()
