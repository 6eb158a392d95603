"""Word documents: titles, paragraphs, tables and pictures in the layout of official papers.

The reader's office supplies the fonts; the font table names what to take where one is missing.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

TITLE, BODY, HEADING = "方正小标宋简体", "仿宋_GB2312", "黑体"
INSTEAD = {TITLE: "方正小标宋_GBK,华文中宋,宋体", BODY: "方正仿宋_GBK,仿宋", HEADING: "SimHei"}
PAGE, MARGIN = (210, 297), {"top": 37, "right": 26, "bottom": 35, "left": 28}  # mm, GB/T 9704
WIDTH = PAGE[0] - MARGIN["left"] - MARGIN["right"]  # mm of a line
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PARTS = (
    ("word/document.xml", "document.main", "officeDocument"),
    ("word/styles.xml", "styles", "styles"),
    ("word/fontTable.xml", "fontTable", "fontTable"),
    ("word/footer.xml", "footer", "footer"),
)


class Document:
    """What is added appears in that order; `save` writes the file."""

    def __init__(self) -> None:
        self._body: list[str] = []
        self._pictures: list[bytes] = []

    def title(self, text: str) -> None:
        """A second one begins a new page."""
        self._body.append(_paragraph(text, "Again" if self._body else "Title"))

    def heading(self, text: str) -> None:
        self._body.append(_paragraph(text, "Heading"))

    def paragraph(self, text: str, *, style: str = "Body") -> None:
        """Each line of the text is a paragraph."""
        self._body.extend(_paragraph(line, style) for line in text.splitlines() or [""])

    def line(self, *words: str) -> None:
        """Words side by side, spread over the line."""
        self._body.append(_paragraph("　　".join(words), "Line"))

    def table(self, rows: Iterable[Sequence[str]], widths: Sequence[float], *, head: bool) -> None:
        """`widths` as shares; with `head` the first row comes again on each page.

        In a table of facts (without head) every other cell is a label, and a row of two spans all.
        """
        cells = [round(_twips(WIDTH) * width / sum(widths)) for width in widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in cells)
        drawn = (
            _row(row, cells, is_head=head and number == 0, has_labels=not head)
            for number, row in enumerate(rows)
        )
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(cells)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(drawn)}</w:tbl>"
        )

    def picture(self, jpeg: bytes, width: int, height: int, *, most: int = 120) -> None:
        """At most that many millimetres wide and high, the sides as they are."""
        self._pictures.append(jpeg)
        scale = most / max(width, height)
        self._body.append(_picture(len(self._pictures), width * scale, height * scale))

    def save(self, target: Path | BinaryIO) -> None:
        section = (
            f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
            f'<w:pgSz w:w="{_twips(PAGE[0])}" w:h="{_twips(PAGE[1])}"/><w:pgMar '
            + " ".join(f'w:{side}="{_twips(mm)}"' for side, mm in MARGIN.items())
            + f' w:header="{_twips(15)}" w:footer="{_twips(25)}" w:gutter="0"/></w:sectPr>'
        )
        body = "".join(self._body)
        content = f"{_HEAD}<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _content_types())
            archive.writestr("_rels/.rels", _relations([(1, "officeDocument", _PARTS[0][0])]))
            archive.writestr("word/document.xml", content)
            archive.writestr("word/_rels/document.xml.rels", self._relations())
            archive.writestr("word/styles.xml", _styles())
            archive.writestr("word/fontTable.xml", _fonts())
            archive.writestr("word/footer.xml", _FOOTER)
            for number, jpeg in enumerate(self._pictures, 1):
                archive.writestr(f"word/media/{number}.jpg", jpeg, zipfile.ZIP_STORED)

    def _relations(self) -> str:
        parts = [
            (number, kind, path.removeprefix("word/"))
            for number, (path, _, kind) in enumerate(_PARTS[1:], 2)
        ]
        media = [
            (100 + number, "image", f"media/{number}.jpg")
            for number in range(1, len(self._pictures) + 1)
        ]
        return _relations([*parts, *media])


def _paragraph(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str) -> str:
    """Signs that no XML may hold are left out."""
    clean = _NOT_IN_XML.sub("", text)
    return f'<w:r><w:t xml:space="preserve">{escape(clean)}</w:t></w:r>' if clean else ""


def _row(row: Sequence[str], widths: Sequence[int], *, is_head: bool, has_labels: bool) -> str:
    spans = [1] * len(row)
    spans[-1] += len(widths) - len(row)
    cells, at = [], 0
    for number, (text, span) in enumerate(zip(row, spans, strict=True)):
        is_label = is_head or (has_labels and number % 2 == 0)
        style = "Label" if is_label else "Cell"
        lines = "".join(_paragraph(line, style) for line in text.splitlines() or [""])
        width = sum(widths[at : at + span])
        merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}'
            f'<w:vAlign w:val="center"/></w:tcPr>{lines}</w:tc>'
        )
        at += span
    again = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
    return f"<w:tr>{again}{''.join(cells)}</w:tr>"


def _picture(number: int, width: float, height: float) -> str:
    size = f'cx="{round(width * 36000)}" cy="{round(height * 36000)}"'
    name = f'id="{number}" name={quoteattr(f"照片{number}")}'
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Picture"/></w:pPr><w:r><w:drawing><wp:inline>'
        f"<wp:extent {size}/><wp:docPr {name}/><a:graphic>"
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {name}/>'
        f"<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="rId{100 + number}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _content_types() -> str:
    parts = "".join(
        f'<Override PartName="/{path}" ContentType="{_KINDS}.{kind}+xml"/>'
        for path, kind, _ in _PARTS
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/><Default Extension="jpg" ContentType="image/jpeg"/>{parts}</Types>'
    )


def _relations(targets: Iterable[tuple[int, str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{path}"/>'
        for number, kind, path in targets
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _style(key: str, font: str, half_points: int, layout: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{key}"/><w:pPr>{layout}'
        f'</w:pPr><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
        f'w:eastAsia="{font}"/><w:sz w:val="{half_points}"/></w:rPr></w:style>'
    )


def _styles() -> str:
    """Body in size 3 with 29 points a line, title in size 2, tables in small size 4."""
    exact = '<w:spacing w:before="0" w:after="0" w:line="580" w:lineRule="exact"/>'
    tight = '<w:spacing w:before="40" w:after="40"/>'
    middle, indent = '<w:jc w:val="center"/>', '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    kept, title = "<w:keepNext/>", f'<w:spacing w:after="240"/>{middle}'
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + _style("Title", TITLE, 44, f"{kept}{title}")
        + _style("Again", TITLE, 44, f"{kept}<w:pageBreakBefore/>{title}")
        + _style("Heading", HEADING, 32, f"{kept}{exact}")
        + _style("Body", BODY, 32, f"{exact}{indent}")
        + _style("Line", BODY, 24, tight)
        + _style("Label", HEADING, 24, f"{tight}{middle}")
        + _style("Cell", BODY, 24, tight)
        + _style("Picture", BODY, 24, f"{tight}{middle}")
        + _style("Footer", "宋体", 28, middle)
        + f'<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        f'<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
    )


def _fonts() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in INSTEAD.items()
    )
    return f'{_HEAD}<w:fonts xmlns:w="{_W}">{rows}</w:fonts>'


_FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE ">'
    '<w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    "</w:p></w:ftr>"
)


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)
