"""Small files that grow without bound, parsers that die: the child answers, the parent lives."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.spreadsheets.child import ERROR, REQUEST, answer, work
from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.reader import Workbook, read_workbook
from tests.badinput.make import (
    GOOD_ROWS,
    MAIN,
    RawMember,
    raw_row,
    raw_workbook,
    sheet,
    workbook,
)

GIGABYTE = 1 << 30
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def read(content: bytes, folder: Path, limits: Limits | None = None) -> Workbook:
    path = folder / "upload"
    path.write_bytes(content)
    return read_workbook(path, folder / "work", name="名单.xlsx", limits=limits)


def refusal(content: bytes, folder: Path, limits: Limits | None = None) -> FileError:
    with pytest.raises(FileError) as refused:
        read(content, folder, limits)
    return refused.value


def expanding(part: str, before: str, unit: str) -> bytes:
    units = unit * ((1 << 20) // len(unit))
    return raw_workbook(RawMember.expanding(part, before.encode(), units.encode(), GIGABYTE))


BOMBS = {
    "rows": (SHEET, f'<worksheet xmlns="{MAIN}"><sheetData>', "<row><c><v>1</v></c></row>"),
    "shared strings": (STRINGS, f'<sst xmlns="{MAIN}">', "<si><t>x</t></si>"),
    "one cell": (SHEET, f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c><v>', "x"),
    "a part nobody reads": ("xl/media/image1.bin", "", "\0"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_gigabyte_in_a_megabyte_is_refused_early_and_cheaply(bomb: str, tmp_path: Path) -> None:
    content = expanding(*BOMBS[bomb])
    assert len(content) < 5 << 20
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert refusal(content, tmp_path, Limits(memory_bytes=200 << 20)).code == "E-FILE-06"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 2


def test_two_cells_at_the_corners_do_not_reach_the_parser(tmp_path: Path) -> None:
    corners = raw_row(1, '<c r="A{}"><v>1</v></c>') + raw_row(
        1_048_576, '<c r="XFD{}"><v>1</v></c>'
    )
    content = workbook(corners)
    assert len(content) < 2_500
    book = read(content, tmp_path)
    assert book.sheets[0].problem is not None
    assert book.sheets[0].problem.code == "E-FILE-07"
    with pytest.raises(FileError, match="E-FILE-07"):
        book.sheets[0].rows()


def test_a_parser_that_dies_of_memory_is_an_answer(tmp_path: Path) -> None:
    """The scan would let this box pass; the parser aborts its whole process on it."""
    tall = raw_row(1, '<c r="A{}"><v>1</v></c>') + raw_row(900_000, '<c r="AZ{}"><v>1</v></c>')
    limits = Limits(memory_bytes=400 << 20)
    assert refusal(workbook(tall), tmp_path, limits).code == "E-FILE-07"


def test_a_parser_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    assert refusal(workbook(), tmp_path, Limits(wall_seconds=-1)).code == "E-FILE-15"


def test_a_parser_that_burns_its_cpu_time_is_stopped(tmp_path: Path) -> None:
    text = "名称,代码\n" + "甲公司,1\n" * 1_000_000
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError) as refused:
        read_workbook(path, tmp_path / "work", limits=Limits(cpu_seconds=1))
    assert refused.value.code == "E-FILE-15"


class Cancelled(Exception):
    """Stands for a job that lost its lease or was cancelled."""


def test_a_cancelled_job_takes_its_child_along(tmp_path: Path) -> None:
    def cancel(rows: int) -> None:
        raise Cancelled

    path = tmp_path / "a.csv"
    path.write_text("名称,代码\n" + "甲公司,1\n" * 200_000, encoding="utf-8")
    with pytest.raises(Cancelled):
        read_workbook(path, tmp_path / "work", on_progress=cancel)
    time.sleep(0)
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(tmp_path) not in listed.stdout


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("名称,代码\n甲公司,1\n", encoding="utf-8")
    (tmp_path / "sheet-0.rows").symlink_to("/dev/full")
    answer(tmp_path, REQUEST, {"path": str(path), "name": "a.csv", "limits": {}})
    work(tmp_path)
    assert (tmp_path / ERROR).read_text(encoding="utf-8") == '["E-IO-01", {}]'


def test_a_file_is_read_through_the_child_and_again_from_its_folder(tmp_path: Path) -> None:
    book = read(workbook(), tmp_path)
    again = Workbook.load(tmp_path / "work")
    assert again == book
    assert len(list(again.sheet("名单").rows())) == 3
    with pytest.raises(FileError, match="E-FILE-16"):
        again.sheet("别的")


def test_a_second_reading_drops_the_answer_of_the_first(tmp_path: Path) -> None:
    read(workbook(), tmp_path)
    assert refusal(b"\x89PNG", tmp_path).code == "E-FILE-03"
    assert len(read(workbook(), tmp_path).sheets) == 1


def test_a_workbook_without_any_text_is_refused(tmp_path: Path) -> None:
    assert refusal(workbook(raw_row(1, '<c r="A{}" s="1"/>')), tmp_path).code == "E-FILE-17"


def test_the_child_starts_without_django() -> None:
    code = "import sys, core.spreadsheets.child; print('django' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


@pytest.mark.scale
def test_one_row_too_many_is_refused_in_both_kinds(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_048_578))
    book = read(workbook(sheet(rows)), tmp_path)
    assert book.sheets[0].problem is not None
    assert book.sheets[0].problem.code == "E-FILE-11"
    text = tmp_path / "a.csv"
    text.write_text("名称,代码\n" + "1,2\n" * 1_048_576, encoding="utf-8")
    with pytest.raises(FileError, match="E-FILE-11"):
        read_workbook(text, tmp_path / "work")


@pytest.mark.scale
def test_a_million_blank_formatted_rows_are_only_counted(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_048_577))
    found = read(workbook(GOOD_ROWS + blank), tmp_path).sheets[0]
    assert (found.physical_rows, found.row_count) == (1_048_576, 3)
