"""Every answer to a file has a sentence, a remedy and a line in the documentation."""

import re
from pathlib import Path

import pytest

from core.spreadsheets.errors import CELL_PROBLEMS, FILE_PROBLEMS, CellNote, FileError

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "files.md"
FACTS = {"what": "x", "limit": "1", "sheet": "“甲”", "count": 3, "line": 4, "where": ""}


def documented() -> set[str]:
    """Codes in the document, where a series names its prefix once."""
    found, prefix = set(), ""
    for word in re.findall(
        r"E-[A-Z]+-\d\d|· (?:\d\d)\b|^\d\d\b", DOCUMENT.read_text("utf-8"), re.M
    ):
        if word.startswith("E-"):
            prefix = word[:-2]
        found.add(prefix + word[-2:])
    return found


def test_every_code_is_documented() -> None:
    assert set(FILE_PROBLEMS) | set(CELL_PROBLEMS) <= documented()


@pytest.mark.parametrize("code", FILE_PROBLEMS)
def test_a_refusal_is_a_sentence_and_a_remedy(code: str) -> None:
    text = str(FileError(code, **FACTS))
    assert text.startswith(f"{code} ")
    assert text.endswith("。")
    assert "{" not in text


@pytest.mark.parametrize("code", CELL_PROBLEMS)
def test_a_remark_names_its_row(code: str) -> None:
    note = CellNote(2, code)
    assert note.sentence(17, "企业名称").startswith("第 17 行")
    assert note.remedy.endswith("。")
