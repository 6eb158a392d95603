"""What is entered about transfers, absences, lost and hidden members, at the start and each act."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import FactDay, WordsField, form_field
from enterprises.choices import EnterpriseField
from members.flow_choices import MemberField
from members.flow_codes import HiddenResult, SearchWay
from members.models import HiddenMember, LostContact, MembershipTransfer, MobileRecord
from organizations.choices import OrganizationField

LINES = forms.Textarea({"rows": 3})
KEPT = "不改动请留空"


class _Start(forms.ModelForm):  # type: ignore[type-arg]
    """The first words of a case, or their correction; the service builds and checks the row."""

    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]]
    sealed: ClassVar[tuple[str, ...]] = ()  # numbers that a correction leaves alone when empty

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["reason"] = WordsField(label="修改原因", max_length=200)
            for name in self.sealed:
                self.initial.pop(name, None)
                self.fields[name].help_text = KEPT

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The sections with the fields that are asked for."""
        asked = (
            (title, tuple(n for n in names if n in self.fields)) for title, names in self.sections
        )
        return tuple((title, names) for title, names in asked if names)

    def _post_clean(self) -> None:
        """Here only the answers count."""

    def facts(self) -> dict[str, Any]:
        """What was answered; a number left empty in a correction stays as it is."""
        data: dict[str, Any] = dict(self.cleaned_data)
        for name in self.sealed:
            if self.instance.pk and not data.get(name):
                del data[name]
        return data


class TransferForm(_Start):
    sections: ClassVar = (
        ("党员", ("member",)),
        ("接收党组织", ("receiver", "receiving_unit", "range")),
        ("介绍信", ("letter", "issued_on", "reason")),
    )

    class Meta:
        model = MembershipTransfer
        formfield_callback = form_field
        fields = ("receiving_unit", "range", "letter", "issued_on", "reason")
        field_classes: ClassVar = {"issued_on": FactDay}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["member"] = MemberField(user, label="党员")
        self.fields["receiver"] = OrganizationField(user, label="本范围接收党支部", required=False)
        unit = self.fields["receiving_unit"]
        unit.label, unit.help_text = "其他接收党组织", "本系统内的填全称或代码，即可在线接收"


class MobileForm(_Start):
    sealed = ("origin_phone", "host_phone")
    sections: ClassVar = (
        ("党员", ("member", "left_on", "cause", "former_job", "certificate")),
        ("去向", ("destination", "range", "is_settled")),
        ("流出党组织", ("origin_unit", "origin_contact", "origin_phone")),
        (
            "流入党组织",
            ("host", "host_unit", "host_address", "host_contact", "host_phone", "received_on"),
        ),
        ("", ("reason",)),
    )

    class Meta:
        model = MobileRecord
        formfield_callback = form_field
        fields = (
            "left_on",
            "cause",
            "former_job",
            "certificate",
            "destination",
            "range",
            "is_settled",
            "origin_unit",
            "origin_contact",
            "origin_phone",
            "host_unit",
            "host_address",
            "host_contact",
            "host_phone",
            "received_on",
        )
        field_classes: ClassVar = {"left_on": FactDay, "received_on": FactDay}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["host"] = OrganizationField(user, label="本范围流入党组织", required=False)
        self.fields["origin_unit"].help_text = "组织关系在本系统的不必填，按现在所在党组织登记"
        if self.instance.pk:
            self.initial["host"] = self.instance.host
            del self.fields["received_on"]
        else:
            self.fields["member"] = MemberField(user, label="党员")
            self.fields["received_on"].help_text = "流入方登记时填写；还没有报到的不填"


class LostForm(_Start):
    sections: ClassVar = (
        ("失联", ("member", "lost_since", "situation", "kind", "remark", "reason")),
    )

    class Meta:
        model = LostContact
        formfield_callback = form_field
        fields = ("lost_since", "situation", "kind", "remark")
        field_classes: ClassVar = {"lost_since": FactDay}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if self.instance.pk is None:
            self.fields["member"] = MemberField(user, label="党员")


class HiddenForm(_Start):
    sealed = ("phone",)
    sections: ClassVar = (
        ("发现", ("name", "kind", "source", "found_on", "organization")),
        ("情况", ("enterprise", "phone", "former_unit", "account", "remark", "reason")),
    )

    class Meta:
        model = HiddenMember
        formfield_callback = form_field
        fields = ("name", "kind", "source", "found_on", "phone", "former_unit", "account", "remark")
        field_classes: ClassVar = {"found_on": FactDay}
        widgets: ClassVar = {"account": LINES}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["enterprise"] = EnterpriseField(user, label="从业企业", required=False)
        if self.instance.pk:
            self.initial["enterprise"] = self.instance.enterprise
            del self.fields["found_on"]
        else:
            self.fields["organization"] = OrganizationField(user, label="负责核实的党组织")


class ActForm(forms.Form):
    """One act of a case; `on` is its day."""

    on = FactDay(label="日期", initial=today)

    def __init__(self, user: Any, row: Any, data: Any = None) -> None:
        super().__init__(data)
        self.user, self.row = user, row


class AcceptForm(ActForm):
    answer = WordsField(label="回执编号", max_length=200, required=False)


class ReturnForm(ActForm):
    answer = WordsField(label="退回原因", max_length=200, widget=LINES)


class VoidForm(ActForm):
    answer = WordsField(label="作废原因", max_length=200, widget=LINES)


class ReceiveForm(ActForm):
    """Where it is known already who receives the member, that is not asked again."""

    host_contact = WordsField(label="联系人", max_length=60, required=False)

    def __init__(self, user: Any, row: MobileRecord, data: Any = None) -> None:
        super().__init__(user, row, data)
        self.fields["host_contact"].initial = row.host_contact
        if not row.goes_to:
            self.fields["host"] = OrganizationField(user, label="本范围流入党组织", required=False)
            self.fields["host_unit"] = WordsField(
                label="系统外流入党组织", max_length=120, required=False
            )


class RefuseForm(ActForm):
    refusal = WordsField(label="拒绝理由", max_length=200, widget=LINES)


class ComeBackForm(ActForm):
    end_note = WordsField(label="说明", max_length=200, required=False)


class ContactForm(ActForm):
    contact_note = WordsField(label="联系情况", max_length=200, widget=LINES)


class SearchForm(ActForm):
    way = forms.ChoiceField(label="查找方式", choices=SearchWay.choices)
    by = WordsField(label="查找人", max_length=60)
    result = WordsField(label="查找经过和结果", max_length=300, widget=LINES)


class FindForm(ActForm):
    end_note = WordsField(label="取得联系的经过", max_length=200, widget=LINES)


class DecisionForm(ActForm):
    by = WordsField(label="作出决定的党组织", max_length=120)
    document = WordsField(label="文号或会议记录", max_length=100)


class EndForm(DecisionForm):
    end_note = WordsField(label="说明", max_length=200, required=False)


class RestoreForm(EndForm):
    def __init__(self, user: Any, row: LostContact, data: Any = None) -> None:
        super().__init__(user, row, data)
        self.fields["organization"] = OrganizationField(
            user, label="恢复后所在党支部", initial=row.organization
        )


class JudgeForm(ActForm):
    verified_by = WordsField(label="核实单位", max_length=120)
    evidence = WordsField(label="核实依据", max_length=300, widget=LINES)


class SettleForm(ActForm):
    result = forms.ChoiceField(label="纳入结果", choices=HiddenResult.choices)
    remark = WordsField(label="备注", max_length=200, required=False)

    def __init__(self, user: Any, row: HiddenMember, data: Any = None) -> None:
        super().__init__(user, row, data)
        self.fields["member"] = MemberField(
            user, label="党员", help_text="先在党员名册登记，再选定", initial=row.member
        )
        self.order_fields(("on", "member", "result", "remark"))
