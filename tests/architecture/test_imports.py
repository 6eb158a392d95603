"""Modules import to the left only: their own app and the apps below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BELOW = {
    "core": set[str](),
    "organizations": {"core"},
    "accounts": {"core", "organizations"},
    "enterprises": {"core", "organizations"},
    "members": {"core", "organizations", "enterprises"},
    "activities": {"core", "organizations", "enterprises", "members"},
    "reports": {"core", "organizations", "enterprises", "members", "activities"},
}
PROJECT = {*BELOW, "config", "launch", "tests", "benchmarks"}
# The demonstration county creates users of every role; it is composition, not judgement.
ALLOWED = {("reports/demo", "accounts"), ("reports/management", "accounts")}


def imported(path: Path) -> Iterator[str]:
    """Top-level packages of the project that a module imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        yield from (name.split(".")[0] for name in names)


def modules(app: str) -> list[Path]:
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


@pytest.mark.parametrize("app", BELOW)
def test_an_app_imports_itself_and_the_apps_below_it(app: str) -> None:
    foreign = PROJECT - BELOW[app] - {app}
    wrong = {
        (str(path.relative_to(ROOT)), name)
        for path in modules(app)
        for name in imported(path)
        if name in foreign
    }
    allowed = {
        (path, name)
        for path, name in wrong
        if any(path.startswith(place) and name == what for place, what in ALLOWED)
    }
    assert wrong - allowed == set()


def test_the_walk_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("def late():\n    from reports.runs import publish\n", encoding="utf-8")
    assert list(imported(module)) == ["reports"]
