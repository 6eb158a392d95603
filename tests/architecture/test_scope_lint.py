"""Request code reaches rows through `visible_to` alone, names its fields and trusts no markup."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.test_ceilings import python_files
from tests.architecture.test_repository import tracked

ROOT = Path(__file__).resolve().parents[2]
REQUEST_CODE = re.compile(r"(^|/)(views/.*|views|forms|api|tasks|resources)\.py$")
OPEN = {"visible_to", "none"}
# place and what it asks for → why that needs no scope
KNOWN = {
    "activities/views/duty_rules.py:Duty.select_related": "duties hold no rows of units",
    "activities/views/common.py:ActivityPhoto.filter": "of a visible activity, or the reader's",
    "activities/views/photos.py:ActivityPhoto.filter": "sent by the reader, part of no record",
    "enterprises/forms.py:Area.classifying": "followed by visible_to",
    "enterprises/resources.py:Area.classifying": "followed by visible_to",
    "enterprises/views/register.py:Area.classifying": "followed by visible_to",
    "enterprises/views/register.py:EnterpriseClassification.as_of": "narrows visible enterprises",
    "members/views/development_rules.py:DevelopmentRules.exclude": "rules hold no rows of units",
    "organizations/views/rating_forms.py:RatingScheme.as_of": "schemes hold no rows of units",
    "organizations/views/site_forms.py:RatingCriterion.filter": "of a visible check or rating",
    "organizations/views/schemes.py:RatingScheme.as_of": "schemes hold no rows of units",
    "organizations/views/schemes.py:RatingScheme.filter": "schemes hold no rows of units",
    "organizations/views/sites.py:RatingScheme.as_of": "schemes hold no rows of units",
    "accounts/forms.py:User.filter": "account names are unique in the whole installation",
    "accounts/views/session.py:User.exists": "whether the installation is empty",
    "accounts/views/account.py:AccessLog.filter": "the reader's own sign-ins",
    "accounts/views/account.py:AccessFailureLog.filter": "the reader's own failed sign-ins",
    "accounts/views/account.py:Handover.filter": "of which the reader is a party",
    "accounts/views/account.py:ScopeGrant.as_of": "posts that the reader lent",
    "accounts/views/account.py:ScopeGrant.filter": "posts lent by or to the reader",
    "accounts/views/paired.py:PairedAct.select_related": "acts of administrators on accounts",
    "accounts/views/session.py:User.filter": "whose sign-in was locked",
    "accounts/views/users.py:ScopeGrant.as_of": "narrows accounts found by visible_to",
    "accounts/views/users.py:AccessLog.filter": "of an account found by visible_to",
    "accounts/views/account.py:CalendarAddress.filter": "the reader's own",
    "accounts/views/reminders.py:CalendarDay.filter": "days hold no rows of units",
    "accounts/views/reminders.py:ReminderRule.all": "rules hold no rows of units",
    "accounts/views/reminders.py:ReminderRule.filter": "rules hold no rows of units",
    "accounts/views/home.py:Job.with_health": "narrowed to the reader's own jobs at once",
    "core/views/history.py:AuditEntry.filter": "its object is found by visible_to",
    "core/views/jobs.py:Job.with_health": "followed by visible_to",
    "core/views/parameters.py:ParameterValue.filter": "parameters hold no rows of units",
    "enterprises/forms.py:Area.filter": "followed by visible_to",
    "enterprises/forms.py:Area.reporting": "followed by visible_to",
    "enterprises/tasks.py:CensusBatch.exclude": "the nightly clearing of all counties",
    "enterprises/tasks.py:CensusBatch.filter": "the address of a job's own batch",
    "enterprises/tasks.py:CensusBatch.select_related": "a job's own batch",
    "enterprises/views/change.py:EnterpriseYear.filter": "of an enterprise found by visible_to",
    "enterprises/views/coverage_import.py:Job.filter": "of a batch found by visible_to",
    "enterprises/views/coverage_import.py:Job.with_health": "of a batch found by visible_to",
    "enterprises/views/dossier.py:EnterpriseYear.filter": "of an enterprise found by visible_to",
    "enterprises/views/finish.py:Enterprise.in_bulk": "of a batch found by visible_to",
    "enterprises/views/finish.py:RegisterChange.filter": "of a batch found by visible_to",
    "enterprises/views/formation.py:PartyOrganization.filter": "units of plans that are visible",
    "enterprises/views/register.py:Area.reporting": "followed by visible_to",
    "enterprises/views/register.py:Enterprise.unclaimed": "narrows rows that are visible",
    "enterprises/views/registering.py:Area.reporting": "followed by visible_to",
    "enterprises/views/steps.py:CensusBatch.filter": "whether another batch is being written",
    "enterprises/views/steps.py:Job.filter": "whether another batch is being written",
    "enterprises/views/steps.py:Job.with_health": "of a batch found by visible_to",
    "reports/views/drill.py:Area.filter": "of an area found within scope",
}


@cache
def trees() -> list[tuple[str, ast.Module]]:
    return [
        (path, ast.parse((ROOT / path).read_text(encoding="utf-8")))
        for path in python_files()
        if REQUEST_CODE.search(path) and not path.startswith(("tests/", "benchmarks/"))
    ]


def reached(tree: ast.AST) -> Iterator[str]:
    """`Model.method` for each first call on a manager that is not an open door."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "objects"
            and isinstance(node.value.value, ast.Name)
            and node.attr not in OPEN
        ):
            yield f"{node.value.value.id}.{node.attr}"


def test_request_code_asks_for_visible_rows_only() -> None:
    found = {f"{path}:{what}" for path, tree in trees() for what in reached(tree)}

    assert found == KNOWN.keys()


def test_the_lint_sees_an_unscoped_row() -> None:
    tree = ast.parse("def show(request): return Enterprise.objects.filter(pk=1)")

    assert list(reached(tree)) == ["Enterprise.filter"]


def test_no_code_goes_around_the_managers() -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"_base_manager", "_default_manager"}
    ]

    assert wrong == []


def test_forms_and_serializers_name_their_fields() -> None:
    """`__all__` and `exclude` would open every field that a model gains later."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in trees()
        for meta in ast.walk(tree)
        if isinstance(meta, ast.ClassDef) and meta.name == "Meta"
        for node in meta.body
        if isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") in {"exclude", "fields"} for target in node.targets)
        and (getattr(node.targets[0], "id", "") == "exclude" or "__all__" in ast.dump(node))
    ]

    assert wrong == []


def test_nothing_is_declared_safe_by_hand() -> None:
    """Markup comes from templates and format_html, which escape what they are given."""
    words = re.compile(r"\bmark_safe\(|\|safe\b|autoescape off|\bSafeString\(")
    wrong = [
        path
        for path in (*python_files(), *tracked("templates/*.html"))
        if not path.startswith(("tests/", "benchmarks/"))
        and words.search((ROOT / path).read_text(encoding="utf-8"))
    ]

    assert wrong == []
