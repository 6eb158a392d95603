"""Hand-written containers for the corpus: OOXML by zipfile, raw zips that lie, compound files."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
EXPANDABLE = 1 << 30
STAMP = (1980, 1, 1, 0, 0, 0)

TEXT = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'


def letters(column: int) -> str:
    """A for 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def row(number: int, *cells: str, attributes: str = "") -> str:
    """A row of text cells from column A; an empty text is no cell."""
    body = "".join(
        TEXT.format(f"{letters(place)}{number}", cell) for place, cell in enumerate(cells) if cell
    )
    return f'<row r="{number}"{attributes}>{body}</row>'


def raw_row(number: int, *cells: str) -> str:
    """A row of cells written out; each `{}` stands for the row number."""
    return f'<row r="{number}">{"".join(cell.replace("{}", str(number)) for cell in cells)}</row>'


HEADER = ("企业名称", "统一社会信用代码", "成立日期")
GOOD_ROWS = (
    row(1, *HEADER)
    + row(2, "怀宁某某有限公司", "91340822MA0000001X", "2019-03-05")
    + row(3, "怀宁另一有限公司", "91340822MA0000002P", "2020.1.6")
)
COLUMNS = ("企业名称", "统一社会信用代码", "成立日期", "注册资本")


def sheet(rows: str, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    states: Mapping[str, str] | None = None,
    date1904: bool = False,
    strings: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> dict[str, str | bytes]:
    """The members of a workbook; `sheets` maps names to sheet XML (or bare rows)."""
    entries, relations, overrides = "", "", ""
    members: dict[str, str | bytes] = {}
    for number, (name, content) in enumerate(sheets.items(), 1):
        state = (states or {}).get(name, "")
        shown = f' state="{state}"' if state else ""
        entries += f'<sheet name="{name}" sheetId="{number}"{shown} r:id="rId{number}"/>'
        relations += relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        part = f"/xl/worksheets/sheet{number}.xml"
        overrides += f'<Override PartName="{part}" ContentType="{CONTENT}worksheet+xml"/>'
        members[part[1:]] = content if "sheetData" in content else sheet(content)
    relations += relation("rIdS", "styles", "styles.xml")
    relations += relation("rIdT", "sharedStrings", "sharedStrings.xml")
    flag = '<workbookPr date1904="1"/>' if date1904 else ""
    head: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}sheet.main+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
        + relation("rId1", "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{flag}'
        f"<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}relationships">'
        f"{relations}</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    return head | members | dict(extra or {})


def relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def package(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of the members, byte for byte the same each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbook(rows: str = GOOD_ROWS, **options: object) -> bytes:
    """A workbook of one sheet 名单."""
    return package(parts({"名单": rows}, **options))  # type: ignore[arg-type]


class RawMember:
    """A zip member whose packed bytes and directory entries are given, true or not."""

    def __init__(
        self, name: str, packed: Iterable[bytes], *, size: int, crc: int, flags: int = 0
    ) -> None:
        self.name = name.encode()
        self.packed = list(packed)
        self.size, self.crc, self.flags = size, crc, flags

    @classmethod
    def of(cls, name: str, content: bytes, **lies: int) -> "RawMember":
        engine = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = [engine.compress(content) + engine.flush()]
        facts = {"size": len(content), "crc": zlib.crc32(content)} | lies
        return cls(name, packed, **facts)

    @classmethod
    def expanding(cls, name: str, before: bytes, unit: bytes, size: int) -> "RawMember":
        """`unit` repeated up to `size` bytes: one flushed block, packed once, written often."""
        engine = zlib.compressobj(9, zlib.DEFLATED, -15)
        head = engine.compress(before) + engine.flush(zlib.Z_FULL_FLUSH)
        block = engine.compress(unit) + engine.flush(zlib.Z_FULL_FLUSH)
        return cls(name, [head] + [block] * (size // len(unit)), size=size, crc=0)


def raw_package(members: Iterable[RawMember]) -> bytes:
    body, directory, count = b"", b"", 0
    for member in members:
        packed = b"".join(member.packed)
        facts = struct.pack(
            "<HHHHHIIIHH",
            *(20, member.flags, 8, 0, 0x21),
            *(member.crc, len(packed), member.size, len(member.name), 0),
        )
        directory += b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += member.name
        body += b"PK\x03\x04" + facts + member.name + packed
        count += 1
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def raw_workbook(*replacements: RawMember) -> bytes:
    """The good workbook with members replaced or added by raw ones."""
    names = {member.name.decode() for member in replacements}
    kept = [
        RawMember.of(name, content if isinstance(content, bytes) else content.encode())
        for name, content in parts({"名单": GOOD_ROWS}).items()
        if name not in names
    ]
    return raw_package([*kept, *replacements])


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE2) with these streams in its root, each padded to 4 KB."""
    sectors: list[bytes] = []
    chains: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1 if streams else 0xFFFFFFFF)]
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(-(-max(len(content), 4096) // 512) * 512, b"\0")
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, len(sectors), len(content), right=right))
        for start in range(0, len(content), 512):
            sectors.append(content[start : start + 512])
            chains.append(len(sectors))
        chains[-1] = 0xFFFFFFFE
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    first = len(sectors)
    for start in range(0, len(directory), 512):
        sectors.append(directory[start : start + 512])
        chains.append(len(sectors))
    chains[-1] = 0xFFFFFFFE
    fat_sectors = -(-(len(sectors) + 4) // 127)
    where = list(range(len(sectors), len(sectors) + fat_sectors))
    chains += [0xFFFFFFFD] * fat_sectors
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_sectors * 512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIII", 62, 3, 0xFFFE, 9, 6, 0, fat_sectors, first)
    header += struct.pack("<IIIIII", 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *(where + [0xFFFFFFFF] * (109 - fat_sectors)))
    return header + b"".join(sectors) + fat


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, right, child)
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBB", len(coded), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
