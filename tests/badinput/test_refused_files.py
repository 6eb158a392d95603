"""Files that cannot be read get one code and one Chinese sentence with a remedy."""

import codecs
import io
import struct
import zipfile
from collections.abc import Callable
from functools import partial

import pytest
import xlwt

from core.spreadsheets.errors import FILE_PROBLEMS, FileError
from core.spreadsheets.limits import Limits
from tests.badinput.conftest import Parse
from tests.badinput.make import (
    GOOD_ROWS,
    PACKAGE,
    RawMember,
    compound,
    package,
    parts,
    raw_row,
    raw_workbook,
    row,
    sheet,
    workbook,
)

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
XML_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)
PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
)


def xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("名单")
    page.write(0, 0, "企业名称")
    page.write(1, 0, "怀宁某某有限公司")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted_xls() -> bytes:
    """The code page record renamed to the one that says the stream is encrypted."""
    return xls().replace(struct.pack("<HH", 0x42, 2), struct.pack("<HH", 0x2F, 2), 1)


def zip_of(**members: str) -> bytes:
    return package({name.replace("__", "/"): content for name, content in members.items()})


def declared(declaration: str, part: str) -> bytes:
    members = parts({"名单": GOOD_ROWS})
    members[part] = declaration + str(members[part])
    return package(members)


def with_member(name: str, content: bytes = b"x") -> bytes:
    return raw_workbook(RawMember.of(name, content))


def utf16_part() -> bytes:
    members = parts({"名单": GOOD_ROWS})
    text = '<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + str(members["xl/workbook.xml"])
    members["xl/workbook.xml"] = text.encode("utf-16")
    return package(members)


def duplicate_member() -> bytes:
    buffer = io.BytesIO(workbook())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


def macro_workbook() -> bytes:
    return workbook(extra={"xl/vbaProject.bin": b"macro"})


def docx() -> bytes:
    return zip_of(word__document="x", **{"[Content_Types].xml": f'<Types xmlns="{PACKAGE}"/>'})


def ods() -> bytes:
    return zip_of(mimetype="application/vnd.oasis.opendocument.spreadsheet", content="x")


CASES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "an empty file": ("E-FILE-01", "名单.xlsx", lambda: b""),
    "the first 900 bytes": ("E-FILE-02", "名单.xlsx", lambda: workbook()[:900]),
    "a directory cut off": ("E-FILE-02", "名单.xlsx", lambda: workbook()[:-30]),
    "bytes lost inside": ("E-FILE-02", "名单.xlsx", lambda: cut_inside(workbook())),
    "text called xlsx": ("E-FILE-03", "名单.xlsx", lambda: "你好".encode()),
    "a picture called xlsx": ("E-FILE-03", "名单.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99)),
    "a PDF called xls": ("E-FILE-03", "名单.xls", lambda: b"%PDF-1.7 x"),
    "random bytes": ("E-FILE-03", "名单.csv", lambda: bytes(range(256)) * 4),
    "a web page called xls": ("E-FILE-04", "a.xls", lambda: b"\n<html><table><tr><td>1"),
    "a web page with a mark": (
        "E-FILE-04",
        "a.xls",
        lambda: codecs.BOM_UTF8 + b'<meta charset="utf-8"><table>',
    ),
    "a web page in UTF-16": ("E-FILE-04", "a.xls", lambda: "<html><table>".encode("utf-16")),
    "XML of Excel 2003": ("E-FILE-04", "a.xls", lambda: XML_2003.encode()),
    "a CSV called xls": ("E-FILE-04", "a.xls", lambda: "企业名称,代码\n甲,1\n".encode("gb18030")),
    "a WPS table": ("E-FILE-04", "a.et", lambda: compound({"Workbook": b"x"})),
    "an xlsb": (
        "E-FILE-04",
        "a.xlsx",
        lambda: package({"[Content_Types].xml": "x", "xl/workbook.bin": "x"}),
    ),
    "an ods": ("E-FILE-04", "a.xlsx", ods),
    "a docx called xlsx": ("E-FILE-03", "a.xlsx", docx),
    "a doc called xls": ("E-FILE-03", "a.xls", lambda: compound({"WordDocument": b"x"})),
    "a zip of a workbook": ("E-FILE-03", "a.xlsx", lambda: package({"a.xlsx": workbook()})),
    "a password": ("E-FILE-05", "a.xlsx", lambda: compound({"EncryptedPackage": b"x"})),
    "a password in an xls": ("E-FILE-05", "a.xls", encrypted_xls),
    "zip encryption": (
        "E-FILE-05",
        "a.xlsx",
        lambda: raw_workbook(RawMember("xl/styles.xml", [b"x"], size=1, crc=0, flags=1)),
    ),
    "too many members": (
        "E-FILE-06",
        "a.xlsx",
        lambda: workbook(extra={f"x/{number}": "" for number in range(2_001)}),
    ),
    "a size that lies": (
        "E-FILE-06",
        "a.xlsx",
        lambda: raw_workbook(RawMember.of("xl/styles.xml", b"<a/>" * 99, size=10)),
    ),
    "a checksum that lies": (
        "E-FILE-02",
        "a.xlsx",
        lambda: raw_workbook(RawMember.of("xl/styles.xml", b"<a/>", crc=7)),
    ),
    "a row number too large": (
        "E-FILE-07",
        "a.xlsx",
        lambda: workbook(row(1, "甲") + row(99_999_999, "乙")),
    ),
    "a column that does not exist": (
        "E-FILE-07",
        "a.xlsx",
        lambda: workbook(raw_row(1, '<c r="ZZZ{}"><v>1</v></c>')),
    ),
    "a path that leaves the folder": ("E-FILE-08", "a.xlsx", lambda: with_member("../../x")),
    "an absolute path": ("E-FILE-08", "a.xlsx", lambda: with_member("/etc/x")),
    "a backslash": ("E-FILE-08", "a.xlsx", lambda: with_member("xl\\x.xml")),
    "a NUL in a name": ("E-FILE-08", "a.xlsx", lambda: with_member("xl/x\0.xml")),
    "a name used twice": ("E-FILE-08", "a.xlsx", duplicate_member),
    "a part in UTF-16": ("E-FILE-08", "a.xlsx", utf16_part),
    "a comment in the rows": (
        "E-FILE-08",
        "a.xlsx",
        lambda: workbook(raw_row(1, '<c r="A1"><v>1<!-- x -->2</v></c>')),
    ),
    "a row that comes twice": ("E-FILE-09", "a.xlsx", lambda: workbook(row(1, "甲") * 2)),
    "rows out of order": (
        "E-FILE-09",
        "a.xlsx",
        lambda: workbook(row(1, "甲") + row(3, "乙") + row(2, "丙")),
    ),
    "a cell that comes twice": (
        "E-FILE-09",
        "a.xlsx",
        lambda: workbook(row(1, "甲") + raw_row(2, '<c r="A{}"><v>1</v></c>' * 2)),
    ),
    "a cell of another row": (
        "E-FILE-09",
        "a.xlsx",
        lambda: workbook(row(1, "甲") + row(2, "乙").replace('"A2"', '"A9"')),
    ),
    "macros": ("E-FILE-10", "a.xlsm", macro_workbook),
    "macros called xlsx": ("E-FILE-10", "a.xlsx", macro_workbook),
    "macros in an xls": (
        "E-FILE-10",
        "a.xls",
        lambda: compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}),
    ),
    "300 columns": ("E-FILE-14", "a.xlsx", lambda: workbook(row(1, *["列"] * 300))),
    "300 columns of CSV": ("E-FILE-14", "a.csv", lambda: b",".join([b"a"] * 300) + b"\n1,2\n"),
    "a character that XML forbids": ("E-FILE-02", "a.xlsx", lambda: workbook(row(1, "甲&#0;"))),
    "a compound file cut off": ("E-FILE-02", "a.xls", lambda: xls()[:1500]),
    "a compound file in a loop": ("E-FILE-08", "a.xls", lambda: looped(xls())),
    "a sheet without end": (
        "E-FILE-02",
        "a.xlsx",
        lambda: workbook(sheet(GOOD_ROWS).replace("</sheetData>", "")),
    ),
}
for part in PARTS:
    CASES[f"laughs in {part}"] = ("E-FILE-08", "a.xlsx", partial(declared, LAUGHS, part))
    CASES[f"an entity in {part}"] = ("E-FILE-08", "a.xlsx", partial(declared, EXTERNAL, part))


def cut_inside(content: bytes) -> bytes:
    middle = content.index(b"xl/worksheets/sheet1.xml") + 60
    return content[:middle] + content[middle + 40 :]


def looped(content: bytes) -> bytes:
    """Every sector of the first allocation table names itself as the next."""
    (sector,) = struct.unpack_from("<I", content, 76)
    start = (sector + 1) * 512
    return content[:start] + struct.pack("<128I", *range(128)) + content[start + 512 :]


def read_all(parse: Parse, content: bytes, name: str, limits: Limits | None = None) -> list[int]:
    """The number of rows of each sheet."""
    return [len(list(found.rows())) for found in parse(content, name, limits).sheets]


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_read_is_named_for_what_it_is(case: str, parse: Parse) -> None:
    code, name, build = CASES[case]
    content = build()
    with pytest.raises(FileError) as refused:
        read_all(parse, content, name)
    assert refused.value.code == code
    assert refused.value.sentence.endswith("。")
    assert "{" not in str(refused.value)


def test_every_refusal_says_how_to_repair() -> None:
    assert all(problem.remedy.endswith("。") for problem in FILE_PROBLEMS.values())


@pytest.mark.parametrize(("rows", "refused"), [(10, False), (11, True)])
def test_the_row_limit_counts_data_rows(rows: int, refused: bool, parse: Parse) -> None:
    limits = Limits(data_rows=10)
    table = row(1, "企业名称", "备注") + "".join(row(n, "甲", "乙") for n in range(2, rows + 2))
    text = "企业名称,备注\n" + "甲,乙\n" * rows
    for content, name in ((workbook(table), "a.xlsx"), (text.encode(), "a.csv")):
        if refused:
            with pytest.raises(FileError, match="E-FILE-11"):
                read_all(parse, content, name, limits)
        else:
            assert read_all(parse, content, name, limits) == [rows + 1]


def test_a_file_above_the_size_limit_is_not_opened(parse: Parse) -> None:
    with pytest.raises(FileError) as refused:
        parse(workbook(), limits=Limits(file_bytes=500))
    assert refused.value.code == "E-FILE-12"


def test_no_secret_of_the_machine_reaches_the_message(parse: Parse) -> None:
    with pytest.raises(FileError) as refused:
        parse(declared(EXTERNAL, "xl/sharedStrings.xml"))
    assert "hostname" not in str(refused.value)
