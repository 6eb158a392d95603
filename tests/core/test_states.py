"""A draft is submitted, returned or approved; nothing else happens to it."""

import pytest
from django.db.models import TextChoices

from core.states import StateTable, Transition, TransitionRefusedError


class ReportState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    APPROVED = "approved", "通过"


SUBMIT = Transition("submit", "提交", frozenset(["draft"]), "submitted", "reports.submit")
APPROVE = Transition("approve", "通过", frozenset(["submitted"]), "approved", "reports.review")
RETURN = Transition("return", "退回", frozenset(["submitted", "approved"]), "draft")
TABLE = StateTable(ReportState, [SUBMIT, APPROVE, RETURN])


def test_an_act_leads_to_its_target() -> None:
    assert TABLE.target("submit", "draft") == "submitted"
    assert TABLE.target("return", "approved") == "draft"


def test_an_impossible_act_is_refused_in_chinese() -> None:
    with pytest.raises(TransitionRefusedError, match="当前状态为“草稿”，不能通过"):
        TABLE.target("approve", "draft")


def test_a_page_offers_the_acts_that_leave_the_state() -> None:
    assert TABLE.leaving("submitted") == [APPROVE, RETURN]
    assert TABLE.leaving("draft") == [SUBMIT]


def test_the_table_is_read_by_name() -> None:
    assert TABLE["approve"].permission == "reports.review"
    assert [transition.name for transition in TABLE] == ["submit", "approve", "return"]


def test_a_table_that_names_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="archive"):
        StateTable(
            ReportState, [Transition("archive", "归档", frozenset(["approved"]), "archived")]
        )
