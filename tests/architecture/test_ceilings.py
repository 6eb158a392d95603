"""Files, functions and templates stay small; what is larger is named here with its reason."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.test_repository import tracked

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 40, 80
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS = {
    "tests/badinput/make.py:parts": "a workbook written out part by part reads best in one piece",
}


def python_files() -> list[str]:
    return [path for path in tracked("*.py") if "/migrations/" not in path]


@dataclass(frozen=True)
class Module:
    lines: int
    opening: str | None
    functions: dict[str, int]  # name → its lines


@cache
def modules() -> dict[str, Module]:
    """Each file is parsed once for all ceilings."""
    return {path: measured((ROOT / path).read_text(encoding="utf-8")) for path in python_files()}


def measured(source: str) -> Module:
    tree = ast.parse(source)
    functions: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            functions[node.name] = max(lines, functions.get(node.name, 0))
    return Module(len(source.splitlines()), ast.get_docstring(tree), functions)


def test_no_file_grows_beyond_its_ceiling() -> None:
    longer = {path for path, module in modules().items() if module.lines > FILE_LINES}
    assert longer == set(LONGER_FILES)


def test_no_function_grows_beyond_its_ceiling() -> None:
    longer = {
        f"{path}:{name}"
        for path, module in modules().items()
        for name, lines in module.functions.items()
        if lines > FUNCTION_LINES
    }
    assert longer == set(LONGER_FUNCTIONS)


def test_no_template_grows_beyond_its_ceiling() -> None:
    longer = {
        path
        for path in tracked("templates/*.html")
        if len((ROOT / path).read_text(encoding="utf-8").splitlines()) > TEMPLATE_LINES
    }
    assert longer == set()


def test_every_module_opens_with_a_sentence_of_ownership() -> None:
    silent = {path for path, module in modules().items() if module.lines and not module.opening}
    assert silent == set()
