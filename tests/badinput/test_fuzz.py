"""Random damage to good files: always an answer of ours, never another exception, never a hang."""

import io
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spreadsheets import biff, ooxml, sniff
from core.spreadsheets.child import BOOK, answer
from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.ole import CompoundFile
from core.spreadsheets.parse import parse_file
from core.spreadsheets.reader import Workbook, read_workbook
from tests.badinput.make import GOOD_ROWS, compound, package, parts, row, workbook

SMALL = Limits(memory_bytes=1 << 30, cpu_seconds=20, wall_seconds=30)
CSV = '企业名称,统一社会信用代码\n甲公司,0123\n"乙,公司",0456\n'.encode("gb18030")


def xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("名单")
    for number in range(30):
        page.write(number, 0, f"企业{number}")
        page.write(number, 1, number)
    page.write_merge(40, 41, 0, 2, "合并")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SEEDS = {
    "a.xlsx": workbook(),
    "b.xlsx": package(parts({"一": GOOD_ROWS, "二": row(1, "甲")}, date1904=True)),
    "a.xls": xls(),
    "b.xls": compound({"Workbook": b"\x09\x08\x04\x00\x00\x05\x05\x00"}),
    "a.csv": CSV,
    "b.csv": "a;b\r1;2\r".encode("utf-16"),
}


def damaged(content: bytes, seed: int) -> bytes:
    """Flip, cut, repeat or drop some bytes."""
    rng = random.Random(seed)
    data = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if not data:
            break
        place = rng.randrange(len(data))
        match rng.randrange(5):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                del data[place : place + rng.randint(1, 40)]
            case 2:
                data[place:place] = data[place : place + rng.randint(1, 40)]
            case 3:
                data[place : place + 4] = rng.choice([b"\xff" * 4, bytes(4), b"\x01\0\0\0"])
            case _:
                del data[place:]
    return bytes(data)


def scanned(path: Path, name: str) -> None:
    """Everything of ours that runs before a foreign parser sees the file."""
    kind = sniff.sniff(path, name, SMALL)
    if kind is sniff.Kind.XLSX:
        ooxml.scan_workbook(path, SMALL)
    elif kind is sniff.Kind.XLS:
        file = CompoundFile(path)
        stream = next(name for name in sniff.WORKBOOK_STREAMS if name in file.entries)
        biff.scan_stream(file.stream(stream), SMALL)


@settings(max_examples=400)
@given(name=st.sampled_from(sorted(SEEDS)), seed=st.integers(0, 2**32))
def test_our_own_scanners_answer_or_refuse(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed"
    path.write_bytes(damaged(SEEDS[name], seed))
    started = time.process_time()
    with suppress(FileError):
        scanned(path, name)
        if name.endswith(".csv"):
            folder = tmp_path_factory.getbasetemp() / "fuzz"
            folder.mkdir(exist_ok=True)
            answer(folder, BOOK, parse_file(path, name, folder, SMALL, lambda rows: None))
            for sheet in Workbook.load(folder).sheets:
                list(sheet.rows())
    assert time.process_time() - started < 5


@settings(max_examples=400)
@given(seed=st.integers(0, 2**32))
def test_damaged_markup_of_a_sheet_is_answered_or_refused(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """The zip is sound, the XML inside is not."""
    members = parts({"名单": GOOD_ROWS})
    rng = random.Random(seed)
    name = rng.choice(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
    members[name] = damaged(str(members[name]).encode(), seed)
    path = tmp_path_factory.getbasetemp() / "fuzzed.xlsx"
    path.write_bytes(package(members))
    with suppress(FileError):
        scanned(path, "a.xlsx")


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_the_child_survives_damage_or_its_death_is_an_answer(name: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    answers: list[list[int | str]] = []
    for seed in range(3):
        path.write_bytes(damaged(SEEDS[name], seed))
        try:
            book = read_workbook(path, tmp_path / "work", name=name, limits=SMALL)
            answers.append([sheet.row_count for sheet in book.sheets])
        except FileError as refused:
            answers.append([refused.code])
    assert len(answers) == 3


def test_the_seeds_themselves_are_good(tmp_path: Path) -> None:
    assert zipfile.is_zipfile(io.BytesIO(SEEDS["a.xlsx"]))
    for name in ("a.xlsx", "b.xlsx", "a.xls", "a.csv", "b.csv"):
        path = tmp_path / name
        path.write_bytes(SEEDS[name])
        scanned(path, name)
