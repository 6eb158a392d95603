"""The page on which an officer enters one enterprise by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.dates import today
from core.forms import FactDay, WordsField
from core.identifiers import normalize_uscc
from core.permissions import require
from enterprises import registering
from enterprises.models import Enterprise, OperatingStatus, Ownership, UnitKind
from enterprises.views.dossier import REGISTER
from organizations.models import Area

FACTS = (
    "name",
    "uscc",
    "legal_representative",
    "established_on",
    "registered_address",
    "business_address",
    "phone",
    *registering.STATES,
)


class RegisterForm(forms.Form):
    """`is_other` is asked for only where names alike stand in the register."""

    name = WordsField(label="企业名称", max_length=300)
    uscc = WordsField(label="统一社会信用代码", max_length=40, help_text="18 位，见营业执照")
    legal_representative = WordsField(label="法定代表人", max_length=120, required=False)
    established_on = FactDay(label="成立日期", required=False)
    registered_address = WordsField(label="住所", max_length=600, required=False)
    business_address = WordsField(
        label="经营地址", max_length=600, required=False, help_text="与住所相同的不填"
    )
    phone = WordsField(label="联系电话", max_length=120, required=False)
    operating_status = forms.ChoiceField(label="登记状态", choices=OperatingStatus.choices)
    unit_kind = forms.ChoiceField(label="单位类别", choices=UnitKind.choices)
    ownership = forms.ChoiceField(
        label="控股情况", choices=Ownership.choices, initial=Ownership.UNKNOWN
    )
    reporting_area = forms.ModelChoiceField(label="统计辖区", queryset=Area.objects.none())
    on = FactDay(label="起始日期", initial=today, help_text="自该日起计入本辖区")
    reason = WordsField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2}))
    is_other = forms.BooleanField(label="确认与上列企业不是同一家", required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.similar: list[Enterprise] = []
        self.groups = [
            ("登记信息", FACTS[:7]),
            ("统计归属", (*registering.STATES, "reporting_area")),
            ("依据", ("on", "reason")),
        ]
        field: Any = self.fields["reporting_area"]
        field.queryset = Area.objects.reporting().visible_to(user)

    def clean_uscc(self) -> str:
        uscc: str = normalize_uscc(self.cleaned_data["uscc"])
        registering.check_code(uscc)
        return uscc

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        name, area = found.get("name"), found.get("reporting_area")
        if name and area:
            self.similar = list(registering.similar_to(name, area=area, user=self.user))
        if self.similar:
            self.groups.append(("核对", ("is_other",)))
        if self.similar and not found.get("is_other"):
            self.add_error("is_other", "名册中已有名称相同或相近的企业，请核对后勾选")
        return found


@require_http_methods(["GET", "POST"])
@require("enterprises.change")
def enterprise_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = RegisterForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            enterprise = registering.register_enterprise(
                actor=user,
                area=said["reporting_area"],
                facts={name: said[name] for name in FACTS},
                reason=said["reason"],
                on=said["on"],
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, f"已新增“{enterprise.name}”。")
            return redirect(enterprise.get_absolute_url())
    context = {
        "title": "新增企业",
        "form": form,
        "similar": form.similar,
        "cancel_url": REGISTER,
        "crumbs": (("企业库", REGISTER),),
        "intro": "一次登记许多企业的，请到导入中心导入名单。",
    }
    return render(request, "enterprises/enterprise_new.html", context)
