"""A year's plan of meetings as a sheet: one row each, for one's own branch or for many."""

import re
from datetime import time
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import fields

from activities.models import Activity, ActivityKind, ActivityState
from activities.querysets import OPEN
from activities.roster import kinds_in_use
from activities.services import planning
from activities.states import RECORD
from core.columns import Column, Format, Vocabulary
from core.dates import today
from organizations.models import PartyOrganization
from organizations.sheets import (
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    WordsWidget,
    register,
)

KEY = "plans"
PLANS = Vocabulary(
    Column(
        "党组织代码",
        "organization",
        width=18,
        format=Format.CODE,
        synonyms=("组织代码",),
        help="只管一个支部的可以留空",
    ),
    Column("党组织", "name", width=30, synonyms=("党支部", "党组织名称"), help="没有代码时按全称"),
    Column(
        "计划日期",
        "planned_on",
        width=12,
        required=True,
        format=Format.DAY,
        synonyms=("日期", "开始日期", "召开日期"),
    ),
    Column("时间", "planned_from", width=8, help="如 15:00", synonyms=("开始时间",)),
    Column("类型", "kinds", width=24, required=True, help="几个类型用顿号分开"),
    Column("议题", "title", width=36, required=True, synonyms=("主题",)),
    Column("地点", "place", width=20, synonyms=("场地",)),
    Column("撤回", "withdrawn", width=8, help="填“是”撤回这次计划"),
)
CLOCK = re.compile(r"(上午|下午|晚上)?(\d{1,2})[:点时.](\d{1,2})?分?(?::\d{1,2})?$")
FIELDS = {"on": "planned_on", "at": "planned_from"}


class TimeWidget(FoldedWidget):
    """A time of day as people write it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> time | None:  # type: ignore[override]
        text = super().clean(value).replace(" ", "")
        if not text:
            return None
        found = CLOCK.match(text)
        if found is None:
            raise ValueError(f"“{text}”应写成 15:00 的样子")
        part, hour, minute = found[1], int(found[2]), int(found[3] or 0)
        hour += 12 * (part in {"下午", "晚上"} and hour < 12)
        if hour > 23 or minute > 59:
            raise ValueError(f"“{text}”不是一天中的时间")
        return time(hour, minute)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value:%H:%M}" if value else ""


class KindsWidget(WordsWidget):
    """Kinds in use by their names."""

    def __init__(self) -> None:
        super().__init__()
        self.known = {kind.name: kind for kind in kinds_in_use()}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[ActivityKind]:  # type: ignore[override]
        names = super().clean(value)
        for name in names:
            if name not in self.known:
                raise ValueError(f"“{name}”应为{'、'.join(self.known)}之一")
        if not names:
            raise ValueError("不能为空")
        return [kind for name, kind in self.known.items() if name in names]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(kind.name for kind in value or ())


class YesWidget(FoldedWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:  # type: ignore[override]
        text = super().clean(value)
        if text not in {"", "是", "否"}:
            raise ValueError(f"“{text}”应为是、否之一")
        return text == "是"

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else ""


class PlanResource(SheetResource):
    """Branch, day and kinds tell plans apart; what has been held already is left alone."""

    vocabulary = PLANS
    identity: ClassVar[tuple[str, ...]] = ("organization", "planned_on", "kinds")
    label = "title"
    organization = fields.Field("organization", "organization")
    name = fields.Field("organization__name", "name", TextWidget(), readonly=True)
    planned_on = fields.Field("planned_on", "planned_on", DayWidget(required=True))
    planned_from = fields.Field("planned_from", "planned_from", TimeWidget())
    kinds = fields.Field("sorts", "kinds")
    title = fields.Field("title", "title", TextWidget())
    place = fields.Field("place", "place", TextWidget())
    withdrawn = fields.Field("withdrawn", "withdrawn", YesWidget())

    class Meta:
        model = Activity
        fields = tuple(column.field for column in PLANS)
        import_id_fields = ("planned_on",)
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    _key: tuple[int, Any, frozenset[ActivityKind]] | None = None  # of the row at hand

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.branches = PartyOrganization.objects.visible_to(actor).existing(today())
        self.codes = CodeWidget(self.branches, required=True)
        self.fields["organization"].widget = self.codes
        self.fields["kinds"].widget = KindsWidget()
        self._meetings: dict[tuple[int, Any, frozenset[ActivityKind]], str] = {}

    def get_queryset(self) -> Any:
        """Plans within the scope that were not called off, with what a row needs."""
        rows = Activity.objects.visible_to(self.actor).exclude(state=ActivityState.CANCELLED)
        return rows.select_related("organization").prefetch_related("kinds")

    def template_rows(self) -> Any:
        planned = self.get_queryset().filter(state__in=OPEN, planned_on__gte=today())
        return planned.order_by("organization__path", "planned_on", "pk")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        if not FoldedWidget().clean(row.get("organization")):
            row["organization"] = self._code_by(TextWidget().clean(row.get("name")))

    def _code_by(self, name: str) -> str:
        """The code of the one organization of that name, or of the only one in scope."""
        found = self.branches.filter(name=name) if name else self.branches
        codes = list(found.order_by().values_list("code", flat=True)[:2])
        if len(codes) == 1:
            return codes[0] or ""
        if not name:
            return ""
        told = f"有几个“{name}”，请填写代码" if codes else f"没有“{name}”，或不在您的范围内"
        raise ValidationError({"name": told})

    def get_instance(self, instance_loader: Any, row: Any) -> Any:
        """A row that cannot be read belongs to no plan; reading it again tells why."""
        self._key = None
        try:
            branch = self.codes.clean(row["organization"])
            day = self.fields["planned_on"].clean(row)
            kinds = self.fields["kinds"].clean(row)
        except ValueError:
            return None
        self._key = (branch.pk, day, frozenset(kinds))
        planned = self.get_queryset().filter(organization=branch, planned_on=day)
        return next((one for one in planned if set(one.kinds.all()) == set(kinds)), None)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        """Kinds and the wish to withdraw stand beside the meeting; here they travel with it."""
        instance.sorts = [] if new else list(instance.kinds.all())
        instance.withdrawn = False
        if self._key is None:
            return
        number = self._numbers[kwargs["row_number"] - 1]
        first = self._meetings.setdefault(self._key, number)
        if first != number:
            raise ValidationError(f"与第 {first} 行是同一党组织同一天的同类会议，请合为一行。")

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        skipped = super().skip_row(instance, original, row, import_validation_errors)
        return skipped or (original.pk is not None and original.state not in OPEN)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        facts = {
            "kinds": instance.sorts,
            "title": instance.title,
            "at": instance.planned_from,
            "place": instance.place,
        }
        try:
            self._save(instance, facts, is_create)
        except ValidationError as problem:
            told = problem.message_dict if hasattr(problem, "error_dict") else None
            if told is None:
                raise
            named = {FIELDS.get(name, name): words for name, words in told.items()}
            raise ValidationError(named) from None

    def _save(self, instance: Any, facts: dict[str, Any], is_create: bool) -> None:
        if not is_create:
            known = self.get_queryset().get(pk=instance.pk)
            if instance.withdrawn:
                planning.cancel(actor=self.actor, activity=known)
            else:
                del facts["kinds"]
                planning.change_plan(actor=self.actor, activity=known, **facts)
            return
        if instance.withdrawn:
            raise ValidationError({"withdrawn": "没有这次计划，不用撤回。"})
        planning.plan(
            actor=self.actor, organization=instance.organization, on=instance.planned_on, **facts
        )


def register_sheet() -> None:
    register(
        Sheet(KEY, "会议计划", "activities:activity_list", PlanResource, permission=RECORD),
    )
