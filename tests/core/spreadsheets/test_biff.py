"""Records of an .xls that its usual writers in tests do not make."""

import struct

import pytest

from core.spreadsheets.biff import scan_stream
from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.marks import HAS_CELLS, HAS_VALUE, HIDDEN, SheetFacts

Record = tuple[int, bytes]
BEGIN: Record = (0x0809, b"\x00\x06\x10\x00")
END: Record = (0x000A, b"")


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def cell(kind: int, row: int, column: int, body: bytes = b"") -> Record:
    return kind, struct.pack("<HHH", row, column, 0) + body


def stream(*records: Record, closed: bool = True) -> bytes:
    """A workbook of one sheet that holds the records."""

    def globals_with(offset: int) -> bytes:
        bound = struct.pack("<IBB", offset, 0, 0) + b"\x01\x00S"
        return record(*BEGIN) + record(0x0085, bound) + record(*END)

    body = record(*BEGIN) + b"".join(record(*given) for given in records)
    return globals_with(len(globals_with(0))) + body + (record(*END) if closed else b"")


def scan(*records: Record) -> SheetFacts:
    ((_, facts),) = scan_stream(stream(*records), Limits())
    return facts


def test_many_numbers_in_one_record_count_as_one_row() -> None:
    facts = scan(cell(0x00BD, 4, 1, bytes(18) + struct.pack("<H", 3)))
    assert (facts.physical_rows, facts.valued_rows, facts.width) == (1, 1, 4)
    assert facts.flags(5) == HAS_CELLS | HAS_VALUE


def test_blank_cells_make_a_row_without_value() -> None:
    facts = scan(cell(0x0201, 0, 0), cell(0x00BE, 1, 0, struct.pack("<HH", 0, 5)))
    assert (facts.physical_rows, facts.valued_rows) == (2, 0)


def test_hidden_rows_and_columns_are_seen() -> None:
    row = struct.pack("<HHHHHHI", 0, 0, 1, 0, 0, 0, 0x20)
    facts = scan(
        (0x0208, row), cell(0x0203, 0, 0, bytes(8)), (0x007D, struct.pack("<5H", 1, 2, 0, 0, 1))
    )
    assert facts.flags(1) & HIDDEN
    assert facts.hidden_columns == [2, 3]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (cell(0x0006, 2, 1, b"\x02\x00\x07\x00\x00\x00\xff\xff" + bytes(8)), "#DIV/0!"),
        (cell(0x0205, 2, 1, b"\x2a\x01"), "#N/A"),
        (cell(0x0205, 2, 1, b"\x63\x01"), "#ERROR"),
    ],
)
def test_error_values_are_remembered_with_their_place(given: Record, text: str) -> None:
    assert scan(given).errors == {3: [(1, text)]}


def test_truth_values_and_results_are_no_errors() -> None:
    number = cell(0x0006, 0, 0, struct.pack("<d", 2.5) + bytes(8))
    assert scan(number, cell(0x0205, 1, 0, b"\x01\x00")).errors == {}


def test_a_chart_inside_a_sheet_ends_nothing() -> None:
    facts = scan(BEGIN, cell(0x0203, 9, 9, bytes(8)), END, cell(0x0203, 0, 0, bytes(8)))
    assert (facts.physical_rows, facts.width) == (1, 1)


def test_a_stream_that_is_cut_is_refused() -> None:
    with pytest.raises(FileError, match="E-FILE-02"):
        scan_stream(stream(cell(0x0203, 0, 0, bytes(8)), closed=False), Limits())
