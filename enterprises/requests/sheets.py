"""Requests as a sheet: a row notes a request and carries it on as far as its words reach."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from import_export import fields

from core.columns import Column, Format, Vocabulary
from enterprises.models import (
    EnterpriseRequest,
    RequestCategory,
    RequestSource,
    Satisfaction,
)
from enterprises.models.request import CHANGE, REQUEST
from enterprises.requests import services
from enterprises.sheets import NAME, USCC, FirmResource
from organizations.sheets import REASON, ChoiceWidget, DayWidget, Sheet, TextWidget, register

KEY = "requests"


def _day(header: str, field: str, *synonyms: str, required: bool = False) -> Column:
    return Column(header, field, width=12, format=Format.DAY, synonyms=synonyms, required=required)


REQUESTS = Vocabulary(
    USCC,
    NAME,
    Column("诉求", "title", width=28, required=True, synonyms=("问题", "诉求内容")),
    Column("类别", "category", width=12, required=True, synonyms=("诉求类别",)),
    _day("收到日期", "received_on", "日期", "反映日期", required=True),
    Column("来源", "source", width=12, required=True),
    Column("具体情况", "content", width=30),
    Column("反映人", "raised_by", width=12),
    Column("承办单位", "unit", width=18, synonyms=("责任单位",)),
    Column("承办人", "person", width=12),
    _day("办理期限", "due_on", "期限"),
    _day("办理日期", "handled_on"),
    Column("办理结果", "result", width=30),
    _day("答复日期", "answered_on"),
    Column("答复内容", "answer", width=30),
    _day("确认日期", "confirmed_on"),
    Column("企业评价", "satisfaction", width=12, synonyms=("满意度",)),
    _day("办结日期", "ended_on"),
)
CHOICES = {
    "category": RequestCategory.choices,
    "source": RequestSource.choices,
    "satisfaction": Satisfaction.choices,
}
# The acts in their order, with what a row must say for them.
COURSE = (
    ("request.accept", ()),
    ("request.assign", ("unit", "person", "due_on")),
    ("request.handle", ("handled_on", "result")),
    ("request.answer", ("answered_on", "answer")),
    ("request.confirm", ("confirmed_on", "satisfaction")),
    ("request.close", ("ended_on",)),
)
NOTED = ("category", "source", "content", "raised_by")
SETTLED = "已登记的办理情况请在该诉求的页面上办理，不能用表格修改"


class RequestResource(FirmResource):
    """Enterprise, request and day tell rows apart."""

    vocabulary = REQUESTS
    identity = ("uscc", "title", "received_on")
    label = "title"
    title = fields.Field("title", "title", TextWidget())
    category = fields.Field("category", "category", ChoiceWidget(RequestCategory.choices))
    received_on = fields.Field("received_on", "received_on", DayWidget(required=True))
    source = fields.Field("source", "source", ChoiceWidget(RequestSource.choices))
    content = fields.Field("content", "content", TextWidget())
    raised_by = fields.Field("raised_by", "raised_by", TextWidget())
    unit = fields.Field("unit", "unit", TextWidget())
    person = fields.Field("person", "person", TextWidget())
    due_on = fields.Field("due_on", "due_on", DayWidget())
    handled_on = fields.Field("handled_on", "handled_on", DayWidget())
    result = fields.Field("result", "result", TextWidget())
    answered_on = fields.Field("answered_on", "answered_on", DayWidget())
    answer = fields.Field("answer", "answer", TextWidget())
    confirmed_on = fields.Field("confirmed_on", "confirmed_on", DayWidget())
    satisfaction = fields.Field("satisfaction", "satisfaction", ChoiceWidget(Satisfaction.choices))
    ended_on = fields.Field("ended_on", "ended_on", DayWidget())

    class Meta:
        model = EnterpriseRequest
        fields = tuple(column.field for column in REQUESTS)
        import_id_fields = ("uscc", "title", "received_on")
        skip_unchanged = True
        skip_html_diff = True
        clean_model_instances = False
        use_transactions = True

    def template_rows(self) -> Any:
        """Those that wait for something."""
        return self.get_queryset().unfinished()

    @transaction.atomic
    def do_instance_save(self, instance: EnterpriseRequest, is_create: bool) -> None:
        noted = self._changed(instance, NOTED)
        if is_create:
            row = services.receive(
                actor=self.actor,
                enterprise=instance.enterprise,
                title=instance.title,
                received_on=instance.received_on,
                **noted,
            )
        else:
            row = self.get_queryset().get(pk=instance.pk)
            if row.is_open:
                row = services.change_request(actor=self.actor, request=row, reason=REASON, **noted)
        self._carry_on(row, instance)

    def _carry_on(self, row: EnterpriseRequest, said: EnterpriseRequest) -> None:
        """Every act up to the last one of which the sheet says something, none left out."""
        known = [place for place, (_, words) in enumerate(COURSE) if _any(said, words)]
        for act, words in COURSE[: max(known, default=-1) + 1]:
            if row.state not in REQUEST[act].sources:
                continue
            on = getattr(said, services.DAYS[act]) if act in services.DAYS else _latest(row)
            if on is None:
                raise ValidationError({services.DAYS[act]: ["不能为空"]})
            says = {name: getattr(said, name) for name in words if name in services.SAYS[act]}
            row = services.advance(actor=self.actor, request=row, act=act, on=on, **says)
        settled = [name for _, words in COURSE for name in words]
        if any(getattr(row, name) != getattr(said, name) for name in settled):
            raise ValidationError(SETTLED)


def _any(said: EnterpriseRequest, words: tuple[str, ...]) -> bool:
    return any(getattr(said, name) for name in words)


def _latest(row: EnterpriseRequest) -> Any:
    return row.steps.order_by("-pk").values_list("on", flat=True)[0]


def register_sheet() -> None:
    register(
        Sheet(
            KEY,
            "企业诉求",
            "enterprises:request_list",
            RequestResource,
            CHOICES,
            permission=CHANGE,
        )
    )
