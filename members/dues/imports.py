"""Payments of dues as a sheet: one row a member and month, each through the service of the form."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import fields

from core.columns import Column, Format, Vocabulary
from core.dates import today
from core.text import fold
from members.dues import amounts, reckoning
from members.dues.services import CHANGE, NOT_HELD, Payment, Received, record_payments
from members.dues.sheet import held_in
from members.models import DuesRecord, PartyMember
from members.twice import Twice
from organizations.models import PartyOrganization
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    register,
)

DUES = Vocabulary(
    Column("党组织代码", "organization", width=18, required=True, format=Format.CODE),
    Column("姓名", "name", width=10, required=True),
    Column("月份", "month", width=10, required=True, help="如 2026-03", synonyms=("交纳月份",)),
    Column("实交（元）", "paid", width=10, required=True, synonyms=("实交", "实缴金额")),
    Column("交纳日期", "paid_on", width=12, format=Format.DAY, synonyms=("实缴纳时间",)),
    Column("交纳方式", "method", width=12, synonyms=("缴纳方式",)),
    Column("更正原因", "reason", width=20, help="改动已登记的金额时填写"),
)


RECEIVED = ("paid_on", "method")


class MonthWidget(DayWidget):
    """A month however it is written; any day of it means the month."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:  # type: ignore[override]
        day = super().clean(value)
        return reckoning.month_of(day) if day else None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value:%Y-%m}" if value else ""


class SumWidget(FoldedWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal:  # type: ignore[override]
        amount = amounts.read(str(value or ""))
        if amount is None:
            raise ValueError("不能为空")
        return amount

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else f"{value:.2f}"


class DuesResource(SheetResource):
    vocabulary = DUES
    identity: ClassVar[tuple[str, ...]] = ("organization", "name", "month")
    organization = fields.Field("organization", "organization")
    name = fields.Field("member__person__name", "name", TextWidget(), readonly=True)
    month = fields.Field("month", "month", MonthWidget(required=True))
    paid = fields.Field("paid", "paid", SumWidget())
    paid_on = fields.Field("paid_on", "paid_on", DayWidget())
    method = fields.Field(
        "method", "method", ChoiceWidget(DuesRecord.Method.choices, DuesRecord.Method.CASH)
    )
    reason = fields.Field("reason", "reason", TextWidget())

    class Meta:
        model = DuesRecord
        fields = tuple(column.field for column in DUES)
        import_id_fields = ("organization", "name", "month")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.codes = CodeWidget(PartyOrganization.objects.visible_to(actor), required=True)
        self.fields["organization"].widget = self.codes
        self._twice = Twice(())

    def dataset(self, rows: Iterable[dict[str, str]]) -> Any:
        rows = list(rows)
        self._twice = Twice(((row["row"], _key(row)) for row in rows), "同一个人的同一个月")
        return super().dataset(rows)

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        if told := self._twice.fault(self._numbers[kwargs["row_number"] - 1]):
            raise ValidationError({"month": told})

    def import_field(
        self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        """A blank keeps how and when a recorded payment came."""
        name = field.column_name
        if name in RECEIVED and instance.pk is not None and not fold(row.get(name) or ""):
            return
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        super().skip_row(instance, original, row, import_validation_errors)
        header = DUES["reason"].header
        self._changes = [one for one in self._changes if one[0] != header]
        return original.pk is not None and not self._changes and not import_validation_errors

    def get_queryset(self) -> Any:
        rows = DuesRecord.objects.visible_to(self.actor)
        return rows.select_related("organization", "member__person").order_by(
            "organization__path", "member__person__search_key", "month"
        )

    def template_rows(self) -> Any:
        return self.get_queryset().filter(month__year=today().year)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        instance.reason = ""
        if new:
            instance.member = self._member(row)

    def _member(self, row: Any) -> PartyMember:
        """The one of that name whose relation the branch holds in the month."""
        try:
            branch = self.codes.clean(row["organization"])
            month = MonthWidget(required=True).clean(row["month"])
        except ValueError:
            return PartyMember()  # told at its column
        assert month is not None
        name = TextWidget().clean(row["name"])
        held = held_in([month], organization=branch, member__person__name=name)
        found = {one.member_id: one.member for one in held.select_related("member__person")}
        if len(found) > 1:
            raise ValidationError({"name": f"有多名“{name}”，请在党费页上登记"})
        if not found:
            raise ValidationError({"name": NOT_HELD})
        return next(iter(found.values()))

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        payment = Payment(instance.member_id, instance.month, instance.paid)
        reason = REASON if is_create else instance.reason
        received = Received(instance.paid_on or today(), instance.method, reason)
        try:
            written = record_payments(
                actor=self.actor,
                organization=instance.organization,
                payments=[payment],
                received=received,
            )
        except ValidationError as problem:
            at = {payment.key: "paid", "on": "paid_on"}
            raise ValidationError(
                {at.get(name, name): told for name, told in problem.message_dict.items()}
            ) from None
        if not written:
            raise ValidationError({"paid": "金额没有改动；交纳日期和方式随金额一起更正。"})


def _key(row: Mapping[str, str]) -> object:
    """Branch, name and month however it is written; nothing for what cannot be read."""
    try:
        month = MonthWidget().clean(row.get("month"))
    except ValueError:
        month = None
    return month and (fold(row.get("organization") or ""), fold(row.get("name") or ""), month)


def register_sheet() -> None:
    register(
        Sheet(
            "dues",
            "党费",
            "members:dues_list",
            DuesResource,
            {"method": DuesRecord.Method.choices},
            CHANGE,
        )
    )
