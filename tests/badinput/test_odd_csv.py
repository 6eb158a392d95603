"""Delimited text in every state that bureaus hand over."""

import codecs
from collections.abc import Callable

import pytest

from core.spreadsheets.errors import CellNote, FileError
from core.spreadsheets.tables import Choice
from tests.badinput.conftest import Parse

Choose = Callable[..., Choice]
TABLE = "企业名称,统一社会信用代码,成立日期\n甲公司,0123,2019\n乙公司,0456,2020\n"
ROWS = [["甲公司", "0123", "2019"], ["乙公司", "0456", "2020"]]
BROKEN = CellNote(-1, "E-CSV-04")
RAGGED = CellNote(-1, "E-CSV-02")


def body(parse: Parse, text: str | bytes) -> list[list[str]]:
    content = text.encode() if isinstance(text, str) else text
    return [row.cells for row in parse(content, "a.csv").sheets[0].rows()][1:]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-with-mark"]
)
def test_the_encoding_is_found(encoding: str, parse: Parse) -> None:
    if encoding == "utf-16-be-with-mark":
        content = codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be")
    else:
        content = TABLE.encode(encoding)
    assert body(parse, content) == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter: str, parse: Parse) -> None:
    assert body(parse, TABLE.replace(",", delimiter)) == ROWS


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_is_understood(end: str, parse: Parse) -> None:
    assert body(parse, TABLE.replace("\n", end)) == ROWS


def test_the_line_that_names_the_separator_is_not_a_row(parse: Parse) -> None:
    book = parse(("sep=;\n" + TABLE.replace(",", ";")).encode(), "a.csv")
    assert [row.number for row in book.sheets[0].rows()] == [2, 3, 4]
    assert book.sheets[0].physical_rows == 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (TABLE.encode() + b"\xff\xff,1,2\n", 4),
        (TABLE.encode() + "乙".encode("gb18030") + b"," + b"\x81\n", 4),
        (codecs.BOM_UTF8 + TABLE.encode() + b"\xd2\xd2,1,2\n", 4),
    ],
)
def test_text_of_no_known_encoding_is_refused_with_its_line(
    content: bytes, line: int, parse: Parse
) -> None:
    with pytest.raises(FileError) as refused:
        parse(content, "a.csv")
    assert (refused.value.code, refused.value.facts["line"]) == ("E-CSV-01", line)


def test_another_encoding_that_happens_to_decode_has_no_header(choose: Choose) -> None:
    with pytest.raises(FileError, match="E-FILE-13"):
        choose("企業名稱,統一社會信用代碼\n甲公司,0123\n".encode("big5"), "a.csv")


def test_a_newline_inside_quotes_stays_inside_its_cell(parse: Parse) -> None:
    text = TABLE + '"丙\n公司",0789,2021\n'
    assert body(parse, text) == [*ROWS, ["丙\n公司", "0789", "2021"]]


def test_a_quote_never_closed_costs_one_row_and_not_the_rest(parse: Parse) -> None:
    text = '企业名称,代码,日期\n甲,1,2019\n"乙,2,2020\n丙,3,2021\n丁,4,2022\n'
    rows = list(parse(text.encode(), "a.csv").sheets[0].rows())[1:]
    assert [row.cells for row in rows] == [
        ["甲", "1", "2019"],
        ['"乙', "2", "2020"],
        ["丙", "3", "2021"],
        ["丁", "4", "2022"],
    ]
    assert [row.notes for row in rows] == [[], [BROKEN], [], []]
    assert [row.number for row in rows] == [2, 3, 4, 5]


def test_a_quote_closed_by_the_next_quoted_row_swallows_nothing(parse: Parse) -> None:
    text = '名称,代码,日期\n"甲,1,2019\n乙,2,2020\n"丙",3,2021\n'
    rows = list(parse(text.encode(), "a.csv").sheets[0].rows())[1:]
    assert [row.cells for row in rows] == [
        ['"甲', "1", "2019"],
        ["乙", "2", "2020"],
        ["丙", "3", "2021"],
    ]
    assert [row.notes for row in rows] == [[BROKEN], [], []]


def test_a_quote_inside_quotes_is_read_and_noted(parse: Parse) -> None:
    text = TABLE + '"丙"老"公司",0789,2021\n'
    rows = list(parse(text.encode(), "a.csv").sheets[0].rows())
    assert rows[-1].cells[1:] == ["0789", "2021"]
    assert rows[-1].notes == [BROKEN]


def test_a_file_full_of_broken_quotes_is_refused(parse: Parse) -> None:
    text = "名称,代码\n" + '"甲"x,1\n' * 1_001
    with pytest.raises(FileError, match="E-CSV-03"):
        parse(text.encode(), "a.csv")


def test_ragged_rows_are_read_and_noted(choose: Choose) -> None:
    text = TABLE + "丙,0789\n丁,0999,2022,\n戊,1111,2023,多\n"
    (table,) = choose(text.encode(), "a.csv").tables
    rows = list(table.rows())[2:]
    assert [row.notes for row in rows] == [[RAGGED], [], [RAGGED]]
    assert rows[0].cells == ["丙", "0789", ""]
    assert RAGGED.sentence(rows[0].number) == "第 4 行的列数与表头不一致。"


def test_blank_lines_and_rows_of_commas_are_left_out(choose: Choose) -> None:
    (table,) = choose((TABLE.replace("\n乙", "\n\n,,\n乙") + ",,\n").encode(), "a.csv").tables
    assert [row.cells for row in table.rows()] == ROWS
    assert table.tally.blank == 2
    table.tally.check()


def test_nul_bytes_are_removed_and_noted(parse: Parse) -> None:
    rows = list(parse((TABLE + "丙\0公司,0789,2021\n").encode(), "a.csv").sheets[0].rows())
    assert rows[-1].cells[0] == "丙公司"
    assert rows[-1].notes == [CellNote(0, "E-CELL-02")]


def test_lone_surrogates_are_no_text(parse: Parse) -> None:
    broken = "丙\ud800公司,0789,2021\n".encode("utf-16-le", "surrogatepass")
    content = codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le") + broken
    with pytest.raises(FileError, match="E-CSV-01"):
        parse(content, "a.csv")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"=""0123"""', "0123"),
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'＝x", "＝x"),
        ("''=x", "'=x"),
        ("'甲", "'甲"),
        ("=1+1", "=1+1"),
        ("0123", "0123"),
    ],
)
def test_guards_around_text_are_undone_exactly(cell: str, text: str, parse: Parse) -> None:
    assert body(parse, f"名称,代码\n{cell},1\n") == [[text, "1"]]


def test_a_field_of_40000_characters_is_kept_and_noted(parse: Parse) -> None:
    text = TABLE + f"丙,{'长' * 40_000},2021\n"
    row = list(parse(text.encode(), "a.csv").sheets[0].rows())[-1]
    assert len(row.cells[1]) == 40_000
    assert row.notes == [CellNote(1, "E-CELL-01")]


def test_a_line_without_end_is_refused(parse: Parse) -> None:
    with pytest.raises(FileError, match="E-FILE-06"):
        parse(TABLE.encode() + b"x" * (17 << 20), "a.csv")
