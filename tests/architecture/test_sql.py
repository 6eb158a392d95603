"""SQL of our own stands in the modules that are known for it; the rest speaks in querysets."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.test_ceilings import python_files

ROOT = Path(__file__).resolve().parents[2]
CALLS = {"execute", "copy_expert", "RawSQL", "raw", "executemany"}
# module or folder → why it speaks SQL
KNOWN = {
    "activities/year.py": "one statement counts the duties of three thousand branches",
    "core/search.py": "the search index: bigrams and trigrams",
    "core/database.py": "the rights of the serving role",
    "core/checks.py": "asks the server for its character type",
    "core/jobs/": "leases by the database's clock",
    "core/backups/": "compares dumps row by row",
    "core/management/commands/": "backup and restore",
    "config/startup.py": "asks for the rights of the serving role",
    "config/health.py": "one query to see the database",
    "enterprises/census/": "COPY, set-based merge and undo of a million rows",
    "enterprises/coverage_import/": "advisory lock of a county",
    "enterprises/formation/services.py": "advisory lock of the queue",
    "reports/": "one statement of coverage facts for every figure",
    "organizations/tree.py": "rewrites the paths of a subtree in one statement",
}
APPS = (
    "accounts",
    "activities",
    "config",
    "core",
    "enterprises",
    "members",
    "organizations",
    "reports",
)


@cache
def speakers() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path in python_files():
        if not path.startswith(APPS):
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in CALLS:
                    found.setdefault(path, set()).add(name)
    return found


def test_sql_stays_in_its_modules() -> None:
    strangers = {
        path: names for path, names in speakers().items() if not path.startswith(tuple(KNOWN))
    }
    assert strangers == {}


@pytest.mark.parametrize("folder", ["views", "forms.py", "api.py", "urls.py"])
def test_request_code_speaks_no_sql(folder: str) -> None:
    assert [path for path in speakers() if f"/{folder}" in path] == []


def test_request_code_finds_rows_only_within_scope() -> None:
    """`Model.objects.get(…)` in a view would show a neighbour's row."""
    unscoped = [
        f"{path}:{getattr(node, 'lineno', 0)}"
        for path in python_files()
        if "/views" in path and not path.startswith(("tests", "benchmarks"))
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if is_bare_get(node)
    ]
    assert unscoped == []


def is_bare_get(node: ast.AST) -> bool:
    """Whether the node is a call of `….objects.get`."""
    call = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(call, ast.Attribute)
        and call.attr == "get"
        and isinstance(call.value, ast.Attribute)
        and call.value.attr == "objects"
    )
