"""Scans an XLSX as a whole: refuses what is unsafe, lists its sheets with their physical facts."""

import posixpath
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from core.spreadsheets.container import Container
from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import Limits
from core.spreadsheets.marks import SheetFacts
from core.spreadsheets.sheetscan import SheetScan

WORKBOOK = "xl/workbook.xml"
WORKSHEET = "/worksheet"
OUR_NAMES = "dj_"
MACROS = ("vbaproject.bin", "vbadata.xml")


class Part(NamedTuple):
    """A sheet of the workbook: its place in the list, its name, its member of the zip."""

    position: int
    name: str
    hidden: bool
    member: str


class Scan(NamedTuple):
    """The worksheets in the workbook's order, and the text of its names that are ours."""

    sheets: list[tuple[Part, SheetFacts]]
    names: dict[str, str]


def scan_workbook(path: Path, limits: Limits) -> Scan:
    """Inflate every member once under guard."""
    container = Container(path, limits)
    try:
        if any(name.lower().endswith(MACROS) for name in container.members):
            raise FileError("E-FILE-10")
        book = _xml(container, WORKBOOK)
        parts = sheet_parts(container, book)
        facts = {part.member: _scan(container, part, limits) for part in parts}
        for name in container.members:
            if name not in facts:
                for _ in container.inflate(name):
                    pass
    finally:
        container.close()
    date1904 = has_1904_dates(book)
    for fact in facts.values():
        fact.date1904 = date1904
    return Scan([(part, facts[part.member]) for part in parts], our_names(book))


def strict_scan(path: Path, part: Part, limits: Limits) -> SheetFacts:
    """Look at the place of every cell; raises E-FILE-09 where one would replace another."""
    container = Container(path, limits)
    try:
        return _scan(container, part, limits, strict=True)
    finally:
        container.close()


def _scan(container: Container, part: Part, limits: Limits, *, strict: bool = False) -> SheetFacts:
    scan = SheetScan(part.name, limits, strict=strict)
    for chunk in container.inflate(part.member, bare=True):
        scan.feed(chunk)
    scan.finish()
    return scan.facts


def has_1904_dates(book: Element) -> bool:
    properties = _all(book, "workbookPr")
    return bool(properties) and properties[0].get("date1904") in ("1", "true")


def our_names(book: Element) -> dict[str, str]:
    """Defined names with our prefix; a template says by them what it is."""
    found = ((name.get("name", ""), name.text or "") for name in _all(book, "definedName"))
    return {name: text[:200] for name, text in found if name.startswith(OUR_NAMES)}


def sheet_parts(container: Container, book: Element) -> list[Part]:
    """The worksheets named by the workbook."""
    targets = _targets(container)
    parts = []
    for position, sheet in enumerate(_all(book, "sheet")):
        relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        kind, member = targets.get(relation, ("", ""))
        if not kind.endswith(WORKSHEET):
            continue
        if member not in container.members or not member.endswith(".xml"):
            raise FileError("E-FILE-02", where="（缺少工作表内容）")
        hidden = sheet.get("state", "visible") != "visible"
        parts.append(Part(position, sheet.get("name", ""), hidden, member))
    if not parts:
        raise FileError("E-FILE-17")
    if len({part.member for part in parts}) < len(parts):
        raise FileError("E-FILE-08", what="两个工作表指向同一内容")
    return parts


def _targets(container: Container) -> dict[str, tuple[str, str]]:
    relations = _xml(container, "xl/_rels/workbook.xml.rels")
    targets = {}
    for relation in _all(relations, "Relationship"):
        target = relation.get("Target", "")
        member = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        targets[relation.get("Id", "")] = (relation.get("Type", ""), member)
    return targets


def _xml(container: Container, name: str) -> Element:
    if name not in container.members:
        raise FileError("E-FILE-08", what="缺少工作簿目录")
    try:
        root: Element = fromstring(container.read(name))
    except (ParseError, ValueError) as bad:
        raise FileError("E-FILE-02") from bad
    return root


def _all(root: Element, name: str) -> list[Element]:
    """Elements of that local name in any namespace: transitional and strict files alike."""
    return [item for item in root.iter() if item.tag.rpartition("}")[2] == name]
