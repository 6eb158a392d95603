"""The workbook says what the screen says, prints on one page's width and can be made by command."""

from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from core.columns import depth
from reports.ledgers import LEDGER, LEDGERS, Ledger
from reports.ledgers.workbook import preview, write
from reports.units import units_on
from tests.builders import cover, make_organization
from tests.reports.county import DAY, County
from tests.reports.test_coverage import varied


def written(ledger: Ledger, county: County, tmp_path: Path) -> Worksheet:
    target = tmp_path / "台账.xlsx"
    write(ledger, units_on(DAY)[0], DAY, target)
    # Totals are formulas with their value: data_only reads the value, as a desktop shows it.
    sheet = load_workbook(target, data_only=True).active
    assert isinstance(sheet, Worksheet)
    return sheet


def shown(cell: Cell | MergedCell) -> str:
    """What a desktop shows of the cell under its number format."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        assert cell.number_format == "yyyy-mm-dd"
        return value.date().isoformat()
    if isinstance(value, int | float):
        return f"{value:,.2f}" if cell.number_format == "#,##0.00" else f"{value:,.0f}"
    return str(value)


def body(sheet: Worksheet, ledger: Ledger, rows: int) -> Iterator[list[str]]:
    first = 2 + depth(ledger.members) + 1
    for line in sheet.iter_rows(min_row=first, max_row=first + rows - 1):
        yield [shown(cell) for cell in line]


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.key)
def test_the_file_is_the_preview_cell_by_cell_and_one_page_wide(
    county: County, tmp_path: Path, ledger: Ledger
) -> None:
    varied(county)
    seen = preview(ledger, units_on(DAY)[0], DAY)
    sheet = written(ledger, county, tmp_path)
    on_screen = [[text for text, _align in row.cells] for row in seen.rows]
    assert list(body(sheet, ledger, len(on_screen))) == on_screen
    assert not seen.is_cut
    assert sheet["A1"].value == seen.heading
    second = [cell.value for cell in sheet[2] if cell.value]
    assert second == [seen.left, seen.middle, seen.right]
    foot = [cell.value for cell in sheet[sheet.max_row] if cell.value]
    assert foot == list(ledger.foot)
    for heads in seen.header:
        for head in heads:
            assert sheet.cell(3 + head.row, 1 + head.column).value == head.text
    is_one_page_wide(sheet, ledger)


def is_one_page_wide(sheet: Worksheet, ledger: Ledger) -> None:
    """Landscape, with the header repeated on each page."""
    assert sheet.page_setup.orientation == "landscape"
    properties: Any = sheet.sheet_properties.pageSetUpPr
    assert properties.fitToPage
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is what an absent value means
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == f"$3:${2 + depth(ledger.members)}"
    assert sheet.max_column == len(ledger.columns)


def test_totals_are_formulas_that_give_the_printed_value(county: County, tmp_path: Path) -> None:
    varied(county)
    ledger = LEDGER["enterprises"]
    target = tmp_path / "台账.xlsx"
    write(ledger, units_on(DAY)[0], DAY, target)
    sheet = load_workbook(target).active
    assert isinstance(sheet, Worksheet)
    last = sheet.max_row - 1
    formulas = [cell.value for cell in sheet[last] if str(cell.value).startswith("=")]
    assert any("SUM(" in str(formula) for formula in formulas)
    assert any("COUNTIF(" in str(formula) for formula in formulas)


def test_the_same_facts_give_the_same_bytes(county: County, tmp_path: Path) -> None:
    varied(county)
    unit = units_on(DAY)[0]
    one = write(LEDGER["coverage"], unit, DAY, tmp_path / "1.xlsx")
    two = write(LEDGER["coverage"], unit, DAY, tmp_path / "2.xlsx")
    assert (one, one.rows) == (two, 3)


def test_a_long_preview_is_cut_and_says_so(county: County) -> None:
    for number in range(4):
        county.enterprise(f"企业{number}")
    seen = preview(LEDGER["enterprises"], units_on(DAY)[0], DAY, limit=3)
    assert (len(seen.rows), seen.is_cut) == (3, True)


def command(*options: str) -> str:
    out = StringIO()
    call_command("ledger", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("key", ["coverage", "enterprises"])
def test_the_command_writes_a_ledger_of_one_township(
    county: County, tmp_path: Path, key: str
) -> None:
    cover(county.enterprise("甲"), make_organization("甲支部", parent=county.east_committee))
    county.enterprise("乙", county.west)
    target = tmp_path / "东河镇.xlsx"
    said = command(key, "--area", county.east.code, "--as-of", "2025-12-31", "-o", str(target))
    assert "1 行" in said
    sheet: Any = load_workbook(target).active
    assert sheet["A1"].value.startswith("东河镇")


def test_the_command_refuses_an_unknown_area_in_chinese(county: County, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有编码为 999999 的辖区"):
        command("coverage", "--area", "999999", "-o", str(tmp_path / "x.xlsx"))
