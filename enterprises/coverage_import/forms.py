"""What a clerk says when he hands over a coverage file: whose it is and of which day."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Case, Value, When

from core.dates import today
from core.forms import FactDay
from organizations.models import Area, AreaKind
from organizations.models.area import REPORTING_KINDS


class CoverageUploadForm(forms.Form):
    """The unit bounds what the file may touch: a county, or one township or park."""

    unit = forms.ModelChoiceField(
        Area.objects.none(),
        label="单位",
        empty_label=None,
        help_text="只涉及本单位统计辖区内的企业和下级党组织",
    )
    as_of = FactDay(
        label="时点",
        widget=forms.DateInput({"type": "date"}),
        help_text="表中情况截至哪一天；没有写起始日期的从这一天算起",
    )
    file = forms.FileField(
        label="文件",
        help_text="去年的非公企业党建工作台账（62 列）或覆盖关系简表，支持 .xlsx、.xls、.csv",
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        county_first = Case(When(kind=AreaKind.COUNTY, then=Value(0)), default=Value(1))
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = (
            Area.objects.visible_to(user)
            .filter(kind__in=[AreaKind.COUNTY, *REPORTING_KINDS])
            .select_related("committee", "parent__parent__parent")
            .order_by(county_first, "official_order", "code")
        )
        self.initial.setdefault("as_of", today())
        self.limit = settings.UPLOAD_MAX_BYTES

    def clean_unit(self) -> Area:
        area: Area = self.cleaned_data["unit"]
        if county_of(area) is None:
            raise forms.ValidationError("这个单位没有归到哪个县，请先在辖区里补上")
        return area


def county_of(area: Area) -> Area | None:
    """The county that an area is part of, perhaps itself."""
    part: Area | None = area
    while part is not None and part.kind != AreaKind.COUNTY:
        part = part.parent
    return part
