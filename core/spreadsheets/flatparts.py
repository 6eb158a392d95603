"""The fixed parts of a streamed workbook: styles, heads and ends of sheets, directory."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter.utility import xl_col_to_name

from core.columns import Column, Format

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
HEADER_STYLE, TITLE_STYLE = 6, 7
STYLE = dict.fromkeys(Format, 1) | {
    Format.CODE: 2,
    Format.WHOLE: 3,
    Format.AMOUNT: 4,
    Format.DAY: 5,
    Format.RATE: 8,
    Format.TICK: 8,
    Format.YES_NO: 8,
}
_BORDER = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
_CENTRE = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="10.5"/><name val="宋体"/></font>'
    '<font><b/><sz val="10.5"/><name val="宋体"/></font>'
    '<font><sz val="18"/><name val="黑体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="2"><border/><border>{_BORDER}</border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="9"><xf/>'
    '<xf borderId="1" applyBorder="1" quotePrefix="1"/>'
    '<xf numFmtId="49" borderId="1" applyBorder="1" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="3" borderId="1" applyBorder="1" applyNumberFormat="1"/>'
    '<xf numFmtId="4" borderId="1" applyBorder="1" applyNumberFormat="1"/>'
    '<xf numFmtId="164" borderId="1" applyBorder="1" applyNumberFormat="1"/>'
    f'<xf fontId="1" borderId="1" applyFont="1" applyBorder="1" applyAlignment="1">{_CENTRE}</xf>'
    f'<xf fontId="2" applyFont="1" applyAlignment="1">{_CENTRE}</xf>'
    f'<xf borderId="1" applyBorder="1" applyAlignment="1" quotePrefix="1">{_CENTRE}</xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def sheet_start(columns: Sequence[Column], title: str) -> bytes:
    """Everything up to and with the header row: widths, frozen pane, title."""
    head = 2 if title else 1
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" customWidth="1"/>'
        for place, column in enumerate(columns, 1)
    )
    rows = f'<row r="1" ht="30" customHeight="1">{_text("A1", TITLE_STYLE, title)}</row>'
    labels = "".join(
        _text(f"{xl_col_to_name(place)}{head}", HEADER_STYLE, column.header)
        for place, column in enumerate(columns)
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{head}" '
        f'topLeftCell="A{head + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="18" customHeight="1"/>'
        f"<cols>{widths}</cols><sheetData>{rows if title else ''}"
        f'<row r="{head}">{labels}</row>'
    ).encode()


def sheet_end(columns: Sequence[Column], title: str, last_row: int) -> bytes:
    last = xl_col_to_name(len(columns) - 1)
    head = 2 if title else 1
    merge = f'<mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells>'
    return (
        f'</sheetData><autoFilter ref="A{head}:{last}{max(last_row, head)}"/>'
        f"{merge if title and len(columns) > 1 else ''}"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
        "</worksheet>"
    ).encode()


def package_parts(names: Sequence[str], head: int) -> dict[str, str]:
    """The directory of the workbook; `head` is the header row that each printed page repeats."""
    sheets = relations = overrides = titles = ""
    for number, name in enumerate(names, 1):
        sheets += f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        relations += _relation(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml")
        overrides += _override(f"/xl/worksheets/sheet{number}.xml", "worksheet")
        quoted = escape(name.replace("'", "''"))
        titles += (
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{number - 1}">'
            f"'{quoted}'!$1:${head}</definedName>"
        )
    relations += _relation("rIdS", "styles", "styles.xml")
    return {
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"<sheets>{sheets}</sheets><definedNames>{titles}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">'
        f"{relations}</Relationships>",
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}relationships">'
        f"{_relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{_override('/xl/workbook.xml', 'sheet.main')}{_override('/xl/styles.xml', 'styles')}"
        f"{overrides}</Types>",
    }


def _text(reference: str, style: int, text: str) -> str:
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _override(part: str, kind: str) -> str:
    return f'<Override PartName="{part}" ContentType="{CONTENT}{kind}+xml"/>'
