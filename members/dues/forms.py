"""Forms of dues; the months of a sheet are read by `members.dues.board`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from core.dates import today
from core.forms import ActDay, FactDay, WordsField, form_field
from members.dues import reckoning
from members.dues.services import BaseGiven, Payment, Received
from members.models import DuesBase, DuesRecord, DuesRelief, PartyMember, Payer
from organizations.choices import OrganizationField


class ReceivedForm(forms.Form):
    on = FactDay(label="交纳日期", initial=today)
    method = forms.ChoiceField(label="交纳方式", choices=DuesRecord.Method.choices)
    reason = WordsField(
        label="更正原因", max_length=200, required=False, help_text="改动已登记的金额时填写"
    )


class PaymentForm(ReceivedForm):
    """One month of one member: what a program sends instead of a sheet."""

    month = ActDay(label="月份", help_text="填当月任一日")
    paid = forms.DecimalField(
        label="实交（元）", min_value=Decimal(0), max_digits=10, decimal_places=2
    )
    field_order = ("organization", "member", "month", "paid", "on", "method", "reason")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="党支部")
        self.fields["member"] = forms.ModelChoiceField(
            PartyMember.objects.visible_to(user), label="党员编号"
        )
        self.order_fields(self.field_order)

    @property
    def payment(self) -> Payment:
        data = self.cleaned_data
        return Payment(data["member"].pk, reckoning.month_of(data["month"]), data["paid"])

    @property
    def received(self) -> Received:
        return Received(*(self.cleaned_data[name] for name in ("on", "method", "reason")))


@dataclass(frozen=True)
class BaseLine:
    member: PartyMember
    boxes: tuple[forms.BoundField, forms.BoundField]


class BasesForm(forms.Form):
    """The bases of a branch; a member for whom nothing is chosen stays as he is."""

    month = ActDay(
        label="自哪个月起",
        initial=lambda: reckoning.month_of(today()),
        help_text="填当月任一日；已登记的月份不重算",
    )

    def __init__(
        self,
        members: Sequence[PartyMember],
        known: Mapping[int, DuesBase],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.known = members, known
        for member in members:
            base = known.get(member.pk)
            self.fields[f"payer-{member.pk}"] = forms.ChoiceField(
                label=f"{member}交纳类别",
                choices=[("", "未定"), *Payer.choices],
                required=False,
                initial=base.payer if base else "",
            )
            self.fields[f"amount-{member.pk}"] = forms.DecimalField(
                label=f"{member}交纳基数（元）",
                min_value=Decimal(0),
                max_digits=10,
                decimal_places=2,
                required=False,
                initial=base.amount if base else None,
            )

    @property
    def lines(self) -> list[BaseLine]:
        return [
            BaseLine(member, (self[f"payer-{member.pk}"], self[f"amount-{member.pk}"]))
            for member in self.members
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for member in self.members:
            if data.get(f"amount-{member.pk}") is not None and not data.get(f"payer-{member.pk}"):
                data[f"payer-{member.pk}"] = Payer.WAGE
        return data

    @property
    def given(self) -> list[BaseGiven]:
        """What differs from what is known."""
        found = []
        for member in self.members:
            payer = self.cleaned_data[f"payer-{member.pk}"]
            amount = self.cleaned_data[f"amount-{member.pk}"]
            base = self.known.get(member.pk)
            if payer and (base is None or (base.payer, base.amount) != (payer, amount)):
                found.append(BaseGiven(member, payer, amount))
        return found


class ReliefForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, members: QuerySet[PartyMember], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["member"]
        chosen.queryset = members

    class Meta:
        model = DuesRelief
        formfield_callback = form_field
        fields = (
            "member",
            "kind",
            "amount",
            "valid_from",
            "valid_to",
            "requested_on",
            "agreed_on",
            "reason",
        )
        field_classes: ClassVar = {"requested_on": FactDay, "agreed_on": FactDay}

    def _post_clean(self) -> None:
        """The service checks the row, its months on their first days."""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ApproveForm(forms.Form):
    document = WordsField(label="批准文号", max_length=100)
    on = FactDay(label="批准日期", initial=today)
