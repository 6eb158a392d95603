"""Appointments on screen: the change of secretary, a further post, the body of a new term."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.dates import today
from core.permissions import require
from members import posts, seating
from members.forms import AppointForm, SeatForm, SecretaryForm
from members.models import LeadershipPost, OpinionBody, Person, PostState
from members.posts import CHANGE
from organizations.audience import superior_of
from organizations.elections import may_decide
from organizations.models import PartyOrganization
from organizations.views.common import TREE, accepted, find, form_page, link


def body_url(organization: PartyOrganization) -> str:
    """The tab of the organization's page that shows its leading body."""
    return link("organization", organization.pk, tab="body")


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def secretary_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pick the new secretary; the superior committee is asked unless the user answers for it."""
    user: Any = request.user
    organization = find(request, pk)
    form = SecretaryForm(organization, user, request.POST or None)
    if form.is_valid():
        made: list[LeadershipPost] = []
        if _accepted_with_person(
            form,
            organization,
            user,
            lambda person: made.append(
                posts.change_secretary(
                    actor=user, organization=organization, person=person, **form.facts
                )
            ),
        ):
            _say(request, made[0])
            return redirect("members:post", made[0].pk)
    decides = may_decide(user, organization)
    superior = superior_of(organization)
    context = {
        "title": f"变更书记：{organization}",
        "form": form,
        "cancel_url": body_url(organization),
        "crumbs": [TREE, (str(organization), body_url(organization))],
        "submit_label": "提交",
        "intro": "由您所在的党组织批准，提交后即生效。"
        if decides
        else f"提交后报{superior}批准，批准后生效。",
    }
    return render(request, "generic/form.html", context)


def _say(request: HttpRequest, post: LeadershipPost) -> None:
    if post.state == PostState.PROPOSED:
        messages.success(request, "已上报，等待上级党组织批准。")
    else:
        messages.success(
            request, f"{post.organization}书记自 {post.valid_from} 起为 {post.person}。"
        )
    _warn_of_review(request, post)
    missing = len(OpinionBody) - post.opinions.count()
    if missing:
        messages.warning(request, f"变更负责人前应征求五方面意见，还有 {missing} 项没有登记。")


def _warn_of_review(request: HttpRequest, post: LeadershipPost) -> None:
    if warning := post.review_warning:
        messages.warning(request, f"{warning.sentence}依据：{warning.source}。")


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def post_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint a deputy or a member of the committee."""
    user: Any = request.user
    organization = find(request, pk)
    form = AppointForm(organization, user, request.POST or None)
    made: list[LeadershipPost] = []
    if form.is_valid() and _accepted_with_person(
        form,
        organization,
        user,
        lambda person: made.append(
            posts.appoint(
                actor=user,
                organization=organization,
                person=person,
                kind=form.cleaned_data["kind"],
                **form.facts,
            )
        ),
    ):
        messages.success(request, "已登记任职。")
        _warn_of_review(request, made[0])
        return redirect(body_url(organization))
    crumbs = [TREE, (str(organization), body_url(organization))]
    return form_page(request, f"登记任职：{organization}", form, body_url(organization), crumbs)


def _accepted_with_person(
    form: SecretaryForm,
    organization: PartyOrganization,
    user: Any,
    service: Callable[[Person], object],
) -> bool:
    """A new person is registered in the transaction of the post."""
    data = form.cleaned_data

    def write() -> None:
        with transaction.atomic():
            person = data["person"] or seating.add_person(
                actor=user,
                name=data["name"],
                organization=organization,
                position=data["position"],
            )
            service(person)

    return accepted(form, write)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def body_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stays on in the new term; the others leave on the day of election."""
    user: Any = request.user
    organization = find(request, pk)
    term = organization.terms.as_of(today()).first()
    if term is None:
        messages.error(request, "请先登记本届任期。")
        return redirect("organizations:body_election", pk)
    former = seating.former_body(term)
    form = SeatForm(former, request.POST or None)
    if form.is_valid():
        chosen = {int(key) for key in form.cleaned_data["reelected"]}
        if accepted(
            form,
            lambda: seating.seat_body(
                actor=user, term=term, reelected=[post for post in former if post.pk in chosen]
            ),
        ):
            messages.success(request, f"第{term.number}届：{len(chosen)} 人连任。")
            return redirect(body_url(organization))
    crumbs = [TREE, (str(organization), body_url(organization))]
    return form_page(
        request, f"登记新一届班子：{organization}", form, body_url(organization), crumbs
    )
