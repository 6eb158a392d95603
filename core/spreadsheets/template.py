"""The import template: a sheet to fill in, one that explains it, and lists for the drop-downs.

It carries its kind, version and round in a defined name, which reading it back returns.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from core.columns import Column, Format
from core.spreadsheets.body import Body, Styles, Value
from core.spreadsheets.limits import SHEET_ROWS

FORM, GUIDE, LISTS = "填报表", "填写说明", "选项"
MARK_NAME = "dj_template"
SEPARATOR = "|"
HEADER_FILL, REQUIRED_FILL = "#DDEBF7", "#FCE4D6"
MESSAGE_LENGTH, TITLE_LENGTH = 255, 32  # of Excel's input messages
KINDS = {
    Format.CODE: "文本，保留前面的 0",
    Format.WHOLE: "整数",
    Format.AMOUNT: "数字",
    Format.DAY: "日期，如 2019-03-05",
    Format.YES_NO: "是 或 否",
    Format.TICK: "√ 或留空",
}


class TemplateMark(NamedTuple):
    """What a template is for: the kind of import, the version of its columns, the round."""

    kind: str
    version: str
    round: str = ""

    @property
    def text(self) -> str:
        return SEPARATOR.join(self)


def parse_mark(text: str) -> TemplateMark | None:
    """The mark in a defined name's value; None for what is not ours."""
    words = text.strip().strip('"').split(SEPARATOR)
    return TemplateMark(*words) if len(words) == 3 else None


@dataclass(frozen=True)
class Template:
    """`choices` by field become drop-downs; columns of `hidden` fields travel unseen."""

    mark: TemplateMark
    columns: Sequence[Column]
    choices: Mapping[str, Sequence[str]]
    hidden: Collection[str] = ()
    remarks: Sequence[str] = ()


class _Line(NamedTuple):
    values: Sequence[Value]
    is_total: bool = False


def write_template(
    target: Path | BinaryIO, template: Template, rows: Iterable[Sequence[Value]] = ()
) -> int:
    """Blank, or filled with present data to be changed and sent back; the number of rows."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    where = str(target) if isinstance(target, Path) else target
    with xlsxwriter.Workbook(where, options) as book:
        styles = Styles(book)
        form, guide, lists = (book.add_worksheet(name) for name in (FORM, GUIDE, LISTS))
        lists.very_hidden()
        book.define_name(MARK_NAME, f'="{template.mark.text}"')
        ranges = _write_lists(lists, template)
        _write_header(form, styles, template, ranges)
        body = Body(form, styles, template.columns, 1)
        for row in rows:
            body.add(_Line(row))
        _write_guide(guide, styles, template)
    return body.row - 1


def _write_lists(sheet: Any, template: Template) -> dict[str, str]:
    """The choices, a column each; where each list stands."""
    ranges = {}
    for place, (field, choices) in enumerate(template.choices.items()):
        sheet.write_column(0, place, choices)
        name = xl_col_to_name(place)
        ranges[field] = f"={LISTS}!${name}$1:${name}${len(choices)}"
    return ranges


def _write_header(
    sheet: Any, styles: Styles, template: Template, ranges: Mapping[str, str]
) -> None:
    for place, column in enumerate(template.columns):
        as_text = column.format in (Format.CODE, Format.TEXT, Format.LONG_TEXT)
        whole = styles.get(num_format="@") if as_text else None
        hidden = {"hidden": column.field in template.hidden}
        sheet.set_column(place, place, max(column.width, 10), whole, hidden)
        fill = REQUIRED_FILL if column.required else HEADER_FILL
        style = styles.get(bold=True, border=1, align="center", text_wrap=True, bg_color=fill)
        sheet.write_string(
            0, place, f"*{column.header}" if column.required else column.header, style
        )
        _guide_entry(sheet, place, column, ranges.get(column.field))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _guide_entry(sheet: Any, place: int, column: Column, choices: str | None) -> None:
    """A drop-down, or at least what is wanted when the cell is entered."""
    message = (column.help or KINDS.get(column.format, ""))[:MESSAGE_LENGTH]
    rule: dict[str, Any] = {"validate": "any"}
    if choices:
        error = "请从下拉列表中选择。"
        rule = {"validate": "list", "source": choices, "error_message": error}
    elif not message:
        return
    if message:
        rule |= {"input_title": column.header[:TITLE_LENGTH], "input_message": message}
    sheet.data_validation(1, place, SHEET_ROWS - 1, place, rule)


def _write_guide(sheet: Any, styles: Styles, template: Template) -> None:
    head = styles.get(bold=True, border=1, align="center", bg_color=HEADER_FILL)
    cell = styles.get(border=1, text_wrap=True)
    for place, (label, width) in enumerate(
        (("列名", 24), ("是否必填", 10), ("填写方式", 24), ("可选内容", 44), ("说明", 44))
    ):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, head)
    row = 1
    for column in template.columns:
        if column.field in template.hidden:
            continue
        choices = template.choices.get(column.field, ())
        kind = "从列表中选择" if choices else KINDS.get(column.format, "文本")
        texts = (
            column.header,
            "必填" if column.required else "",
            kind,
            "、".join(choices),
            column.help,
        )
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, cell)
        row += 1
    for remark in template.remarks:
        sheet.write_string(row + 1, 0, remark, styles.get())
        row += 1
