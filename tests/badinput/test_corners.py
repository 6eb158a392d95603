"""Rarer states of containers, records and quotes, each with its answer."""

import bz2
import io
import struct
import zlib
from collections.abc import Callable

import pytest
from openpyxl import Workbook as OpenWorkbook

from core.spreadsheets.delimited import RECORD_LINES
from core.spreadsheets.errors import CellNote, FileError
from core.spreadsheets.limits import Limits, human
from core.spreadsheets.marks import SheetFacts
from core.spreadsheets.tables import Choice, table_at
from tests.badinput.conftest import VOCABULARY, Parse
from tests.badinput.make import (
    GOOD_ROWS,
    HEADER,
    RawMember,
    compound,
    package,
    parts,
    raw_package,
    raw_row,
    raw_workbook,
    relation,
    row,
    sheet,
    workbook,
)
from tests.badinput.test_refused_files import read_all

Choose = Callable[..., Choice]
RELATIONS = "xl/_rels/workbook.xml.rels"


def refused(parse: Parse, content: bytes, name: str = "a.xlsx", **limits: int) -> FileError:
    with pytest.raises(FileError) as found:
        read_all(parse, content, name, Limits(**limits))
    return found.value


def changed(**members: str | bytes) -> bytes:
    """The good workbook with members replaced; None drops one."""
    return package({**parts({"名单": GOOD_ROWS}), **members})


def test_content_beyond_the_unpacked_limit_is_refused(parse: Parse) -> None:
    assert refused(parse, workbook(), unpacked_bytes=500).code == "E-FILE-06"


def test_a_rare_compression_is_refused(parse: Parse) -> None:
    content = bytearray(raw_workbook(RawMember("x.bin", [bz2.compress(b"x")], size=1, crc=0)))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 10 : directory + 12] = struct.pack("<H", 12)
    assert "压缩方式" in refused(parse, bytes(content)).sentence


def test_a_directory_that_differs_from_the_members_is_refused(parse: Parse) -> None:
    content = bytearray(workbook())
    content[8:10] = bytes(2)  # the first local header says stored
    assert refused(parse, bytes(content)).code == "E-FILE-08"


def test_a_stored_member_is_read(parse: Parse) -> None:
    content = b"<a/>"
    member = RawMember("x.xml", [content], size=4, crc=zlib.crc32(content))
    packed = raw_workbook(member)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = packed.rindex(mark) + offset
        packed = packed[:place] + bytes(2) + packed[place + 2 :]
    assert parse(packed).sheets[0].row_count == 3


def test_a_member_whose_stream_never_ends_is_refused(parse: Parse) -> None:
    engine = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = engine.compress(b"<a/>") + engine.flush(zlib.Z_SYNC_FLUSH)
    content = raw_workbook(RawMember("x.xml", [packed], size=4, crc=zlib.crc32(b"<a/>")))
    assert refused(parse, content).code == "E-FILE-02"


def test_a_directory_of_the_workbook_must_be_small(parse: Parse) -> None:
    members = {name: str(text).encode() for name, text in parts({"名单": GOOD_ROWS}).items()}
    members["xl/workbook.xml"] += b" " * (9 << 20)
    raw = [RawMember.of(name, text) for name, text in members.items()]
    assert "内部目录过大" in refused(parse, raw_package(raw)).sentence


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({RELATIONS: "<Relationships/>"}, "E-FILE-17"),
        ({RELATIONS: f"<R>{relation('rId1', 'worksheet', 'worksheets/x.xml')}</R>"}, "E-FILE-02"),
        ({RELATIONS: f"<R>{relation('rId1', 'chartsheet', 'x.xml')}</R>"}, "E-FILE-17"),
        ({"xl/workbook.xml": "<workbook"}, "E-FILE-02"),
        ({"xl/worksheets/sheet1.xml": "<worksheet></worksheet>"}, "E-FILE-02"),
        ({"xl/worksheets/sheet1.xml": sheet("<row")}, "E-FILE-02"),
        ({"xl/worksheets/sheet1.xml": sheet("</row>")}, "E-FILE-08"),
    ],
)
def test_a_workbook_without_its_parts_is_refused(
    members: dict[str, str], code: str, parse: Parse
) -> None:
    assert refused(parse, changed(**members)).code == code


def test_two_sheets_of_one_content_are_refused(parse: Parse) -> None:
    members = parts({"一": GOOD_ROWS, "二": GOOD_ROWS})
    members[RELATIONS] = str(members[RELATIONS]).replace("sheet2.xml", "sheet1.xml")
    assert refused(parse, package(members)).code == "E-FILE-08"


def test_a_workbook_without_relations_is_refused(parse: Parse) -> None:
    members = parts({"名单": GOOD_ROWS})
    del members[RELATIONS]
    assert refused(parse, package(members)).code == "E-FILE-08"


def test_an_absolute_target_of_a_sheet_is_found(parse: Parse) -> None:
    members = parts({"名单": GOOD_ROWS})
    members[RELATIONS] = str(members[RELATIONS]).replace('"worksheets/', '"/xl/worksheets/')
    assert parse(package(members)).sheets[0].row_count == 3


def test_a_sheet_whose_rows_never_begin_is_refused(parse: Parse) -> None:
    members = {"xl/worksheets/sheet1.xml": f"<worksheet>{' ' * 3000}"}
    assert refused(parse, changed(**members), row_bytes=100).code == "E-FILE-08"


def test_a_row_beyond_the_limit_is_refused(parse: Parse) -> None:
    open_end = sheet(row(1, "甲")).removesuffix("</sheetData></worksheet>") + "<row>" + "长" * 400
    assert "第 2 行" in refused(parse, workbook(open_end), row_bytes=900).sentence


def test_too_many_error_values_are_refused(parse: Parse) -> None:
    rows = row(1, *HEADER) + raw_row(2, *(f'<c r="{c}{{}}" t="e"><v>#N/A</v></c>' for c in "ABC"))
    assert "公式错误值" in refused(parse, workbook(rows), marked_cells=2).sentence


def test_rows_of_formatting_alone_move_the_numbers_on(parse: Parse) -> None:
    rows = '<row r="1" ht="9"/><row r="2"/>' + row(3, "甲") + '<row r="4"/>' + row(9, "乙")
    found = parse(workbook(rows)).sheets[0]
    assert [line.number for line in found.rows()] == [3, 9]
    assert found.physical_rows == 2


def test_a_row_number_that_is_no_number_is_refused(parse: Parse) -> None:
    odd = row(1, "甲").replace('<row r="1"', '<row r="x"')
    assert (
        refused(parse, workbook(odd + row(2, "乙", attributes=' hidden="1"'))).code == "E-FILE-09"
    )


def test_facts_of_rows_with_gaps_are_kept_apart() -> None:
    facts = SheetFacts("名单")
    facts.take([2, 5], bytes([3, 1]), 4)
    assert [facts.flags(row) for row in range(7)] == [0, 0, 3, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("start", "name", "code"),
    [
        (b"\x09\x04\x06\x00\x00\x00", "a.xls", "E-FILE-04"),
        (b"<?xml version='1.0'?><note/>", "a.csv", "E-FILE-04"),
        (compound({"PowerPoint Document": b"x"}), "a.xls", "E-FILE-03"),
        (compound({"其他": b"x"}), "a.xls", "E-FILE-03"),
        (package({"ppt/slides.xml": "x"}), "a.xlsx", "E-FILE-03"),
        (package({"readme.txt": "x"}), "a.xlsx", "E-FILE-03"),
    ],
)
def test_files_of_other_programs_are_named(
    start: bytes, name: str, code: str, parse: Parse
) -> None:
    assert refused(parse, start, name).code == code


def test_a_record_that_spans_lines_and_has_another_width_is_taken_apart(parse: Parse) -> None:
    text = '名称,代码,日期\n甲,1,2019\n"乙,2,2020\n丙",3\n丁,4,2022\n'
    rows = list(parse(text.encode(), "a.csv").sheets[0].rows())[2:]
    assert [line.cells for line in rows] == [
        ['"乙', "2", "2020"],
        ['丙"', "3"],
        ["丁", "4", "2022"],
    ]
    assert rows[0].notes == [CellNote(-1, "E-CSV-04")]


def test_a_quote_open_for_too_many_lines_is_given_up(parse: Parse) -> None:
    lines = "".join(f"企业{number},{number}\n" for number in range(RECORD_LINES * 2))
    rows = list(parse(f'名称,代码\n"甲,1\n{lines}'.encode(), "a.csv").sheets[0].rows())
    assert len(rows) == RECORD_LINES * 2 + 2
    assert [line.number for line in rows if line.notes] == [2]


def test_a_title_repeated_on_each_page_is_no_data(choose: Choose) -> None:
    rows = row(1, "某县名单") + row(2, *HEADER) + row(3, "甲") + row(4, "某县名单") + row(5, "乙")
    (table,) = choose(workbook(rows)).tables
    assert len(list(table.rows())) == 2
    assert table.tally.reasons == {"重复的标题": 1}


def test_a_header_can_only_be_where_there_is_text(parse: Parse) -> None:
    with pytest.raises(FileError, match="第 7 行没有内容"):
        table_at(parse(workbook()).sheets[0], 7, 1, VOCABULARY)


def test_error_values_are_counted_for_the_clerk(choose: Choose) -> None:
    rows = GOOD_ROWS + raw_row(4, '<c r="A{}" t="e"><v>#N/A</v></c>')
    assert choose(workbook(rows)).remarks == ("工作表“名单”有 1 处公式错误值或没有结果的公式。",)


def test_a_lone_sheet_with_a_problem_is_that_problem(choose: Choose) -> None:
    with pytest.raises(FileError, match="E-FILE-14"):
        choose(workbook(row(1, *["列"] * 300)))


def test_a_workbook_of_another_program_is_read(parse: Parse) -> None:
    book = OpenWorkbook()
    page = book.active
    assert page is not None
    page.append(["企业名称", "代码"])
    page.append(["甲公司", 5])
    book.create_chartsheet("图")
    buffer = io.BytesIO()
    book.save(buffer)
    found = parse(buffer.getvalue())
    assert [line.cells for line in found.sheets[0].rows()] == [
        ["企业名称", "代码"],
        ["甲公司", "5"],
    ]


@pytest.mark.parametrize(("size", "text"), [(500, "1 KB"), (3 << 20, "3 MB"), (2 << 30, "2 GB")])
def test_sizes_are_said_as_clerks_say_them(size: int, text: str) -> None:
    assert human(size) == text
