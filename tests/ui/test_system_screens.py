"""The log of actions and the list of parameters: who may read them and what they say."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from config.navigation import MENU, route_url
from core import audit, parameters
from core.models import ParameterValue
from tests.ui.conftest import become_auditor

audit.register_verb("ui.test", "测试操作")


@pytest.fixture
def auditor(browser: Client, clerk: User) -> Client:
    become_auditor(clerk)
    return browser


@pytest.fixture
def business(browser: Client, clerk: User) -> Client:
    clerk.grants.update(role="business_administrator")
    return browser


def test_the_log_tells_who_changed_what(auditor: Client, clerk: User) -> None:
    audit.record(
        actor=clerk,
        verb="ui.test",
        target=clerk,
        before={"full_name": "周敏"},
        after={"full_name": "周敏敏"},
        reason="改名",
    )
    text = auditor.get("/audit/").content.decode()
    assert "测试操作" in text
    assert '姓名 <span class="old">周敏</span> <span class="new">周敏敏</span>' in text
    assert "改名" in text


def test_the_log_is_narrowed_by_action_and_object(auditor: Client, clerk: User) -> None:
    audit.record(actor=clerk, verb="ui.test", target=clerk)
    assert "共 <b>1</b> 条" in auditor.get("/audit/?verb=ui.test&q=周敏").content.decode()
    assert "共 <b>0</b> 条" in auditor.get("/audit/?actor_name=吴").content.decode()


def test_markup_in_a_logged_value_stays_text(auditor: Client, clerk: User) -> None:
    audit.record(actor=clerk, verb="ui.test", target=clerk, after={"full_name": "<b>粗</b>"})
    assert "&lt;b&gt;粗&lt;/b&gt;" in auditor.get("/audit/").content.decode()


@pytest.mark.parametrize("path", ["/audit/", "/parameters/"])
def test_an_officer_sees_neither_log_nor_parameters(browser: Client, path: str) -> None:
    assert browser.get(path).status_code == 403


def test_every_parameter_is_listed_with_its_source(business: Client) -> None:
    text = business.get("/parameters/").content.decode()
    for parameter in parameters.declared():
        assert parameter.label in text


def test_a_value_of_the_county_stands_before_the_default(business: Client) -> None:
    parameter = next(entry for entry in parameters.declared() if isinstance(entry.default, int))
    ParameterValue.objects.create(
        key=parameter.key,
        value=parameter.default,
        valid_from=date(2026, 1, 1),
        document="县文〔1〕",
    )
    text = business.get("/parameters/").content.decode()
    assert "县文〔1〕" in text
    assert "本县规定" in text


def test_every_entry_of_the_menu_leads_somewhere() -> None:
    routes = [item.route for section in MENU for item in section.items]
    assert [route for route in routes if not route_url(route)] == []
