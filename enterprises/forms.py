"""Shape of what clerks enter about enterprises and imports."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from core.dates import today
from core.forms import ActDay, FactDay, WordsField
from core.listing import ReasonForm
from core.spreadsheets.errors import FileError
from core.upload import require_space
from enterprises.census import intake
from enterprises.models import (
    CensusBatch,
    CensusRound,
    OperatingStatus,
    Ownership,
    Source,
    UnitKind,
)
from organizations.models import Area, AreaKind

MEGABYTE = 1024 * 1024
NO_SPACE = "no_space"
MEASURED_FIELDS = (
    "employee_count",
    "annual_revenue",
    "member_count",
    "full_member_count",
    "is_statistical_scale",
)


class UploadForm(forms.Form):
    """A list of one source for the round of a day; officers below the county name their area."""

    source = forms.ChoiceField(label="名单来源", choices=Source.choices)
    reference_date = FactDay(label="普查时点", help_text="名单所反映的那一天")
    county = forms.ModelChoiceField(label="县", queryset=Area.objects.none())
    area = forms.ModelChoiceField(
        label="填报辖区",
        queryset=Area.objects.none(),
        required=False,
        empty_label="全县",
        help_text="乡镇园区上报的名单只涉及本辖区的企业",
    )
    is_partial = forms.BooleanField(
        label="补充名单", required=False, help_text="不据此判断哪些企业本次未见"
    )
    file = forms.FileField(
        label="名单文件",
        help_text="支持 .xlsx、.xls、.csv",
        error_messages={"empty": "文件为空（0 字节），请检查文件后重新上传"},
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sole: dict[str, Area] = {}
        areas = Area.objects.reporting().visible_to(user)
        counties = Area.objects.filter(kind=AreaKind.COUNTY)
        own = counties.visible_to(user)
        whole = own.exists()
        self._offer("county", own if whole else counties.filter(pk__in=areas.values("parent")))
        self._offer("area", areas)
        self.limit = settings.UPLOAD_MAX_BYTES
        self._only_choice("county")
        if not whole:
            self.fields["area"].required = True
            self._only_choice("area")
        if not self.is_bound:
            self.initial["reference_date"] = today()

    def _offer(self, name: str, areas: QuerySet[Area]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = areas

    def _only_choice(self, name: str) -> None:
        """A choice of one is made already."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        assert field.queryset is not None
        choices = list(field.queryset[:2])
        if len(choices) == 1:
            field.widget = forms.HiddenInput()
            field.required = False
            self._sole[name] = choices[0]

    def clean_county(self) -> Area:
        return self._chosen("county")

    def clean_area(self) -> Area | None:
        area: Area | None = self.cleaned_data["area"] or self._sole.get("area")
        return area

    def _chosen(self, name: str) -> Area:
        chosen: Area | None = self.cleaned_data[name] or self._sole.get(name)
        if chosen is None:
            raise forms.ValidationError("请选择")
        return chosen

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.limit:
            raise forms.ValidationError(
                f"文件超过 {self.limit // MEGABYTE} MB 的上限，请拆分后分批上传"
            )
        try:
            require_space(settings.VAR_DIR, file.size)
        except FileError as problem:
            raise forms.ValidationError(problem.sentence + problem.remedy, NO_SPACE) from problem
        return file

    @transaction.atomic
    def census_round(self) -> CensusRound:
        return intake.open_round(self.cleaned_data["county"], self.cleaned_data["reference_date"])


class HeaderForm(forms.Form):
    """Where the header stands, when the proposal is wrong."""

    sheet = forms.ChoiceField(label="工作表")
    header_row = forms.IntegerField(label="表头首行行号", min_value=1, max_value=1_048_576)
    depth = forms.TypedChoiceField(
        label="表头行数", choices=[(1, "1 行"), (2, "2 行"), (3, "3 行")], coerce=int
    )

    def __init__(self, batch: CensusBatch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        book = intake.workbook_of(batch)
        self.fields["sheet"].choices = [(sheet.index, sheet.name) for sheet in book.sheets]  # type: ignore[attr-defined]
        chosen = batch.layout["tables"][0]
        self.initial = {
            "sheet": chosen["sheet"],
            "header_row": chosen["header_row"],
            "depth": chosen["depth"],
        }


class ChangeForm(forms.Form):
    """Correct an enterprise: each group goes to its own service; one reason for all of them."""

    groups = (
        ("登记信息", ("name", "legal_representative", "business_address", "phone")),
        ("统计归属", ("operating_status", "unit_kind", "ownership", "reporting_area")),
        ("经营与人员", ("reference_date", *MEASURED_FIELDS, "in_base_list", "exclusion_reason")),
        ("依据", ("on", "reason")),
    )
    name = WordsField(label="企业名称", max_length=300)
    legal_representative = WordsField(label="法定代表人", max_length=120, required=False)
    business_address = WordsField(label="经营地址", max_length=600, required=False)
    phone = WordsField(label="联系电话", max_length=120, required=False, help_text="不改动请留空")
    operating_status = forms.ChoiceField(label="登记状态", choices=OperatingStatus.choices)
    unit_kind = forms.ChoiceField(label="单位类别", choices=UnitKind.choices)
    ownership = forms.ChoiceField(label="控股情况", choices=Ownership.choices)
    reporting_area = forms.ModelChoiceField(
        label="统计辖区", queryset=Area.objects.none(), required=False, empty_label="待认领"
    )
    reference_date = FactDay(label="普查时点", required=False, help_text="年度数据所属时点")
    employee_count = forms.IntegerField(label="从业人员（人）", min_value=0, required=False)
    annual_revenue = forms.DecimalField(
        label="年营业收入（万元）", min_value=0, decimal_places=6, required=False
    )
    member_count = forms.IntegerField(label="党员（人）", min_value=0, required=False)
    full_member_count = forms.IntegerField(label="正式党员（人）", min_value=0, required=False)
    is_statistical_scale = forms.NullBooleanField(label="规模以上（统计口径）", required=False)
    in_base_list = forms.BooleanField(label="纳入党建基数", required=False)
    exclusion_reason = WordsField(label="剔除原因", max_length=60, required=False)
    on = ActDay(label="生效日期", help_text="登记状态、控股情况、统计辖区自该日起变更")
    reason = WordsField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reporting_area"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Area.objects.reporting().visible_to(user)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        members, full = found.get("member_count"), found.get("full_member_count")
        if members is not None and full is not None and full > members:
            self.add_error("full_member_count", "正式党员数不能多于党员数")
        if not found.get("reference_date") and any(
            name in self.changed_data for name in MEASURED_FIELDS
        ):
            self.add_error("reference_date", "请写明年度数据所属的普查时点")
        if not found.get("in_base_list") and not found.get("exclusion_reason"):
            self.add_error("exclusion_reason", "不纳入党建基数的请写明剔除原因")
        return found


class AsOfForm(forms.Form):
    """The day as of which a page shows its state; anything else but a day of the past is today."""

    as_of = forms.DateField(required=False)

    @classmethod
    def day_of(cls, data: Any) -> date:
        form = cls(data)
        day: date | None = form.cleaned_data["as_of"] if form.is_valid() else None
        return min(day, today()) if day else today()


class JudgeForm(ReasonForm):
    """The officer's word on who controls the capital of the chosen enterprises."""

    ownership = forms.ChoiceField(
        label="控股情况", choices=[one for one in Ownership.choices if one[0] != Ownership.UNKNOWN]
    )
    field_order = ("ownership", "reason")


class ClaimForm(ReasonForm):
    """The reporting area of the chosen enterprises."""

    area = forms.ModelChoiceField(label="统计辖区", queryset=Area.objects.none())
    field_order = ("area", "reason")

    def limit_to(self, user: Any) -> None:
        field: Any = self.fields["area"]
        field.queryset = Area.objects.reporting().visible_to(user)


class ClassifyForm(ReasonForm):
    """The building, market, grid or chain that enterprises belong to from a day on."""

    area = forms.ModelChoiceField(label="归入", queryset=Area.objects.none())
    on = ActDay(label="自何日起", initial=today)
    field_order = ("area", "on", "reason")

    def limit_to(self, user: Any) -> None:
        field: Any = self.fields["area"]
        field.queryset = Area.objects.classifying().visible_to(user).order_by("kind", "code")
        field.label_from_instance = lambda area: f"{area.get_kind_display()}：{area}"


class DeclassifyForm(ReasonForm):
    on = ActDay(label="自何日起不再属于", initial=today)
    field_order = ("on", "reason")
