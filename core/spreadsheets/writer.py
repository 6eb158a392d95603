"""Writes ledgers and exports as a desk prints them: title, merged header, codes as text.

    write_workbook(path, [Page("台账", title="…", members=(…), lines=…)])

House style: domain.md 6.1.  Text is always written as text (S48); large flat exports go to flat.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from core.columns import Column, Members, depth, header_cells, leaves
from core.spreadsheets.body import LINE_POINTS, Body, LineLike, Styles, lines_of
from core.spreadsheets.naming import sheet_name

WIDE = 20  # columns; wider tables are printed on A3
A4, A3 = 9, 8
PAPER_WIDTH = 150  # characters across a landscape page before it is shrunk
MOST_SCALE = 2.2


@dataclass(frozen=True)
class Page:
    """One sheet; `left`, `middle` and `right` stand on the line under the title."""

    name: str
    title: str
    members: Members
    lines: Iterable[LineLike]
    attachment: str = ""  # 附件1
    left: str = ""  # 填报单位(盖章):…
    middle: str = ""  # 单位:家、人
    right: str = ""  # 填报日期:…
    foot: Sequence[str] = ()  # 审核人:, 填表人:, 联系电话:
    remarks: Sequence[str] = ()  # definitions, watermark
    frozen_columns: int = 2


@dataclass(frozen=True)
class Properties:
    """Document properties; `created` is given so that a file can be made again byte for byte."""

    title: str = ""
    author: str = ""
    company: str = ""
    comments: str = ""
    created: datetime | None = None


def write_workbook(
    target: Path | BinaryIO, pages: Iterable[Page], properties: Properties | None = None
) -> list[int]:
    """Write the pages; the number of lines on each."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    where = str(target) if isinstance(target, Path) else target
    taken: set[str] = set()
    counts = []
    with xlsxwriter.Workbook(where, options) as book:
        book.set_properties(_properties(properties or Properties()))
        styles = Styles(book)
        for page in pages:
            name = sheet_name(page.name, taken)
            counts.append(PageWriter(book.add_worksheet(name), styles, page).write())
    return counts


def _properties(given: Properties) -> dict[str, Any]:
    facts = {name: getattr(given, name) for name in ("title", "author", "company", "comments")}
    return facts | ({"created": given.created} if given.created else {})


class PageWriter:
    """Writes one page from the top down."""

    def __init__(self, sheet: Any, styles: Styles, page: Page) -> None:
        self.sheet = sheet
        self.styles = styles
        self.page = page
        self.columns = leaves(page.members)
        self.last = len(self.columns) - 1
        self.row = 0
        # A wide table is shrunk to the width of the paper; its title must survive that.
        self.scale = min(max(sum(c.width for c in self.columns) / PAPER_WIDTH, 1), MOST_SCALE)

    def write(self) -> int:
        self._widths()
        self._heading()
        first_header = self.row
        self._header()
        first_line = self.row
        self.sheet.freeze_panes(first_line, min(self.page.frozen_columns, self.last))
        body = Body(self.sheet, self.styles, self.columns, first_line)
        for line in self.page.lines:
            body.add(line)
        self.row = body.row
        self._foot()
        self._print_setup(first_header, first_line)
        return body.row - first_line

    def _widths(self) -> None:
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, column.width)

    def _heading(self) -> None:
        page, get = self.page, self.styles.get
        if page.attachment:
            self.sheet.write_string(
                self.row, 0, page.attachment, get(font_name="黑体", font_size=16)
            )
            self.row += 1
        self.sheet.set_row(self.row, 33 * self.scale)
        style = get(font_name="黑体", font_size=round(20 * self.scale), align="center")
        self._across(self.row, 0, self.last, page.title, style)
        self.row += 1
        if page.left or page.middle or page.right:
            self._line_of_three(page.left, page.middle, page.right)

    def _line_of_three(self, *texts: str) -> None:
        """Left, middle and right thirds; texts of an empty middle take half each."""
        self.sheet.set_row(self.row, 20 * self.scale)
        shares = [
            (text, align) for text, align in zip(texts, ("left", "center", "right"), strict=True)
        ]
        if not texts[1]:
            del shares[1]
        for (text, align), (first, last) in zip(
            shares, spans(self.columns, len(shares)), strict=False
        ):
            self._across(self.row, first, last, text, self._aside(align))
        self.row += 1

    def _aside(self, align: str) -> Any:
        return self.styles.get(font_size=round(10.5 * self.scale, 1), align=align)

    def _across(self, row: int, first: int, last: int, text: str, style: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", style)
        self.sheet.write_string(row, first, text, style)

    def _header(self) -> None:
        style = self.styles.get(bold=True, border=1, align="center", text_wrap=True)
        rows = depth(self.page.members)
        heights = [1] * rows
        for cell in header_cells(self.page.members):
            top, left = self.row + cell.row, cell.column
            bottom, right = top + cell.rows - 1, left + cell.columns - 1
            if (bottom, right) != (top, left):
                self.sheet.merge_range(top, left, bottom, right, "", style)
            self.sheet.write_string(top, left, cell.text, style)
            width = sum(column.width for column in self.columns[left : right + 1])
            lines = -(-lines_of(cell.text, width) // cell.rows)
            for row in range(cell.row, cell.row + cell.rows):
                heights[row] = max(heights[row], lines)
        for place, lines in enumerate(heights):
            self.sheet.set_row(self.row + place, max(lines * LINE_POINTS + 4, 20))
        self.row += rows

    def _foot(self) -> None:
        page = self.page
        if page.foot:
            self.sheet.set_row(self.row, 26 * self.scale)
            for text, (first, last) in zip(
                page.foot, spans(self.columns, len(page.foot)), strict=False
            ):
                self._across(self.row, first, last, text, self._aside("left"))
            self.row += 1
        for remark in page.remarks:
            style = self.styles.get(font_size=9, font_color="#595959", text_wrap=True)
            width = sum(column.width for column in self.columns)
            self.sheet.set_row(self.row, lines_of(remark, width) * 13 + 3)
            self._across(self.row, 0, self.last, remark, style)
            self.row += 1

    def _print_setup(self, first_header: int, first_line: int) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(A3 if len(self.columns) > WIDE else A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.center_horizontally()
        sheet.repeat_rows(first_header, first_line - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.print_area(0, 0, max(self.row - 1, 0), self.last)


def spans(columns: Sequence[Column], parts: int) -> list[tuple[int, int]]:
    """Split the columns into at most `parts` neighbours of about the same width."""
    total = sum(column.width for column in columns)
    found: list[tuple[int, int]] = []
    first, done = 0, 0.0
    for place, column in enumerate(columns):
        done += column.width
        left = len(columns) - 1 - place
        wanted = parts - len(found) - 1
        if wanted and (done >= total * (len(found) + 1) / parts or left <= wanted):
            found.append((first, place))
            first = place + 1
    if first < len(columns):
        found.append((first, len(columns) - 1))
    return found
