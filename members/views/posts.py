"""One post on screen: decision of the superior, opinions, correction, its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.audit import history_of
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import ReasonForm
from core.permissions import require
from members import posts, seating
from members.forms import ApproveForm, OpinionForm, PostForm, RelieveForm
from members.models import LeadershipPost, OpinionBody, PostState
from members.posts import CHANGE
from members.views.appointing import body_url
from organizations.elections import may_decide
from organizations.views.common import TREE, accepted, form_page

VIEW = "members.view"


@require_safe
@require(VIEW)
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _find(request, pk))


def _detail(
    request: HttpRequest,
    post: LeadershipPost,
    *,
    opinion_form: BaseForm | None = None,
    approve_form: BaseForm | None = None,
    return_form: BaseForm | None = None,
) -> HttpResponse:
    user: Any = request.user
    given = {opinion.body: opinion for opinion in post.opinions.all()}
    may_change = user.has_perm(CHANGE)
    decides = post.state == PostState.PROPOSED and may_decide(user, post.organization)
    context = {
        "title": f"{post.organization}{post.get_kind_display()}：{post.person}",
        "crumbs": [TREE, (str(post.organization), body_url(post.organization))],
        "post": post,
        "groups": [_facts(post)],
        "opinions": [(body.label, given.get(body.value)) for body in OpinionBody],
        "missing": len(OpinionBody) - len(given),
        "opinion_form": (opinion_form or OpinionForm()) if may_change else None,
        "approve_form": (approve_form or ApproveForm(initial={"on": post.valid_from}))
        if decides
        else None,
        "return_form": (return_form or ReasonForm()) if decides else None,
        "may_change": may_change,
        "may_relieve": may_change and post.state == PostState.IN_FORCE and not post.valid_to,
        "history": history_of(post, user=user),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "members/post.html", context)


def _facts(post: LeadershipPost) -> FactGroup:
    return FactGroup(
        "任职",
        (
            Fact("姓名", post.person.name),
            Fact("党内职务", post.get_kind_display()),
            Fact("届次", post.term and f"第{post.term.number}届"),
            Fact("任职日期", post.valid_from),
            Fact("离任日期", post.valid_to),
            Fact("来源", post.get_source_display()),
            Fact("专职兼职", post.get_engagement_display()),
            Fact("在企业或单位的职务", post.other_post or post.person.position),
            Fact("交叉任职", post.is_cross),
            Fact("政治审查日期", post.review_on),
            Fact("政治审查结论", post.get_review_result_display()),
            Fact("任职批准文号", post.document),
            Fact("任职原因", post.reason),
            Fact("离任原因", post.end_reason),
        ),
    )


@require_POST
@require("organizations.review")
def post_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The superior committee approves, or returns the proposal with its reason."""
    user: Any = request.user
    post = _find(request, pk)
    if not may_decide(user, post.organization):
        raise PermissionDenied
    if "return" in request.POST:
        back = ReasonForm(request.POST)
        if back.is_valid() and accepted(
            back, lambda: posts.send_back(actor=user, post=post, **back.cleaned_data)
        ):
            messages.success(request, "已退回。")
            return redirect("members:post", pk)
        return _detail(request, post, return_form=back)
    form = ApproveForm(request.POST)
    if form.is_valid() and accepted(
        form, lambda: posts.approve(actor=user, post=post, **form.cleaned_data)
    ):
        messages.success(request, "已批准，书记任职生效。")
        return redirect("members:post", pk)
    return _detail(request, post, approve_form=form)


@require_POST
@require(CHANGE)
def opinion_record(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    post = _find(request, pk)
    form = OpinionForm(request.POST)
    if form.is_valid():
        opinion = form.save(commit=False)
        opinion.post = post
        if accepted(form, lambda: seating.record_opinion(actor=user, opinion=opinion)):
            messages.success(request, f"已登记{opinion.get_body_display()}的意见。")
            return redirect("members:post", pk)
    return _detail(request, post, opinion_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def post_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    form = PostForm(request.POST or None, instance=_find(request, pk))
    if form.is_valid() and accepted(
        form,
        lambda: posts.change_post(
            actor=user,
            post=_find(request, pk),
            reason=form.cleaned_data["reason"],
            **form.facts,
        ),
    ):
        messages.success(request, "已更正。")
        return redirect("members:post", pk)
    return _form(request, _find(request, pk), "更正任职", form)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def post_relieve(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    post = _find(request, pk)
    form = RelieveForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: posts.relieve(actor=user, post=post, **form.cleaned_data)
    ):
        messages.success(request, "已免去职务。")
        return redirect(body_url(post.organization))
    return _form(request, post, "免去职务", form)


def _find(request: HttpRequest, pk: int) -> LeadershipPost:
    user: Any = request.user
    rows = LeadershipPost.objects.visible_to(user)
    found: LeadershipPost = get_object_or_404(
        rows.select_related("organization", "person", "term"), pk=pk
    )
    return found


def _form(request: HttpRequest, post: LeadershipPost, title: str, form: BaseForm) -> HttpResponse:
    url = reverse("members:post", args=[post.pk])
    return form_page(request, f"{title}：{post.person}", form, url, [(str(post), url)])
