"""Cells and typed words are compared without width, invisible marks and stray blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, is_missing


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  怀宁县  ", "怀宁县"),
        ("企业\n名称", "企业 名称"),
        ("（怀宁）", "(怀宁)"),
        ("９１３４", "9134"),
        ("\ufeff名\u200b称\u00ad", "名称"),
        ("a\u3000b\xa0 c", "a b c"),
        ("nul\x00byte", "nulbyte"),
        ("plain", "plain"),
        ("two  words", "two words"),
        ("", ""),
    ],
)
def test_width_blanks_and_invisible_marks_do_not_matter(typed: str, read: str) -> None:
    assert fold(typed) == read


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["", "-", "N/A", "n/a", "无", "/", "——", "null"])
def test_the_usual_marks_for_nothing_are_known(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "无为县", "N", "否"])
def test_a_short_answer_is_not_nothing(text: str) -> None:
    assert not is_missing(text)
