"""Forms of ratings and of the schemes they follow: facts, criteria, marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from core.dates import today
from core.forms import ActDay, FactDay, PlanDay, WordsField, form_field
from organizations.choices import OrganizationField
from organizations.models import Rating, RatingCriterion, RatingScheme
from organizations.scoring import Mark
from organizations.services.schemes import Line


class RatingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which organization is rated by which scheme for which year."""

    field_order = ("organization", "scheme", "year")

    class Meta:
        model = Rating
        formfield_callback = form_field
        fields = ("scheme", "year")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = OrganizationField(user, label="党组织")
        self.fields["scheme"].queryset = (  # type: ignore[attr-defined]
            RatingScheme.objects.as_of(today())
            .filter(subject=RatingScheme.Subject.ORGANIZATION)
            .order_by("name")
        )
        self.fields["year"].initial = today().year
        self.order_fields(self.field_order)


class ConfirmForm(forms.Form):
    on = FactDay(label="评定日期", initial=today)
    document = WordsField(label="评定文号", max_length=100, required=False)
    valid_to = PlanDay(label="有效期至", required=False, help_text="不填即至下次评定")


class SchemeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A scheme's facts; its criteria are a set of `LineForm` beside it."""

    star_scores = SimpleArrayField(
        forms.DecimalField(max_digits=6, decimal_places=1),
        label="星级分数线",
        required=False,
        help_text="从一星到五星的最低得分，用逗号隔开；不评星级的留空",
    )
    on = ActDay(label="新版启用日期", initial=today, help_text="本版已经使用过的，自该日起启用新版")
    reason = WordsField(label="变更原因", max_length=200)

    class Meta:
        model = RatingScheme
        formfield_callback = form_field
        fields = ("name", "source", "note", "star_scores")


class NewSchemeForm(SchemeForm):
    on = None  # type: ignore[assignment]
    field_order = ("key", "name")

    class Meta(SchemeForm.Meta):
        fields = ("key", "name", "subject", "source", "note", "star_scores", "valid_from")  # type: ignore[assignment]
        labels: ClassVar = {"valid_from": "启用日期"}
        help_texts: ClassVar = {"key": "英文字母、数字和下划线，各版本共用"}


class LineForm(forms.Form):
    """A criterion; one that was there and has lost its label is dropped."""

    label = WordsField(label="标准", max_length=100, required=False)
    detail = WordsField(label="要求", max_length=300, required=False)
    weight = forms.DecimalField(
        label="分值", min_value=0, max_digits=5, decimal_places=1, required=False
    )
    is_veto = forms.BooleanField(label="一票否决", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        weight, is_veto = found.get("weight"), found.get("is_veto")
        if not found.get("label") and self.empty_permitted and self.has_changed():
            self.add_error("label", "请填写标准")
        if found.get("label") and not is_veto and not weight and "weight" not in self.errors:
            self.add_error("weight", "请填写分值；一票否决项请勾选")
        return found

    @property
    def line(self) -> Line:
        said = self.cleaned_data
        weight = Decimal(0) if said["is_veto"] else said["weight"]
        return Line(said["label"], weight, said["is_veto"], said["detail"])


LineFormSet = forms.formset_factory(LineForm, extra=6, max_num=60)


@dataclass(frozen=True)
class MarkRow:
    """One criterion on screen: its fields, and what the organization said of it."""

    criterion: RatingCriterion
    mark: BoundField
    note: BoundField
    said: Any


class MarksForm(forms.Form):
    """A mark and a remark for each criterion; yes or no for checks and vetoes."""

    def __init__(
        self,
        criteria: Sequence[RatingCriterion],
        *args: Any,
        is_check: bool = False,
        complete: bool = True,
        said: dict[int, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria, self.is_check, self.said = criteria, is_check, said or {}
        for one in criteria:
            self.fields[f"mark_{one.pk}"] = self._mark(one, complete=complete)
            note = WordsField(label=f"{one}：说明", max_length=200, required=False)
            note.widget.attrs["aria-label"] = note.label
            self.fields[f"note_{one.pk}"] = note

    def _mark(self, one: RatingCriterion, *, complete: bool) -> forms.Field:
        field: forms.Field
        if self.is_check:
            words = (("", "—"), ("1", "有"), ("0", "无"))
            field = forms.ChoiceField(choices=words, label=str(one))
        elif one.is_veto:
            field = forms.ChoiceField(choices=(("0", "未触及"), ("1", "触及")), label=str(one))
        else:
            field = forms.DecimalField(
                label=str(one), min_value=0, max_digits=5, decimal_places=1, required=complete
            )
            field.widget.attrs["max"] = one.points
        field.widget.attrs["aria-label"] = str(one)
        return field

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        for one in self.criteria:
            score = found.get(f"mark_{one.pk}")
            if isinstance(score, Decimal) and score > one.weight:
                self.add_error(f"mark_{one.pk}", ValidationError(f"最多 {one.points} 分"))
        return found

    @property
    def rows(self) -> list[MarkRow]:
        return [
            MarkRow(one, self[f"mark_{one.pk}"], self[f"note_{one.pk}"], self.said.get(one.pk))
            for one in self.criteria
        ]

    def marks(self) -> dict[int, Mark]:
        """The marks by criterion; call it on a valid form."""
        found = {}
        for one in self.criteria:
            value = self.cleaned_data.get(f"mark_{one.pk}")
            note = self.cleaned_data.get(f"note_{one.pk}", "")
            if self.is_check:
                found[one.pk] = Mark(score=Decimal(value or 0), note=note)
            elif one.is_veto:
                found[one.pk] = Mark(violated=value == "1", note=note)
            else:
                found[one.pk] = Mark(score=value, note=note)
        return found
