"""Files, functions and templates stay small; what is larger is named here with its reason."""

import ast
from pathlib import Path

from tests.architecture.test_repository import tracked

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 40, 80
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS = {
    "tests/badinput/make.py:parts": "a workbook written out part by part reads best in one piece",
    "tests/enterprises/coverage_import/test_short_sheet.py:"
    "test_each_row_says_what_will_become_of_it": "one table of cases",
}


def python_files() -> list[str]:
    return [path for path in tracked("*.py") if "/migrations/" not in path]


def test_no_file_grows_beyond_its_ceiling() -> None:
    lengths = {
        path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in python_files()
    }
    longer = {path for path, lines in lengths.items() if lines > FILE_LINES}
    assert longer == set(LONGER_FILES)


def test_no_function_grows_beyond_its_ceiling() -> None:
    longer = set()
    for path in python_files():
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES:
                longer.add(f"{path}:{node.name}")
    assert longer == set(LONGER_FUNCTIONS)


def test_no_template_grows_beyond_its_ceiling() -> None:
    longer = {
        path
        for path in tracked("templates/*.html")
        if len((ROOT / path).read_text(encoding="utf-8").splitlines()) > TEMPLATE_LINES
    }
    assert longer == set()


def test_every_module_opens_with_a_sentence_of_ownership() -> None:
    silent = {
        path
        for path in python_files()
        if (ROOT / path).read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    }
    assert silent == set()
