"""Lists as files: delimited text and workbooks of both generations, written for one test."""

from pathlib import Path

import xlsxwriter
import xlwt

Rows = list[list[str]]
HEADER = ["企业名称", "统一社会信用代码", "法定代表人", "住所", "成立日期"]


def csv_file(
    path: Path, rows: Rows, *, encoding: str = "utf-8", header: list[str] = HEADER
) -> Path:
    lines = [",".join(header), *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def workbook(path: Path, sheets: dict[str, Rows]) -> Path:
    """An .xlsx with these sheets, cell by cell; None-like empty cells are left out."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, text in enumerate(row):
                    if text:
                        sheet.write_string(number, place, text)
    return path


def old_workbook(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("名单")
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            sheet.write(number, place, text)
    book.save(str(path))
    return path
