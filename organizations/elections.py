"""The case of an election: request, reply, candidates, election, report, confirmation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core import audit, horizon, notices
from core.dates import today
from core.horizon import Reach
from core.models import MessageKind
from core.states import StateTable, Transition, TransitionRefusedError
from organizations import audience, terms
from organizations.models import (
    ElectionState,
    ElectionStep,
    LeadershipTerm,
    PartyOrganization,
    TermElection,
)
from organizations.rules import must_elect
from organizations.terms import Actor

RUN, REVIEW = "organizations.election", "organizations.review"
Kind = ElectionStep.Kind
_S = ElectionState


def _act(name: str, label: str, sources: set[str], target: str, permission: str) -> Transition:
    return Transition(f"election.{name}", label, frozenset(sources), target, permission)


STATES = StateTable(
    ElectionState,
    (
        _act("submit", "上报换届请示", {_S.PREPARING, _S.RETURNED}, _S.SUBMITTED, RUN),
        _act("approve", "批复换届请示", {_S.SUBMITTED}, _S.APPROVED, REVIEW),
        _act("return", "退回换届请示", {_S.SUBMITTED}, _S.RETURNED, REVIEW),
        _act("hold", "登记选举结果", {_S.APPROVED}, _S.HELD, RUN),
        _act("confirm", "批复选举结果", {_S.HELD}, _S.DONE, REVIEW),
        _act("cancel", "终止换届", {_S.PREPARING, _S.RETURNED, _S.APPROVED}, _S.CANCELLED, RUN),
    ),
)
VERBS = {
    "election.open": "开始办理换届",
    "election.step": "登记换届步骤",
    **{transition.name: transition.label for transition in STATES},
}
STEPS_IN = {
    _S.PREPARING: {Kind.REQUEST},
    _S.RETURNED: {Kind.REQUEST},
    _S.APPROVED: {Kind.CANDIDATES},
    _S.HELD: {Kind.REPORT},
}


def may_decide(user: Any, organization: PartyOrganization) -> bool:
    """Whether the user answers for the superior committee, which approves elections below it."""
    above = audience.superior_path(organization.path)
    return bool(user.has_perm(REVIEW) and user.scope.covers(above))


@transaction.atomic
def open_election(
    *, actor: Actor, organization: PartyOrganization, planned_on: date | None = None
) -> TermElection:
    """Begin a case; planned for the day on which the present term ends, unless told otherwise."""
    if not must_elect(organization.kind, organization.nature):
        raise ValidationError("这个党组织的班子由上级任命或由代表大会选举，不在这里办理换届。")
    if organization.abolished_on and organization.abolished_on <= today():
        raise ValidationError("党组织已经撤销，不能办理换届。")
    PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    term = organization.terms.as_of(today()).first()
    planned = planned_on or max(term.ends_on if term else today(), today())
    election = TermElection(organization=organization, term=term, planned_on=planned)
    election.full_clean()
    election.save()
    _log(actor, "election.open", election, after={"planned_on": planned})
    return election


@transaction.atomic
def record_step(
    *,
    actor: Actor,
    election: TermElection,
    kind: str,
    done_on: date,
    document: str = "",
    note: str = "",
) -> ElectionStep:
    """Record a step that needs nobody's decision, or put its day and document right."""
    election = _locked(election)
    if kind not in STEPS_IN.get(ElectionState(election.state), ()):
        label = election.get_state_display()
        raise ValidationError(f"当前状态为“{label}”，不能登记{Kind(kind).label}。")
    step = _keep(actor, election, Kind(kind), done_on, document, note)
    _log(actor, "election.step", election, after=_told(step))
    return step


@transaction.atomic
def submit(*, actor: Actor, election: TermElection) -> TermElection:
    """Send the request to the superior committee, whose users are told."""
    election = _locked(election)
    if not election.steps.filter(kind=Kind.REQUEST).exists():
        raise ValidationError("请先登记换届请示的日期，再上报。")
    election = _move(actor, election, "submit")
    _tell_superior(election, f"{election.organization}换届请示待批复")
    return election


@transaction.atomic
def approve(
    *, actor: Actor, election: TermElection, done_on: date, document: str, note: str = ""
) -> TermElection:
    election = _locked(election)
    _check(election, "approve")
    step = _keep(actor, election, Kind.REPLY, done_on, document, note)
    election = _move(actor, election, "approve", after=_told(step))
    _tell_body(election, f"{election.organization}换届请示已批复，可以选举")
    return election


@transaction.atomic
def send_back(*, actor: Actor, election: TermElection, reason: str) -> TermElection:
    election = _locked(election)
    election.remark, election.rounds = reason, election.rounds + 1
    election = _move(actor, election, "return", reason=reason)
    _tell_body(election, f"{election.organization}换届请示被退回：{reason}")
    return election


@transaction.atomic
def hold(
    *,
    actor: Actor,
    election: TermElection,
    done_on: date,
    form: str,
    timing_document: str = "",
    document: str = "",
    counts: Mapping[str, int | None] | None = None,
    note: str = "",
) -> LeadershipTerm:
    """Record the election: the new body's term begins that day and waits for its confirmation."""
    election = _locked(election)
    _check(election, "hold")
    _keep(actor, election, Kind.ELECTION, done_on, "", note)
    _keep(actor, election, Kind.REPORT, done_on, document, "")
    election.result = terms.start_term(
        actor=actor,
        organization=election.organization,
        elected_on=done_on,
        form=form,
        timing_document=timing_document,
        counts=counts,
        case=election,
    )
    _move(actor, election, "hold", after={"elected_on": done_on, "number": election.result.number})
    _tell_superior(election, f"{election.organization}选举结果待批复")
    return election.result


@transaction.atomic
def confirm(
    *, actor: Actor, election: TermElection, done_on: date, document: str, note: str = ""
) -> TermElection:
    """The superior approves secretary and deputy and files the members; the case is done."""
    election = _locked(election)
    _check(election, "confirm")
    step = _keep(actor, election, Kind.CONFIRMATION, done_on, document, note)
    term = election.result
    assert term is not None  # a constraint ties it to the state
    term.document, term.approved_on = step.document, step.done_on
    term.save(update_fields=["document", "approved_on"])
    election = _move(actor, election, "confirm", after=_told(step))
    _tell_body(election, f"{election.organization}选举结果已批复，请登记新一届班子成员")
    return election


@transaction.atomic
def cancel(*, actor: Actor, election: TermElection, reason: str) -> TermElection:
    election = _locked(election)
    election.remark = reason
    return _move(actor, election, "cancel", reason=reason)


def _locked(election: TermElection) -> TermElection:
    found: TermElection = TermElection.objects.select_for_update().get(pk=election.pk)
    return found


def _check(election: TermElection, name: str) -> str:
    try:
        return STATES.target(f"election.{name}", election.state)
    except TransitionRefusedError as refused:
        raise ValidationError(f"{refused}。") from None


def _move(
    actor: Actor,
    election: TermElection,
    name: str,
    *,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> TermElection:
    before = {"state": election.get_state_display()}
    election.state = _check(election, name)
    election.full_clean()
    election.save()
    state = {"state": election.get_state_display(), **(after or {})}
    _log(actor, f"election.{name}", election, before=before, after=state, reason=reason)
    return election


def _keep(
    actor: Actor, election: TermElection, kind: Kind, done_on: date, document: str, note: str
) -> ElectionStep:
    """Write the step; steps follow each other in time, and none lies in the future."""
    horizon.require(done_on, Reach.FACT, "done_on")
    order = list(Kind)
    for step in election.steps.all():
        if order.index(Kind(step.kind)) < order.index(kind) and done_on < step.done_on:
            label = step.get_kind_display()
            raise ValidationError({"done_on": f"不能早于{label}的日期 {step.done_on}。"})
    step = election.steps.filter(kind=kind).first() or ElectionStep(election=election, kind=kind)
    step.done_on, step.document, step.note = done_on, document.strip(), note.strip()
    step.recorded_by_id = actor.pk if actor else None
    if kind in {Kind.REPLY, Kind.CONFIRMATION} and not step.document:
        raise ValidationError({"document": "批复应填写文号。"})
    step.full_clean()
    step.save()
    return step


def _told(step: ElectionStep) -> dict[str, Any]:
    return {"kind": step.get_kind_display(), "done_on": step.done_on, "document": step.document}


def _log(actor: Actor, verb: str, election: TermElection, **facts: Any) -> None:
    audit.record(
        actor=actor, verb=verb, target=election, scope_path=election.organization.path, **facts
    )


def url_of(election: TermElection) -> str:
    return reverse("organizations:election", args=[election.pk])


def _tell_superior(election: TermElection, title: str) -> None:
    path = audience.superior_path(election.organization.path)
    _tell(audience.nearest(audience.holders(REVIEW), path), election, title)


def _tell_body(election: TermElection, title: str) -> None:
    users = audience.holders(RUN).get(election.organization_id, [])
    _tell(users, election, title)


def _tell(users: list[Any], election: TermElection, title: str) -> None:
    key = f"election:{election.pk}:{election.state}:{election.rounds}"
    notices.notify(users, kind=MessageKind.ACTION, title=title, url=url_of(election), key=key)
