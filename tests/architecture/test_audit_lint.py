"""Every service leaves an entry in the log, and every entry's verb has a Chinese name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import audit
from tests.architecture.test_ceilings import python_files

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "activities", "core", "enterprises", "members", "organizations", "reports")
RECORDERS = {"record", "record_many"}
# service → why it leaves no entry of its own
SILENT: dict[str, str] = {}
HOW = "call core.audit.record in the service, or name it in SILENT with the reason"


@pytest.fixture(scope="module")
def product() -> list[tuple[str, ast.Module]]:
    return [
        (path, ast.parse((ROOT / path).read_text(encoding="utf-8")))
        for path in python_files()
        if path.startswith(tuple(f"{app}/" for app in APPS))
    ]


def called(node: ast.AST) -> set[str]:
    """The names of everything that a piece of code calls or hands on."""
    names = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            names.add(one.id)
        elif isinstance(one, ast.Attribute):
            names.add(one.attr)
    return names


def records(node: ast.AST) -> bool:
    """Whether a piece of code calls `audit.record` or `audit.record_many` itself."""
    return any(
        isinstance(one, ast.Call)
        and isinstance(one.func, ast.Attribute)
        and one.func.attr in RECORDERS
        and isinstance(one.func.value, ast.Name)
        and one.func.value.id == "audit"
        for one in ast.walk(node)
    )


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def is_service(function: ast.FunctionDef) -> bool:
    """A public function that is told who acts, by keyword alone."""
    keywords = {argument.arg for argument in function.args.kwonlyargs}
    return "actor" in keywords and not function.name.startswith("_")


def recording(found: list[tuple[str, ast.Module]]) -> set[str]:
    """Names of functions that leave an entry, themselves or through another one."""
    every = [one for _, tree in found for one in functions(tree)]
    uses = [(one.name, called(one)) for one in every]
    names = {one.name for one in every if records(one)}
    while more := {name for name, used in uses if used & names} - names:
        names |= more
    return names


def test_every_service_leaves_an_entry(product: list[tuple[str, ast.Module]]) -> None:
    names = recording(product)
    services = {
        f"{path}:{one.name}": one.name
        for path, tree in product
        for one in functions(tree)
        if is_service(one) and one.name not in RECORDERS
    }
    silent = {place for place, name in services.items() if name not in names}

    assert len(services) > 40
    assert silent - SILENT.keys() == set(), HOW


def test_the_lint_sees_a_service_that_writes_in_secret() -> None:
    tree = ast.parse("def close_books(*, actor, on):\n    Book.objects.update(closed=on)\n")
    (function,) = functions(tree)

    assert is_service(function)
    assert "close_books" not in recording([("secret.py", tree)])


def verbs_in(tree: ast.Module) -> Iterator[str]:
    """Verbs written out, or named by a constant of the same module, where an entry is made."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "verb":
            if isinstance(node.value, ast.Constant):
                yield str(node.value.value)
            elif isinstance(node.value, ast.Name) and node.value.id in constants:
                yield str(constants[node.value.id])


def test_every_verb_has_a_chinese_name(product: list[tuple[str, ast.Module]]) -> None:
    known = dict(audit.verbs())
    used = {verb for path, tree in product for verb in verbs_in(tree)}

    assert len(used) > 20
    assert used - known.keys() == set()
    assert [verb for verb, label in known.items() if label.isascii()] == []
