"""Twenty columns of the register as a styled workbook: our streaming writer against XlsxWriter."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection, transaction

from core.columns import Column, Format
from core.spreadsheets.flat import DATE_SERIAL, FlatExport
from enterprises.models import Enterprise

FIELDS = [
    "uscc",
    "name",
    "legal_representative",
    "enterprise_type",
    "industry_code",
    "industry",
    "established_on",
    "registered_capital",
    "capital_currency",
    "operating_status",
    "registered_address",
    "business_address",
    "registration_authority",
    "phone",
    "business_scope",
    "unit_kind",
    "ownership",
    "area_reason",
    "organization_code",
    "version",
]
_FORMATS = {
    "established_on": Format.DAY,
    "registered_capital": Format.AMOUNT,
    "version": Format.WHOLE,
}
_MODEL_FIELDS = {field.name: field for field in Enterprise._meta.concrete_fields}
COLUMNS = [
    Column(str(_MODEL_FIELDS[field].verbose_name), field, format=_FORMATS.get(field, Format.TEXT))
    for field in FIELDS
]
QUERY = f"SELECT {', '.join(FIELDS)} FROM enterprises_enterprise ORDER BY id"


def flat(path: Path) -> dict[str, int]:
    """COPY through the row template; dates become serials in the query."""
    serials = ", ".join(
        DATE_SERIAL.format(field) if _FORMATS.get(field) is Format.DAY else field
        for field in FIELDS
    )
    statement = f"COPY (SELECT {serials} FROM enterprises_enterprise ORDER BY id) TO STDOUT"
    with connection.cursor() as cursor, FlatExport(path, COLUMNS, title="企业名册") as export:
        cursor.copy_expert(statement, export)
    return {"rows": export.rows}


def by_xlsxwriter(path: Path) -> dict[str, int]:
    """The library's documented way for large files, with the same looks."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("名单")
    head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    styles = {
        Format.TEXT: book.add_format({"border": 1}),
        Format.DAY: book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}),
        Format.AMOUNT: book.add_format({"border": 1, "num_format": "#,##0.00"}),
        Format.WHOLE: book.add_format({"border": 1, "num_format": "#,##0"}),
    }
    sheet.write_row(0, 0, [column.header for column in COLUMNS], head)
    kinds = [_FORMATS.get(field, Format.TEXT) for field in FIELDS]
    number = 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(QUERY)
        while rows := cursor.fetchmany(2_000):
            for row in rows:
                number += 1
                for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
                    if value is None or value == "":
                        sheet.write_blank(number, place, None, styles[kind])
                    elif kind is Format.DAY:
                        sheet.write_datetime(number, place, value, styles[kind])
                    elif kind is Format.TEXT:
                        sheet.write_string(number, place, value, styles[kind])
                    else:
                        sheet.write_number(number, place, float(value), styles[kind])
    book.close()
    return {"rows": number}


CASES: dict[str, Callable[[str], Callable[[], Any]]] = {
    "export": lambda file: partial(flat, Path(file)),
    "xlsxwriter_export": lambda file: partial(by_xlsxwriter, Path(file)),
}
