"""The case of an election on screen: its steps, who must act, the request on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.dates import today
from core.listing import ReasonForm
from core.permissions import require
from organizations import audience, elections
from organizations.election_forms import HoldForm, ReplyForm, StepForm
from organizations.election_steps import STEPS, Step
from organizations.models import ElectionState, ElectionStep, PartyOrganization, TermElection
from organizations.rules import quorum_is_met, surplus_is_met
from organizations.views.common import VIEW, accepted, find, form_page, link
from organizations.views.terms import LIST

Kind = ElectionStep.Kind


@dataclass(frozen=True)
class Act:
    """A button of the case with the form behind it; `decides` is the superior's."""

    key: str
    label: str
    form: type[forms.Form]
    run: Callable[..., Any]
    step: str
    states: frozenset[str]
    decides: bool = False
    is_main: bool = True
    said: str = "已登记。"


def _step(kind: Kind) -> Callable[..., Any]:
    return lambda **data: elections.record_step(kind=kind, **data)


_S = ElectionState
_BEGIN = frozenset({_S.PREPARING, _S.RETURNED})
ACTS = (
    Act("request", "登记请示", StepForm, _step(Kind.REQUEST), Kind.REQUEST, _BEGIN, is_main=False),
    Act(
        "submit",
        "提交",
        forms.Form,
        elections.submit,
        Kind.REQUEST,
        _BEGIN,
        said="已上报，等待批复。",
    ),
    Act(
        "approve",
        "批复同意",
        ReplyForm,
        elections.approve,
        Kind.REPLY,
        frozenset({_S.SUBMITTED}),
        decides=True,
        said="已批复。",
    ),
    Act(
        "return",
        "退回",
        ReasonForm,
        elections.send_back,
        Kind.REPLY,
        frozenset({_S.SUBMITTED}),
        decides=True,
        is_main=False,
        said="已退回。",
    ),
    Act(
        "candidates",
        "登记公示",
        StepForm,
        _step(Kind.CANDIDATES),
        Kind.CANDIDATES,
        frozenset({_S.APPROVED}),
        is_main=False,
    ),
    Act(
        "confirm",
        "批复选举结果",
        ReplyForm,
        elections.confirm,
        Kind.CONFIRMATION,
        frozenset({_S.HELD}),
        decides=True,
        said="换届已完成，请登记新一届班子成员。",
    ),
)
ACT = {act.key: act for act in ACTS}


@require_POST
@require(elections.RUN)
def election_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the case of an organization."""
    user: Any = request.user
    organization = find(request, pk)
    try:
        election = elections.open_election(actor=user, organization=organization)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("organizations:body_election", pk)
    return redirect("organizations:election", election.pk)


@require_safe
@require(VIEW)
def election_case(request: HttpRequest, pk: int) -> HttpResponse:
    return _case(request, _find(request, pk))


@require_POST
@require(VIEW)
def election_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """One of the acts that the case offers; what is refused comes back at its field."""
    user: Any = request.user
    election = _find(request, pk)
    if act not in ACT:
        raise Http404
    one = ACT[act]
    if not _may(user, election.organization, one):
        raise PermissionDenied
    form = one.form(request.POST)
    if form.is_valid() and accepted(
        form, lambda: one.run(actor=user, election=election, **form.cleaned_data)
    ):
        messages.success(request, one.said)
        return redirect("organizations:election", pk)
    return _case(request, election, {act: form})


@require_http_methods(["GET", "HEAD", "POST"])
@require(elections.RUN)
def election_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """What the election meeting brought; from it the new term begins."""
    user: Any = request.user
    election = _find(request, pk)
    reply = election.steps.filter(kind=Kind.REPLY).first()
    form = HoldForm(
        request.POST or None, initial={"timing_document": reply.document if reply else ""}
    )
    if form.is_valid() and accepted(
        form,
        lambda: elections.hold(actor=user, election=election, counts=form.counts, **form.facts),
    ):
        for warning in _warnings(form.counts):
            messages.warning(request, warning)
        messages.success(request, "已登记选举结果并上报，等待批复。")
        return redirect("organizations:election", pk)
    crumbs = [LIST, (str(election.organization), elections.url_of(election))]
    return form_page(request, "登记选举结果", form, elections.url_of(election), crumbs)


@require_http_methods(["GET", "HEAD", "POST"])
@require(elections.RUN)
def election_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    election = _find(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: elections.cancel(actor=user, election=election, **form.cleaned_data)
    ):
        messages.success(request, "已终止。")
        return redirect("organizations:body_election", election.organization_id)
    crumbs = [LIST, (str(election.organization), elections.url_of(election))]
    return form_page(request, "终止换届", form, elections.url_of(election), crumbs)


def _warnings(counts: dict[str, int | None]) -> list[str]:
    """What the election rules ask of the numbers; recorded all the same."""
    found = []
    entitled, present = counts["entitled"], counts["present"]
    if entitled is not None and present is not None and not quorum_is_met(entitled, present):
        found.append(f"实到会 {present} 人，不足应到会 {entitled} 人的五分之四。")
    candidates, elected = counts["candidates"], counts["elected"]
    if candidates is not None and elected is not None and not surplus_is_met(candidates, elected):
        found.append(f"候选人 {candidates} 名，当选 {elected} 名，差额不足20%。")
    return found


def _find(request: HttpRequest, pk: int) -> TermElection:
    user: Any = request.user
    rows = TermElection.objects.visible_to(user).select_related("organization", "term", "result")
    found: TermElection = get_object_or_404(rows, pk=pk)
    return found


def _may(user: Any, organization: PartyOrganization, act: Act) -> bool:
    if act.decides:
        return elections.may_decide(user, organization)
    return bool(user.has_perm(elections.RUN))


@dataclass(frozen=True)
class Offered:
    act: Act
    form: forms.Form
    url: str


@dataclass(frozen=True)
class Line:
    """A step of the case: done with its row, or still to come with what may be done now."""

    step: Step
    done: ElectionStep | None
    offers: list[Offered]
    is_current: bool


def _case(
    request: HttpRequest,
    election: TermElection,
    bound: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    user: Any = request.user
    superior = audience.superior_of(election.organization)
    lines = _lines(user, election, bound or {})
    context = {
        "title": f"{election.organization}换届选举",
        "crumbs": [LIST],
        "election": election,
        "organization": election.organization,
        "superior": superior,
        "lines": lines,
        "request_step": next((line.done for line in lines if line.step.kind == Kind.REQUEST), None),
        "may_run": user.has_perm(elections.RUN),
        "may_hold": user.has_perm(elections.RUN) and election.state == ElectionState.APPROVED,
        "may_cancel": user.has_perm(elections.RUN)
        and election.state in {_S.PREPARING, _S.RETURNED, _S.APPROVED},
        "body_url": link("organization", election.organization_id, tab="body"),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/election.html", context)


def _lines(user: Any, election: TermElection, bound: dict[str, forms.Form]) -> list[Line]:
    done = {step.kind: step for step in election.steps.select_related("recorded_by")}
    lines: list[Line] = []
    for step in STEPS:
        row = done.get(step.kind)
        offers = [
            Offered(act, bound.get(act.key) or _form(act, row), _act_url(election, act))
            for act in ACTS
            if act.step == step.kind
            and election.state in act.states
            and _may(user, election.organization, act)
            and (act.key != "submit" or row is not None)
        ]
        lines.append(Line(step, row, offers, election.state in step.current_in))
    return lines


def _form(act: Act, row: ElectionStep | None) -> forms.Form:
    """A step that was recorded comes back with what was written."""
    if row is None or not issubclass(act.form, StepForm):
        return act.form(prefix=None)
    names = ("done_on", "document", "note")
    return act.form(initial={name: getattr(row, name) for name in names})


def _act_url(election: TermElection, act: Act) -> str:
    return link("election_act", election.pk, act.key)
