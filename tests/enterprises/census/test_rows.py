"""What one row of a list states, what is made of it, and what a clerk is told about it."""

import pytest

from core.spreadsheets.errors import CellNote
from core.spreadsheets.rowfile import Row
from enterprises.census.issues import CODES, Code, sentence
from enterprises.census.rows import EXTRA, Context, ReadRow, RowReader, pack, unpack
from enterprises.census.territory import Territory
from enterprises.models import Fault, Severity, Source
from organizations.models import Area
from tests.enterprises.census.lists import REGION, SPRING, code

CONTEXT = Context(Territory(Area(code=REGION, name="江南县"), []), Source.REGISTRY, SPRING)
LABELS = [
    "企业名称",
    "统一社会信用代码",
    "成立日期",
    "从业人数",
    "注册资本(万元)",
    "联系电话",
    "备注",
]
FIELDS = ["name", "uscc", "established_on", "employee_count", "registered_capital", "phone", EXTRA]
CELLS = ["东岭茶业有限公司", code(1), "2019-03-05", "56", "100", "13900000000", "老户"]


def read(notes: list[CellNote] | None = None, context: Context = CONTEXT, **cells: str) -> ReadRow:
    row = [cells.get(field, cell) for field, cell in zip(FIELDS, CELLS, strict=True)]
    return RowReader(LABELS, FIELDS, context).read(Row(7, row, notes or []))


def told(row: ReadRow, severity: Severity = Severity.ERROR) -> set[str]:
    return {f.code for f in row.findings if CODES[f.code].severity is severity}


def test_a_sound_row_states_its_facts() -> None:
    row = read()
    assert row.said["registered_capital"] == "1000000.00"
    assert row.said["capital_currency"] == "CNY"
    assert row.said["organization_code"] == code(1)[8:17]
    assert (row.fault, row.extra) == (Fault.NONE, '{"备注": "老户"}')


def test_the_digest_ignores_the_spelling_and_minds_the_content() -> None:
    assert read().digest == read(established_on="2019年3月5日", employee_count="56人").digest
    assert read().digest != read(employee_count="57").digest
    assert read().digest != read(extra="新户").digest


@pytest.mark.parametrize(
    ("field", "cell", "issue"),
    [
        ("uscc", "", Code.USCC_MISSING),
        ("uscc", code(1)[:17], Code.USCC_LENGTH),
        ("uscc", "9.13408E+17", Code.USCC_SCIENTIFIC),
        ("established_on", "2023-02-30", Code.DATE_IMPOSSIBLE),
        ("employee_count", "约十人", Code.NUMBER_UNREADABLE),
        ("employee_count", "#N/A", Code.CELL_ERROR),
        ("registered_capital", "#REF!", Code.CELL_ERROR),
        ("name", "长" * 301, Code.TOO_LONG),
    ],
)
def test_errors_an_officer_may_confirm(field: str, cell: str, issue: Code) -> None:
    row = read(None, CONTEXT, **{field: cell})
    assert issue in told(row)
    assert row.said[field] == ""


def test_a_row_without_a_name_cannot_be_confirmed() -> None:
    assert read(name="").fault is Fault.FATAL


def test_other_departments_need_not_know_the_code() -> None:
    context = Context(CONTEXT.territory, Source.ECONOMY, SPRING)
    assert read(uscc="", context=context).fault is Fault.NONE


def test_a_registration_number_in_the_code_column_is_taken_as_one() -> None:
    row = read(uscc="340822000000012")
    assert row.said["registration_number"] == "340822000000012"
    assert row.said["uscc"] == ""
    assert told(row, Severity.WARNING) == {Code.USCC_IS_REGISTRATION_NUMBER}


def test_an_organization_code_in_the_code_column_is_taken_as_one() -> None:
    row = read(uscc="MA2N6D5U7")
    assert row.said["organization_code"] == "MA2N6D5U7"
    assert Code.USCC_IS_ORGANISATION_CODE in told(row, Severity.WARNING)


def test_a_day_after_the_reference_date_is_a_warning() -> None:
    assert Code.DATE_FUTURE in told(read(established_on="2026-09-01"), Severity.WARNING)


def test_a_spoiled_cell_says_nothing_and_is_told_once() -> None:
    row = read([CellNote(2, "E-CELL-04")], established_on="")
    assert [f.code for f in row.findings if f.field == "established_on"] == [Code.FORMULA_EMPTY]


def test_a_spoiled_cell_in_a_column_of_no_meaning_is_no_error() -> None:
    assert read([CellNote(6, "E-CELL-03")]).fault is Fault.NONE


def test_a_row_with_shifted_columns_is_an_error() -> None:
    assert Code.RAGGED_ROW in told(read([CellNote(-1, "E-CSV-02")]))


def test_an_issue_names_the_column_and_masks_the_telephone() -> None:
    row = read(phone="1390000000")
    [finding] = [f for f in row.findings if f.code == Code.PHONE_UNREADABLE]
    assert (finding.column, finding.value) == ("联系电话", "**********")


def test_identity_numbers_of_persons_are_neither_kept_nor_shown() -> None:
    labels, fields = ["企业名称", "法人身份证号"], ["name", EXTRA]
    row = RowReader(labels, fields, CONTEXT).read(
        Row(2, ["东岭茶业有限公司", "110101199001011237"], [])
    )
    assert row.extra == ""
    assert "19900101" not in pack(row.row.cells)


def test_a_column_that_is_not_imported_leaves_no_trace_but_the_raw_cell() -> None:
    row = RowReader(LABELS, [*FIELDS[:-1], ""], CONTEXT).read(Row(2, list(CELLS), []))
    assert row.extra == ""
    assert unpack(pack(row.row.cells))[-1] == "老户"


def test_every_issue_has_a_sentence_and_a_remedy() -> None:
    assert set(CODES) == set(Code)
    assert all(issue.sentence and issue.remedy and issue.label for issue in CODES.values())


def test_a_duplicate_names_the_other_row() -> None:
    assert "第 5 行" in sentence(Code.DUPLICATE_ROW, other=5)
