"""Suggestions of members and workers: made, put right, answered by the enterprise."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import Suggestion, SuggestionAnswer
from core import audit
from core.horizon import Reach
from core.horizon import require as require_day
from core.refusals import clean_at
from enterprises.models import CoverageLink, Enterprise
from members.services.persons import Actor
from organizations.models import PartyOrganization

MAKE, CHANGE, ANSWER = "suggestion.make", "suggestion.change", "suggestion.answer"
VERBS = {MAKE: "登记合理化建议", CHANGE: "修改合理化建议", ANSWER: "登记建议采纳情况"}


@transaction.atomic
def suggest(
    *,
    actor: Actor,
    organization: PartyOrganization,
    enterprise: Enterprise | None,
    proposer: str,
    made_on: date,
    text: str,
) -> Suggestion:
    """To the only enterprise of the branch where none is named.

    Raises ValidationError keyed by the fields.
    """
    suggestion = Suggestion(organization=organization, proposer=proposer, text=text)
    _put(suggestion, enterprise, made_on)
    suggestion.save()
    _log(actor, MAKE, suggestion, after={"proposer": proposer, "made_on": made_on, "text": text})
    return suggestion


@transaction.atomic
def change_suggestion(
    *,
    actor: Actor,
    suggestion: Suggestion,
    enterprise: Enterprise | None,
    proposer: str,
    made_on: date,
    text: str,
) -> Suggestion:
    suggestion = _locked(suggestion)
    was = _facts(suggestion)
    suggestion.proposer, suggestion.text = proposer, text
    _put(suggestion, enterprise, made_on)
    before, after = audit.difference(was, _facts(suggestion))
    if after:
        suggestion.save()
        _log(actor, CHANGE, suggestion, before=before, after=after)
    return suggestion


@transaction.atomic
def answer_suggestion(
    *, actor: Actor, suggestion: Suggestion, answer: str, answered_on: date, outcome: str
) -> Suggestion:
    """May be said anew: what was declined may be adopted later."""
    require_day(answered_on, Reach.FACT, "answered_on")
    if answer not in SuggestionAnswer.values:
        raise ValidationError({"answer": "请选择采纳或未采纳。"})
    suggestion = _locked(suggestion)
    facts: dict[str, Any] = {"answer": answer, "answered_on": answered_on, "outcome": outcome}
    before, after = audit.difference({one: getattr(suggestion, one) for one in facts}, facts)
    for field, value in facts.items():
        setattr(suggestion, field, value)
    clean_at(suggestion, {"activities_suggestion_in_order": "answered_on"})
    if after:
        suggestion.save()
        _log(actor, ANSWER, suggestion, before=before, after=after)
    return suggestion


def _put(suggestion: Suggestion, enterprise: Enterprise | None, made_on: date) -> None:
    require_day(made_on, Reach.FACT, "made_on")
    covered = CoverageLink.objects.as_of(made_on).filter(organization=suggestion.organization)
    firms = [link.enterprise for link in covered.select_related("enterprise")]
    if enterprise is None and len(firms) == 1:
        enterprise = firms[0]
    if enterprise is not None and enterprise not in firms:
        sentence = f"这家企业在{made_on}不由这个党组织覆盖。"
        raise ValidationError({"enterprise": sentence})
    suggestion.enterprise, suggestion.made_on = enterprise, made_on
    clean_at(suggestion, {"activities_suggestion_in_order": "made_on"})


def _facts(suggestion: Suggestion) -> dict[str, Any]:
    """What the branch has said of it, as the log keeps it."""
    said = {name: getattr(suggestion, name) for name in ("proposer", "made_on", "text")}
    return {**said, "enterprise": str(suggestion.enterprise or "")}


def _locked(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",))
    found: Suggestion = rows.select_related("organization", "enterprise").get(pk=suggestion.pk)
    return found


def _log(actor: Actor, verb: str, suggestion: Suggestion, **facts: Any) -> None:
    path = suggestion.organization.path
    audit.record(actor=actor, verb=verb, target=suggestion, scope_path=path, **facts)
