"""One organization's terms on screen: begin an election, enter, extend and correct a term."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.dates import today
from core.detail import Fact, FactGroup
from core.permissions import require
from organizations import elections, terms
from organizations.election_forms import CorrectForm, ExtendForm, TermForm
from organizations.models import LeadershipTerm, PartyOrganization
from organizations.parameters import body_rules_on
from organizations.rules import must_elect, term_years
from organizations.terms import COUNTS
from organizations.views.common import VIEW, accepted, find, form_page, link
from organizations.views.term_list import left_tag

LIST = ("换届", "/orgs/terms")


@require_safe
@require(VIEW)
def body_election(request: HttpRequest, pk: int) -> HttpResponse:
    """The present term and the button that begins an election; an open case takes over."""
    user: Any = request.user
    organization = find(request, pk)
    open_case = organization.elections.open().first()
    if open_case is not None:
        return redirect("organizations:election", open_case.pk)
    term = organization.terms.as_of(today()).first()
    context = {
        "title": f"{organization}换届",
        "crumbs": [LIST],
        "organization": organization,
        "term": term,
        "left": left_tag(term.days_left(today()) if term else None),
        "groups": [_facts(term)] if term else [],
        "terms": organization.terms.all(),
        "cases": organization.elections.all(),
        "may_run": user.has_perm(elections.RUN)
        and must_elect(organization.kind, organization.nature),
        "is_elected": must_elect(organization.kind, organization.nature),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/body_election.html", context)


def _facts(term: LeadershipTerm) -> FactGroup:
    return FactGroup(
        f"第{term.number}届",
        (
            Fact("当选日期", term.valid_from),
            Fact("产生方式", term.get_form_display()),
            Fact("任期（年）", term.years),
            Fact("届满日期", term.expires_on),
            Fact("应换届日期", term.due_on),
            Fact("提前或延期批准文号", term.timing_document),
            Fact("延期至", term.extended_to),
            Fact("延期批准文号", term.extension_document),
            Fact("选举结果批准文号", term.document),
            Fact("批准日期", term.approved_on),
            Fact("应到会、实到会", _pair(term.entitled, term.present)),
            Fact("收回选票、有效票", _pair(term.ballots, term.valid_ballots)),
            Fact("候选人、当选委员", _pair(term.candidates, term.elected)),
        ),
    )


def _pair(one: int | None, other: int | None) -> str:
    if one is None and other is None:
        return ""
    return " / ".join("" if number is None else str(number) for number in (one, other))


@require_http_methods(["GET", "HEAD", "POST"])
@require(elections.RUN)
def term_create(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    organization = find(request, pk)
    latest = organization.terms.order_by("-valid_from").first()
    initial = {
        "number": latest.number + 1 if latest else 1,
        "years": term_years(organization.kind, body_rules_on(today())),
    }
    form = TermForm(request.POST or None, initial=initial)
    if form.is_valid() and accepted(
        form,
        lambda: terms.start_term(
            actor=user, organization=organization, counts=form.counts, **form.facts
        ),
    ):
        messages.success(request, "已登记本届任期。")
        return redirect("organizations:body_election", pk)
    return _page(request, f"登记任期：{organization}", form, organization)


@require_http_methods(["GET", "HEAD", "POST"])
@require(elections.RUN)
def term_extend(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    term = _term(request, pk)
    form = ExtendForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: terms.extend_term(actor=user, term=term, **form.cleaned_data)
    ):
        messages.success(request, f"已登记延期至 {form.cleaned_data['until']}。")
        return redirect("organizations:body_election", term.organization_id)
    return _page(request, f"延期换届：{term}", form, term.organization)


@require_http_methods(["GET", "HEAD", "POST"])
@require(elections.RUN)
def term_correct(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    term = _term(request, pk)
    names = ("number", "years", "form", "document", "timing_document", *COUNTS)
    initial = {name: getattr(term, name) for name in names} | {"elected_on": term.valid_from}
    form = CorrectForm(request.POST or None, initial=initial)
    if form.is_valid():
        facts: dict[str, Any] = {**form.facts, **form.counts}
        facts["number"] = facts["number"] or term.number
        if accepted(
            form,
            lambda: terms.correct_term(actor=user, term=_term(request, pk), **facts),
        ):
            messages.success(request, "已更正。")
            return redirect("organizations:body_election", term.organization_id)
    return _page(request, f"更正任期：{term}", form, term.organization)


def _term(request: HttpRequest, pk: int) -> LeadershipTerm:
    user: Any = request.user
    rows = LeadershipTerm.objects.visible_to(user).select_related("organization")
    found: LeadershipTerm = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest, title: str, form: forms.Form, organization: PartyOrganization
) -> HttpResponse:
    return form_page(request, title, form, link("body_election", organization.pk), [LIST])
