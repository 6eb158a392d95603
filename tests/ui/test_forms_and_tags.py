"""How fields are drawn, how dates may be typed, how numbers and states are shown."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client

from core.detail import NOT_APPLICABLE, Fact
from core.rates import Rate
from tests.ui.demo import EveryField


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context)).strip()


class TestFields:
    def test_a_field_has_its_label_help_and_bootstrap_class(self) -> None:
        text = EveryField()["name"].as_field_group()
        assert 'class="form-control form-control-sm"' in text
        assert 'for="id_name"' in text
        assert "（必填）" in text
        assert 'aria-describedby="id_name_helptext"' in text

    def test_boxes_that_belong_together_stand_under_one_legend(self) -> None:
        text = EveryField()["mode"].as_field_group()
        assert "<legend>组建方式" in text
        assert text.count('type="radio"') == 2

    def test_a_single_box_stands_before_its_words(self) -> None:
        text = EveryField()["agreed"].as_field_group()
        assert text.index('type="checkbox"') < text.index("情况属实")

    def test_an_error_marks_the_field_and_is_announced(self) -> None:
        text = EveryField({})["name"].as_field_group()
        assert "is-invalid" in text
        assert 'aria-invalid="true"' in text
        assert "id_name_error" in text

    def test_a_form_page_groups_fields_and_links_its_errors(self, browser: Client) -> None:
        text = browser.post("/demo/form", {"kind": "action"}).content.decode()
        assert "<h2>基本情况</h2>" in text
        assert '<a href="#id_since">成立日期</a>' in text
        assert "有 5 处需要修改" in text

    @pytest.mark.parametrize(
        "typed",
        ["2026-11-20", "2026/11/20", "2026.11.20", "20261120", "2026年11月20日", "2026年11月"],
    )
    def test_a_date_may_be_typed_in_every_usual_spelling(self, typed: str) -> None:
        day = forms.DateField().clean(typed)
        assert (day.year, day.month) == (2026, 11)
        assert day.day in {1, 20}

    def test_a_date_is_shown_with_hyphens(self) -> None:
        class Since(forms.Form):
            since = forms.DateField(initial=date(2026, 3, 1))

        assert 'value="2026-03-01"' in str(Since()["since"])


class TestTags:
    def test_a_state_has_word_and_tone(self) -> None:
        assert draw('{% badge "已建" "ok" %}') == '<span class="tag tag-ok">已建</span>'

    def test_an_unknown_tone_is_a_mistake(self) -> None:
        with pytest.raises(TemplateSyntaxError):
            draw('{% badge "已建" "red" %}')

    def test_a_share_stands_beside_its_integers(self) -> None:
        assert "15.7% " in draw("{% rate r %}", r=Rate(52, 332))
        assert "(52/332)" in draw("{% rate r %}", r=Rate(52, 332))
        assert 'href="/list"' in draw('{% rate r "/list" %}', r=Rate(52, 332))

    def test_a_share_of_nothing_is_a_dash(self) -> None:
        assert ">—<" in draw("{% rate r %}", r=Rate(0, 0))

    @pytest.mark.parametrize(
        ("value", "shown"),
        [(1286, "1,286"), (0, '<span class="zero">0</span>'), (None, "")],
    )
    def test_zero_and_unknown_differ(self, value: int | None, shown: str) -> None:
        assert draw("{{ n|number }}", n=value) == shown

    def test_days_have_one_form_in_tables_and_one_in_documents(self) -> None:
        assert draw("{{ d|day }} {{ d|long_day }}", d=date(2026, 3, 5)) == "2026-03-05 2026年3月5日"

    def test_moments_are_told_in_the_countys_time(self) -> None:
        late = datetime(2026, 3, 5, 16, 30, tzinfo=UTC)
        assert draw("{{ t|moment }} {{ t|day }}", t=late) == "2026-03-06 00:30 2026-03-06"

    @pytest.mark.parametrize(
        ("done", "total", "percent"), [(1, 3, 33), (5, 0, 0), (None, 9, 0), (10, 9, 100)]
    )
    def test_progress_is_a_whole_percentage(
        self, done: int | None, total: int, percent: int
    ) -> None:
        assert draw("{{ done|percent_of:total }}", done=done, total=total) == str(percent)

    def test_an_icon_speaks_only_with_a_label(self) -> None:
        assert 'aria-hidden="true"' in draw('{% icon "home" %}')
        assert 'aria-label="首页"' in draw('{% icon "home" "首页" %}')


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (1280, "1,280"),
        (date(2026, 3, 1), "2026-03-01"),
        (NOT_APPLICABLE, "—"),
    ],
)
def test_a_fact_is_shown_in_the_readers_words(value: object, shown: str) -> None:
    assert Fact("项目", value).shown == shown


def test_a_file_is_chosen_in_chinese_on_every_form() -> None:
    class Upload(forms.Form):
        file = forms.FileField(label="名单文件")

    drawn = str(Upload()["file"].as_field_group())

    assert '<ui-file><input type="file" name="file"' in drawn
