"""Says what a file is by its content, and refuses everything but workbooks and delimited text."""

import codecs
import zipfile
from enum import StrEnum
from pathlib import Path

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits, human
from core.spreadsheets.ole import MAGIC as OLE_MAGIC
from core.spreadsheets.ole import CompoundFile


class Kind(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


BINARIES = (
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"%PDF", "PDF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "GZ 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "可执行程序"),
)
OLD_BIFF = (b"\x09\x00", b"\x09\x02", b"\x09\x04")
TEXT_SAMPLE = 4096
WORKBOOK_STREAMS = ("Workbook", "Book")


def sniff(path: Path, name: str, limits: Limits) -> Kind:
    """The kind of an acceptable file; `name` is what the user called it."""
    size = path.stat().st_size
    if size == 0:
        raise FileError("E-FILE-01")
    if size > limits.file_bytes:
        raise FileError("E-FILE-12", limit=human(limits.file_bytes))
    extension = Path(name).suffix.lower()
    if extension == ".et":
        raise FileError("E-FILE-04", what="WPS 表格格式（.et）")
    with path.open("rb") as file:
        start = file.read(TEXT_SAMPLE)
    if start.startswith(b"PK"):
        return _zip(path)
    if start.startswith(OLE_MAGIC):
        return _compound(path)
    for magic, what in BINARIES:
        if start.startswith(magic):
            raise FileError("E-FILE-03", what=what)
    if start[:2] in OLD_BIFF and extension == ".xls":
        raise FileError("E-FILE-04", what="过旧的 Excel 格式")
    return _text(start, extension)


def _zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {info.filename for info in archive.infolist()}
            mime = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as bad:
        raise FileError("E-FILE-02") from bad
    except Exception as bad:  # zipfile lets struct, zlib and key errors of crafted files through
        raise FileError("E-FILE-02") from bad
    lowered = {name.lower() for name in names}
    if "[content_types].xml" in lowered and "xl/workbook.xml" in lowered:
        return Kind.XLSX
    raise _foreign_zip(lowered, mime)


def _foreign_zip(names: set[str], mime: bytes) -> FileError:
    if "xl/workbook.bin" in names:
        return FileError("E-FILE-04", what="Excel 二进制工作簿（.xlsb）")
    if b"opendocument.spreadsheet" in mime:
        return FileError("E-FILE-04", what="OpenDocument 表格（.ods）")
    if any(name.startswith("word/") for name in names):
        return FileError("E-FILE-03", what="Word 文档")
    if any(name.startswith("ppt/") for name in names):
        return FileError("E-FILE-03", what="PowerPoint 演示文稿")
    if any(name.endswith((".xlsx", ".xls", ".csv")) for name in names):
        return FileError("E-FILE-03", what="压缩包，请先解压，再上传其中的表格")
    return FileError("E-FILE-03", what="压缩包")


def _compound(path: Path) -> Kind:
    names = CompoundFile(path).entries
    if "EncryptedPackage" in names:
        raise FileError("E-FILE-05")
    if "_VBA_PROJECT_CUR" in names or "VBA" in names:
        raise FileError("E-FILE-10")
    if any(stream in names for stream in WORKBOOK_STREAMS):
        return Kind.XLS
    if "WordDocument" in names:
        raise FileError("E-FILE-03", what="Word 文档")
    if "PowerPoint Document" in names:
        raise FileError("E-FILE-03", what="PowerPoint 演示文稿")
    raise FileError("E-FILE-03", what="其他程序的文件")


def _text(start: bytes, extension: str) -> Kind:
    what = markup(start)
    if what:
        raise FileError("E-FILE-04", what=what)
    marked = start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not marked and unlike_text(start):
        raise FileError("E-FILE-03", what="无法识别的文件")
    if extension in (".xlsx", ".xls"):
        table = b"\n" in start and any(mark in start for mark in (b",", b"\t", b";"))
        if table:
            raise FileError("E-FILE-04", what="文本（CSV）格式，只是扩展名写成了 " + extension)
        raise FileError("E-FILE-03", what="纯文本")
    return Kind.CSV


def unlike_text(start: bytes) -> bool:
    """Control bytes that no text holds; a stray NUL or two is left to the reader."""
    odd = sum(byte < 32 and byte not in (9, 10, 11, 12, 13, 26) for byte in start)
    return odd * 20 > len(start)


def markup(start: bytes) -> str:
    """What kind of markup a text is, "" for none."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if start.startswith(mark):
            start = start[: len(start) // 2 * 2].decode(encoding, "replace").encode()
    text = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if not text.startswith((b"<", b"mime-version")):
        return ""
    if b"office:spreadsheet" in text or b"excel.sheet" in text:
        return "XML 表格（Excel 2003）格式"
    pages = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style", b"mime-version")
    if text.startswith(pages) or b"<html" in text or b"<table" in text:
        return "网页（HTML）格式"
    return "XML 文件"
