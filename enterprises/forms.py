"""Shape of what clerks enter about enterprises and imports."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from core.dates import today
from enterprises.census import intake
from enterprises.models import CensusBatch, CensusRound, Source
from organizations.models import Area, AreaKind

MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """A list of one source for the round of a day; officers below the county name their area."""

    source = forms.ChoiceField(label="名单来源", choices=Source.choices)
    reference_date = forms.DateField(label="普查时点", help_text="名单所反映的那一天")
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
    file = forms.FileField(label="名单文件", help_text="支持 .xlsx、.xls、.csv")

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
