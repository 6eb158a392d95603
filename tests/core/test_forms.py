"""Words that nobody sees are no words, days that nobody means are no days: in every form."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from core import horizon
from core.dates import today
from core.forms import ActDay, FactDay, PlanDay, WordsField
from core.horizon import Reach
from core.models import ParameterValue

OWN = ("accounts", "core", "organizations", "enterprises", "members", "activities", "reports")
# What is no word of anybody's: secrets, codes and what the page itself puts there.
OTHER_TEXTS = {"SignInForm.username", "CodeForm.code", "EnrolForm.code", "PreviewedForm.confirm"}
OTHER_TEXTS |= {"CoverForm.confirm", "EndForm.confirm", "PurposeForm.do"}
ASKED_BY_ADDRESS = {"AsOfForm", "DayForm"}  # a day to look at, not to write down


def _forms(base: Any = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for one in base.__subclasses__():
        yield one
        yield from _forms(one)


def _own_fields(kind: type[forms.Field]) -> Iterator[tuple[str, forms.Field]]:
    assert get_resolver().url_patterns  # loads the forms of all pages
    for form in _forms():
        if form.__module__.split(".")[0] in OWN and hasattr(form, "base_fields"):
            for name, field in form.base_fields.items():
                if type(field) is kind and form.__name__ not in ASKED_BY_ADDRESS:
                    yield f"{form.__name__}.{name}", field


def test_all_words_of_forms_can_be_seen() -> None:
    plain = {
        name
        for name, field in _own_fields(forms.CharField)
        if not isinstance(field.widget, forms.PasswordInput)
    }
    assert plain <= OTHER_TEXTS, "use core.forms.WordsField, and form_field in model forms"
    assert any(True for _ in _own_fields(WordsField))


def test_all_days_of_forms_say_how_far_ahead_they_may_lie() -> None:
    plain = {name for name, _ in _own_fields(forms.DateField)}
    assert not plain, "use FactDay, ActDay or PlanDay of core.forms"
    assert any(True for _ in _own_fields(FactDay))


@pytest.mark.parametrize("text", ["\u200b", "\x00", "\u202e\u2066", "\ufeff \u3000", "\u3164"])
def test_invisible_marks_do_not_fill_a_field(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WordsField().clean(text)
    assert refused.value.messages == [WordsField.default_error_messages["required"]]


def test_invisible_marks_do_not_stay_in_words() -> None:
    assert WordsField().clean(" 组\u200b〔2026〕\x001\u202e号\n二\u3000 ") == "组〔2026〕1号\n二"


@pytest.mark.parametrize(("field", "ahead"), [(FactDay(), 0), (ActDay(), 366), (PlanDay(), 3653)])
def test_days_reach_as_far_as_their_kind_allows(
    db: None, field: forms.DateField, ahead: int
) -> None:
    last = today() + timedelta(ahead)
    assert field.clean(str(last)) == last
    with pytest.raises(ValidationError, match="日期不能晚于"):
        field.clean(str(last + timedelta(1)))
    with pytest.raises(ValidationError, match="请核对年份"):
        field.clean("1201-05-04")


def test_a_county_may_look_further_ahead(db: None) -> None:
    far = today() + timedelta(500)
    with pytest.raises(ValidationError) as refused:
        horizon.require(far, Reach.ACT, "on")
    assert list(refused.value.error_dict) == ["on"]
    ParameterValue.objects.create(key="dates.act_ahead", value=800, valid_from=date(2020, 1, 1))
    horizon.require(far, Reach.ACT, "on")
