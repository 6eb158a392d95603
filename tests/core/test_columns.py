"""A column is declared once; merged headers cover their sheet without hole or overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.columns import (
    Align,
    Column,
    Format,
    Group,
    HeaderCell,
    Vocabulary,
    depth,
    header_cells,
    leaves,
)

NAME = Column("企业名称", "name", width=30)
USCC = Column("统一社会信用代码", "uscc", format=Format.CODE)
STAFF = Column("从业人员数", "employee_count", format=Format.WHOLE)
MEMBERS = st.recursive(
    st.just(NAME),
    lambda inner: st.builds(
        lambda members: Group("组", tuple(members)), st.lists(inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


def test_a_vocabulary_is_asked_by_field() -> None:
    words = Vocabulary(NAME, USCC, STAFF)
    assert words["uscc"] is USCC
    assert "name" in words
    assert "phone" not in words
    assert (len(words), list(words)) == (3, [NAME, USCC, STAFF])


def test_columns_are_picked_in_the_order_asked_for() -> None:
    assert Vocabulary(NAME, USCC, STAFF).pick("employee_count", "name") == (STAFF, NAME)
    with pytest.raises(KeyError):
        Vocabulary(NAME).pick("phone")


def test_a_field_has_one_column_only() -> None:
    with pytest.raises(ValueError, match="two columns"):
        Vocabulary(NAME, Column("单位名称", "name"))


@pytest.mark.parametrize("kind", Format)
def test_every_format_says_how_it_is_aligned(kind: Format) -> None:
    assert Column("列", "field", format=kind).align in Align


def test_numbers_stand_to_the_right_and_names_to_the_left() -> None:
    assert STAFF.align is Align.RIGHT
    assert NAME.align is Align.LEFT


def test_a_header_of_two_rows_merges_the_group_and_the_single_column() -> None:
    people = Group("人员情况", (STAFF, Column("党员数", "member_count")))
    assert header_cells([NAME, people]) == [
        HeaderCell("企业名称", 0, 0, 2, 1),
        HeaderCell("人员情况", 0, 1, 1, 2),
        HeaderCell("从业人员数", 1, 1, 1, 1),
        HeaderCell("党员数", 1, 2, 1, 1),
    ]


@given(st.lists(MEMBERS, max_size=5))
def test_header_cells_tile_the_header(members: list[Column | Group]) -> None:
    covered = [
        (cell.row + down, cell.column + right)
        for cell in header_cells(members)
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    places = [
        (row, place) for row in range(depth(members)) for place in range(len(leaves(members)))
    ]
    assert sorted(covered) == places
