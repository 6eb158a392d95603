"""Registers as sheets of django-import-export: cells, resources, and the list of such registers.

Every row goes through a service, so that dated facts and the log stay complete. Apps above add
their registers in `AppConfig.ready`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from import_export import widgets
from import_export.resources import ModelResource

from core.columns import Vocabulary
from core.dates import explain, parse_date
from core.text import fold, is_missing, one_line

REASON = "表格导入"


class TextWidget(widgets.CharWidget):  # type: ignore[misc]
    """Names and sentences: kept as written, brackets and commas in full width too."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = one_line(str(value or ""))
        return "" if is_missing(fold(text)) else text


class FoldedWidget(TextWidget):
    """Codes, numbers and words of a list, where the width of a letter says nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return fold(super().clean(value))


class ChoiceWidget(FoldedWidget):
    """The Chinese word of a choice; an empty cell means the default."""

    def __init__(self, choices: Sequence[tuple[Any, Any]], default: str = "") -> None:
        super().__init__()
        self.codes = {str(label): str(code) for code, label in choices}
        self.default = default

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value)
        if not text:
            return self.default
        if text not in self.codes:
            raise ValueError(f"“{text}”应为{'、'.join(self.codes)}之一")
        return self.codes[text]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return next((label for label, code in self.codes.items() if code == value), "")


class WholeWidget(FoldedWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int:  # type: ignore[override]
        text = super().clean(value) or "0"
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise ValueError(f"“{text}”应为整数")
        return int(text)


class WordsWidget(FoldedWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:  # type: ignore[override]
        text = super().clean(value).replace("、", ",").replace(";", ",")
        return [word.strip() for word in text.split(",") if word.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(value or ())


class DayWidget(FoldedWidget):
    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self.required = required

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:  # type: ignore[override]
        text = super().clean(value)
        if not text and self.required:
            raise ValueError("不能为空")
        if not text:
            return None
        parsed = parse_date(text)
        if parsed.day is None:
            raise ValueError(explain(parsed.fault) if parsed.fault else f"“{text}”不是确切日期")
        return parsed.day

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class CodeWidget(FoldedWidget):
    """A row within the user's scope by its code, or by another `field` of a subclass."""

    field: ClassVar[str] = "code"

    def __init__(self, rows: QuerySet[Any], *, required: bool = False) -> None:
        super().__init__()
        self.rows = rows
        self.required = required

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value)
        if not text and self.required:
            raise ValueError("不能为空")
        if not text:
            return None
        found = self.rows.filter(**{self.field: text}).first()
        if found is None:
            raise ValueError(f"没有代码为“{text}”的记录，或不在您的范围内")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return (getattr(value, self.field) or "") if value else ""


class SheetResource(ModelResource):  # type: ignore[misc]
    """A row's result carries `changes`, what it altered as (header, before, after), and `doubts`.

    `identity` are the columns that tell rows apart, `label` the one that names them in a preview.
    """

    vocabulary: ClassVar[Vocabulary]
    identity: ClassVar[tuple[str, ...]] = ("code",)
    label: ClassVar[str] = "name"

    def __init__(self, actor: Any) -> None:
        super().__init__()
        self.actor = actor
        self._changes: list[tuple[str, str, str]] = []
        self._doubts: list[str] = []
        self._numbers: list[str] = []
        self._seen: dict[tuple[str, ...], str] = {}

    @classmethod
    def identity_headers(cls) -> str:
        return "＋".join(cls.vocabulary[field].header for field in cls.identity)

    def code_of(self, row: Mapping[str, str]) -> str:
        """What names a row in a preview beside its label."""
        return " ".join(filter(None, (row.get(field, "") for field in self.identity)))

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self._meta.model.objects.visible_to(self.actor)
        return rows

    def template_rows(self) -> QuerySet[Any]:
        """What a filled template holds, with what its cells need."""
        return self.get_queryset()

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Refuse a row that says again, word for word, what a row above it says."""
        number = self._numbers[kwargs["row_number"] - 1]
        first = self._seen.setdefault(tuple(map(fold, row.values())), number)
        if first != number:
            raise ValidationError(f"与第 {first} 行重复，请删去一行。")

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """A key that cannot be read belongs to no row; reading it again tells why at its column."""
        try:
            return super().get_instance(instance_loader, row)
        except ValueError:
            return None

    def skip_row(
        self, instance: Model, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        """Leaves out what is already so, and notes what would change."""
        before = {column.field: self._cell(original, column.field) for column in self.vocabulary}
        after = {column.field: self._cell(instance, column.field) for column in self.vocabulary}
        self._changes = [
            (column.header, before[column.field], after[column.field])
            for column in self.vocabulary
            if before[column.field] != after[column.field]
        ]
        return original.pk is not None and not self._changes and not import_validation_errors

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        row_result.changes, row_result.doubts = self._changes, self._doubts

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Sequences stay as they are: rows bring no numbers, and only the owner may set them."""

    def _cell(self, instance: Any, name: str) -> str:
        return str(self.fields[name].export(instance)) if instance is not None else ""

    def cells(self, instance: Any) -> list[str]:
        """A row of the template filled with what the register holds."""
        self.after_init_instance(instance, False, {})
        return [self._cell(instance, column.field) for column in self.vocabulary]

    def dataset(self, rows: Iterable[dict[str, str]]) -> tablib.Dataset:
        """Rows (field → text) as import-export wants them; columns that a file lacks stay out."""
        rows = list(rows)
        self._numbers = [row["row"] for row in rows]
        names = [column.field for column in self.vocabulary if any(column.field in r for r in rows)]
        data = tablib.Dataset(headers=names)
        data.extend([[row.get(name, "") for name in names] for row in rows])
        return data

    def _changed(self, instance: Any, names: Sequence[str]) -> dict[str, Any]:
        return {name: getattr(instance, name) for name in names}


@dataclass(frozen=True)
class Sheet:
    """A register that can be filled from a sheet.

    `choices` are the codes and words of its choice columns, `permission` opens the import, `rows`
    is how many a file may hold.
    """

    key: str
    title: str
    list_route: str
    resource: type[SheetResource]
    choices: Mapping[str, Sequence[tuple[Any, Any]]] = field(default_factory=dict)
    permission: str = "organizations.change"
    rows: int = 5000


_sheets: dict[str, Sheet] = {}


def register(sheet: Sheet) -> None:
    """Add a register; two apps never share a key."""
    if _sheets.setdefault(sheet.key, sheet) != sheet:
        raise ValueError(f"sheet {sheet.key} is registered already")


def sheets() -> list[Sheet]:
    """All registers, in the order in which they were added."""
    return list(_sheets.values())


def sheet(key: str) -> Sheet | None:
    return _sheets.get(key)
