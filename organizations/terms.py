"""Services of terms: the body elected on a day, its approved extension, its correction."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit, horizon
from core.horizon import Reach
from core.refusals import clean_at
from organizations.models import ElectionForm, LeadershipTerm, PartyOrganization, TermElection
from organizations.parameters import body_rules_on
from organizations.rules import Timing, must_elect, term_years, timing, years_later

Actor = AbstractBaseUser | None
VERBS = {
    "term.start": "登记班子任期",
    "term.extend": "延长班子任期",
    "term.correct": "更正班子任期",
}
COUNTS = ("entitled", "present", "ballots", "valid_ballots", "candidates", "elected")


@transaction.atomic
def start_term(
    *,
    actor: Actor,
    organization: PartyOrganization,
    elected_on: date,
    number: int | None = None,
    years: int | None = None,
    form: str = ElectionForm.MEETING,
    document: str = "",
    timing_document: str = "",
    counts: Mapping[str, int | None] | None = None,
    case: TermElection | None = None,
) -> LeadershipTerm:
    """Record the body elected on that day; the body before it ends with that day."""
    _claim(organization, case)
    _require_election(organization, elected_on)
    rules = body_rules_on(elected_on)
    term = LeadershipTerm(
        organization=organization,
        number=number or 1,
        valid_from=elected_on,
        years=years or term_years(organization.kind, rules),
        form=form,
        document=document.strip(),
        timing_document=timing_document.strip(),
        **(counts or {}),
    )
    term.expires_on = years_later(elected_on, term.years)
    if before := organization.terms.order_by("-valid_from").first():
        _follow(term, before, number, rules.on_time_days)
        _end(before, elected_on)
    _save(term)
    audit.record(
        actor=actor,
        verb="term.start",
        target=term,
        after=_facts(term),
        scope_path=organization.path,
    )
    return term


def _claim(organization: PartyOrganization, case: TermElection | None) -> None:
    """Lock the organization; while an election is open, its case alone leads to the next term."""
    PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    if case is None and organization.elections.open().exists():
        raise ValidationError({"elected_on": "该党组织正在办理换届，请在换届事项中登记选举结果。"})


def _require_election(organization: PartyOrganization, elected_on: date) -> None:
    if not must_elect(organization.kind, organization.nature):
        raise ValidationError(
            "党工委、地方党委和临时、功能型党组织的班子不在这里登记换届：由上级任命或由代表大会选举。"
        )
    horizon.require(elected_on, Reach.FACT, "elected_on")
    if organization.established_on and elected_on < organization.established_on:
        raise ValidationError(
            {"elected_on": f"当选日期不能早于党组织成立日期 {organization.established_on}。"}
        )
    if organization.abolished_on and elected_on >= organization.abolished_on:
        raise ValidationError({"elected_on": f"党组织已于 {organization.abolished_on} 撤销。"})


def _follow(
    term: LeadershipTerm, before: LeadershipTerm, number: int | None, on_time_days: int
) -> None:
    """Put the term after the one before; an early or late election names its approval."""
    if term.valid_from <= before.valid_from:
        raise ValidationError(
            {"elected_on": f"当选日期应晚于第{before.number}届的当选日期 {before.valid_from}。"}
        )
    term.number = number or before.number + 1
    term.due_on = before.expires_on
    term.due_from = before.expires_on - timedelta(days=on_time_days)
    when = timing(term.valid_from, term.due_from, term.due_on)
    if when is Timing.ON_TIME:
        term.timing_document = ""
    elif not term.timing_document:
        if (
            before.extended_to is None
            or when is Timing.EARLY
            or term.valid_from > before.extended_to
        ):
            raise ValidationError(
                {
                    "timing_document": f"应于 {term.due_on} 换届，{when}换届应填写上级批准文号。",
                }
            )
        term.timing_document = before.extension_document


def _end(term: LeadershipTerm, on: date) -> None:
    term.valid_to = on
    term.save(update_fields=["valid_to"])


@transaction.atomic
def extend_term(
    *, actor: Actor, term: LeadershipTerm, until: date, document: str, reason: str
) -> LeadershipTerm:
    """Let the body stay beyond its expiry, as the superior has approved."""
    if term.valid_to is not None:
        raise ValidationError("这一届已经结束，不能延期。")
    horizon.require(until, Reach.PLAN, "until")
    if until <= term.expires_on:
        raise ValidationError({"until": f"延期至的日期应晚于届满日期 {term.expires_on}。"})
    if not document.strip():
        raise ValidationError({"document": "延期换届应填写上级批准文号。"})
    before = {"extended_to": term.extended_to, "extension_document": term.extension_document}
    term.extended_to, term.extension_document = until, document.strip()
    _save(term)
    audit.record(
        actor=actor,
        verb="term.extend",
        target=term,
        before=before,
        after={"extended_to": until, "extension_document": term.extension_document},
        reason=reason,
        scope_path=term.organization.path,
    )
    return term


@transaction.atomic
def correct_term(
    *, actor: Actor, term: LeadershipTerm, reason: str, elected_on: date, **facts: Any
) -> LeadershipTerm:
    """Put right what was recorded wrongly of the latest term."""
    if term.valid_to is not None:
        raise ValidationError("只能更正最近一届；以前各届已经作为换届依据。")
    before, was = _facts(term), term.valid_from
    _require_election(term.organization, elected_on)
    for name, value in facts.items():
        setattr(term, name, value)
    term.valid_from = elected_on
    term.expires_on = years_later(elected_on, term.years)
    earlier = term.organization.terms.exclude(pk=term.pk).order_by("-valid_from").first()
    if earlier is not None:
        _follow(term, earlier, term.number, body_rules_on(elected_on).on_time_days)
        _end(earlier, min(was, elected_on))  # never two bodies on one day, not even in between
    _save(term)
    if earlier is not None:
        _end(earlier, elected_on)
    changed_before, changed_after = audit.difference(before, _facts(term))
    audit.record(
        actor=actor,
        verb="term.correct",
        target=term,
        before=changed_before,
        after=changed_after,
        reason=reason,
        scope_path=term.organization.path,
    )
    return term


def _save(term: LeadershipTerm) -> None:
    """The model's fields carry the words of a dated fact; forms call its start the election."""
    placed = {
        "organizations_term_once": "valid_from",
        "organizations_term_number": "number",
        "organizations_term_ballots_add_up": _miscounted(term),
    }
    try:
        clean_at(term, placed)
    except ValidationError as problem:
        errors = dict(problem.error_dict)
        if "valid_from" in errors:
            errors["elected_on"] = errors.pop("valid_from")
        raise ValidationError(errors) from None
    term.save()


def _miscounted(term: LeadershipTerm) -> str:
    """The first number of the meeting that exceeds the one before it."""
    for name, limit in (("present", term.entitled), ("ballots", term.present)):
        number = getattr(term, name)
        if number is not None and limit is not None and number > limit:
            return name
    return "valid_ballots"


def _facts(term: LeadershipTerm) -> dict[str, Any]:
    names = ("number", "valid_from", "years", "expires_on", "form", "document", "timing_document")
    return {name: getattr(term, name) for name in (*names, *COUNTS)}
