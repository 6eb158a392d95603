"""Choosing organizations and firms by typing: one row or a sentence that says what is missing."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from enterprises.choices import EnterpriseField
from organizations.choices import OrganizationField, OrganizationsField
from organizations.services import close_organization
from tests.builders import make_enterprise, make_organization
from tests.organizations.test_pages import desk, shown
from tests.world import ABROAD, EAST, PARK, WEST, World


def chosen(world: World, text: str) -> object:
    return OrganizationField(world.clerk).clean(text)


@pytest.mark.parametrize(
    "text",
    ["{name}（{code}）", "{name}({code})", "{code}", "{name}", "{name}\0", "bhdz", "北湖电子"],
)
def test_one_organization_is_meant_by_name_code_or_pinyin(world: World, text: str) -> None:
    branch = world.own_branch

    assert chosen(world, text.format(name=branch.name, code=branch.code)) == branch


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("镇党委", f"“镇党委”可能是{EAST}镇党委、{WEST}镇党委等多个"),
        (ABROAD, f"没有找到“{ABROAD}”，或不在您的数据范围内"),
        ("", "该字段是必填项"),
    ],
)
def test_a_text_that_means_none_or_several_is_refused(
    world: World, text: str, sentence: str
) -> None:
    with pytest.raises(forms.ValidationError, match=sentence):
        chosen(world, text)


def test_an_abolished_organization_is_not_offered(world: World) -> None:
    gone = make_organization(f"{PARK}旧党支部", parent=world.park_committee)
    close_organization(
        actor=world.clerk, organization=gone, on=date(2026, 1, 1), document="江工〔2026〕1号"
    )

    with pytest.raises(forms.ValidationError, match="没有找到"):
        chosen(world, gone.code)


def test_several_are_chosen_each_once(world: World) -> None:
    class Partners(forms.Form):
        partners = forms.Field()

    form = Partners(
        QueryDict(f"partners={EAST}镇党委&partners=&partners={EAST}镇党委&partners=bhdz")
    )
    form.fields["partners"] = OrganizationsField(world.clerk)

    assert form.is_valid()
    assert form.cleaned_data["partners"] == [world.east_committee, world.own_branch]
    assert str(form["partners"]).count("<ui-choice") == 4 + 2  # what was typed, and room for more


def test_a_firm_is_meant_by_its_code(world: World) -> None:
    field = EnterpriseField(world.clerk)

    assert field.clean(world.own.uscc) == world.own
    assert field.clean(f"{world.own.name}（{world.own.uscc}）") == world.own
    assert field.prepare_value(world.own) == f"{world.own.name}（{world.own.uscc}）"


def test_a_name_that_ends_in_brackets_is_still_a_name(world: World) -> None:
    firm = make_enterprise("北湖投资（有限合伙）", county=world.county, area=world.park)

    assert EnterpriseField(world.clerk).clean("北湖投资（有限合伙）") == firm


@pytest.mark.parametrize("url", ["/orgs/choices?q=镇", "/enterprises/choices?q=有限公司"])
def test_proposals_stay_within_scope(world: World, url: str) -> None:
    own = shown(desk(world.east_officer), url)

    assert EAST in own
    assert PARK not in own
    assert WEST not in own


def test_more_hits_than_are_proposed_are_announced(world: World) -> None:
    for number in range(21):
        make_organization(f"第{number}号流动党支部", parent=world.east_committee)

    page = shown(desk(world.clerk), "/orgs/choices?q=流动党支部")

    assert page.count('role="option"') == 20
    assert "还有更多" in page
    assert "没有找到" in shown(desk(world.clerk), "/orgs/choices?q=火星")
