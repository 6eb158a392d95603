"""The year's holidays and worked weekends as a sheet, as the State Council announces them."""

from typing import Any, ClassVar

from import_export import fields

from accounts.models import CalendarDay
from accounts.services.reminders import set_calendar_day
from core.columns import Column, Format, Vocabulary
from core.dates import today
from organizations.sheets import (
    ChoiceWidget,
    DayWidget,
    Sheet,
    SheetResource,
    TextWidget,
    register,
)

ARRANGED = (("1", "休息"), ("0", "上班"))
DAYS = Vocabulary(
    Column("日期", "day", width=12, required=True, format=Format.DAY),
    Column("安排", "arranged", width=8, help="不填写的为休息", synonyms=("休息或上班",)),
    Column("名称", "name", width=16, required=True, synonyms=("节日", "节假日")),
)


class ArrangedWidget(ChoiceWidget):
    def __init__(self) -> None:
        super().__init__(ARRANGED, "1")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:  # type: ignore[override]
        return super().clean(value) == "1"

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "休息" if value else "上班"


class DayResource(SheetResource):
    vocabulary = DAYS
    identity: ClassVar[tuple[str, ...]] = ("day",)
    day = fields.Field("day", "day", DayWidget(required=True))
    arranged = fields.Field("is_free", "arranged", ArrangedWidget())
    name = fields.Field("name", "name", TextWidget())

    class Meta:
        model = CalendarDay
        fields = tuple(column.field for column in DAYS)
        import_id_fields = ("day",)
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = True
        use_transactions = True

    def get_queryset(self) -> Any:
        """Days hold no rows of units: whoever may change them sees them all."""
        return CalendarDay.objects.all()

    def template_rows(self) -> Any:
        return self.get_queryset().filter(day__year__gte=today().year)

    def do_instance_save(self, instance: CalendarDay, is_create: bool) -> None:
        set_calendar_day(
            actor=self.actor, day=instance.day, is_free=instance.is_free, name=instance.name
        )


def register_sheet() -> None:
    register(
        Sheet(
            "holidays",
            "节假日和调休",
            "accounts:rule_list",
            DayResource,
            {"arranged": ARRANGED},
            "core.parameters",
        )
    )
