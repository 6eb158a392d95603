"""What clerks enter about contact points and visits."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import ActDay, FactDay, WordsField, form_field
from core.listing import ReasonForm
from enterprises.choices import EnterpriseField
from enterprises.models import ContactPoint, RequestCategory


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A leader of the county's list; the enterprise is asked for only once."""

    GROUPS: ClassVar = (
        ("联系安排", ("enterprise", "year", "valid_from", "document")),
        ("领导", ("level", "leader", "post", "official_order")),
        ("备注", ("remark", "reason")),
    )

    class Meta:
        model = ContactPoint
        formfield_callback = form_field
        fields = (
            "level",
            "leader",
            "post",
            "official_order",
            "valid_from",
            "document",
            "remark",
        )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["reason"] = WordsField(label="修改原因", max_length=200)
            return
        self.fields["enterprise"] = EnterpriseField(user, label="联系企业")
        self.fields["year"] = forms.IntegerField(label="年度", initial=today().year)
        self.fields["valid_from"].required = False
        self.fields["valid_from"].help_text = "不填写的为该年度 1 月 1 日"

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """Only what this form asks."""
        return [
            (title, [name for name in names if name in self.fields]) for title, names in self.GROUPS
        ]

    def _post_clean(self) -> None:
        """The service builds and checks the row; here only the answers count."""


class VisitForm(forms.Form):
    """A visit, and one problem that was heard there if any."""

    visited_on = FactDay(label="走访日期", initial=today)
    companions = WordsField(label="陪同人员", max_length=120, required=False)
    content = WordsField(label="走访情况", max_length=1000, widget=forms.Textarea({"rows": 4}))
    title = WordsField(
        label="反映的问题",
        max_length=100,
        required=False,
        help_text="填写后登记为企业诉求；还有别的问题，保存后再登记",
    )
    category = forms.ChoiceField(
        label="问题类别", choices=[("", "—"), *RequestCategory.choices], required=False
    )
    detail = WordsField(
        label="具体情况", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    raised_by = WordsField(label="反映人", max_length=60, required=False)
    groups = (
        ("走访", ("visited_on", "companions", "content")),
        ("企业反映的问题", ("title", "category", "raised_by", "detail")),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("title") and not said.get("category"):
            self.add_error("category", "请选择问题类别。")
        if not said.get("title") and (said.get("detail") or said.get("category")):
            self.add_error("title", "请用一句话写明问题。")
        return said


class EndForm(ReasonForm):
    on = ActDay(label="终止日期", initial=today, help_text="自该日起不再联系")
    field_order = ("on", "reason")


class SumUpForm(forms.Form):
    summed_up_on = FactDay(label="小结日期", initial=today)
    summary = WordsField(label="年终小结", max_length=1000, widget=forms.Textarea({"rows": 6}))


class RenewForm(ReasonForm):
    """The same pairs go on for the year after."""

    document = WordsField(label="安排文号", max_length=100, required=False)
    field_order = ("document", "reason")
