"""One rating: the organization's own marks, the superior's marks, return and withdrawal."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.dates import today
from core.detail import Fact, FactGroup
from core.listing import ReasonForm
from core.permissions import require
from organizations.models import Rating, RatingItem, RatingState
from organizations.scoring import points
from organizations.services import ratings as services
from organizations.services.rectifications import missed
from organizations.site_facts import CHANGE, RATE
from organizations.site_parameters import star_hints
from organizations.views.common import VIEW, accepted, form_page
from organizations.views.rating_forms import ConfirmForm, MarksForm, RatingForm
from organizations.views.rating_lists import RATING_TONES
from organizations.views.site_forms import EndForm, given_organization

LIST = ("评定", "/sites/ratings/")
METHODS = ["GET", "HEAD", "POST"]
OWN = frozenset({RatingState.DRAFT, RatingState.RETURNED})


def find(request: HttpRequest, pk: int) -> Rating:
    user: Any = request.user
    ratings = Rating.objects.visible_to(user).select_related(
        "organization", "scheme", "submitted_by", "confirmed_by"
    )
    found: Rating = get_object_or_404(ratings, pk=pk)
    return found


def find_below(request: HttpRequest, pk: int) -> Rating:
    """A rating that the user judges from above."""
    rating = find(request, pk)
    if not services.is_superior(request.user, rating.organization):
        raise PermissionDenied
    return rating


def items_of(rating: Rating) -> list[RatingItem]:
    return list(rating.items.select_related("criterion").order_by("criterion__place"))


def page_of(rating: Rating) -> str:
    return reverse("organizations:rating", args=[rating.pk])


@require_safe
@require(VIEW)
def rating_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rating = find(request, pk)
    open_to_rectify = user.has_perm(CHANGE) and bool(missed(rating))
    context = {
        "title": str(rating),
        "rating": rating,
        "state_tone": RATING_TONES.get(rating.state, "none"),
        "crumbs": [LIST],
        "groups": [_facts(rating)],
        "items": items_of(rating),
        "hints": star_hints(rating.stars, today()) if rating.state == "confirmed" else (),
        "rectifications": rating.rectifications.select_related("criterion"),
        "rectify_url": reverse("organizations:rating_rectify", args=[pk])
        if open_to_rectify
        else "",
        "actions": _actions(user, rating),
        "history": audit.history_of(rating),
        "as_of": f"数据截至 {today()}",
    }
    return render(request, "organizations/rating.html", context)


def _facts(rating: Rating) -> FactGroup:
    stars = "" if rating.stars is None else ("★" * rating.stars or "无星")
    return FactGroup(
        "评定情况",
        (
            Fact("党组织", rating.organization),
            Fact("评定办法", rating.scheme),
            Fact("评定年度", str(rating.year)),
            Fact("自评得分", rating.self_score),
            Fact("自评提交人", rating.submitted_by),
            Fact("提交日期", rating.submitted_on),
            Fact("评定得分", rating.score),
            Fact("星级", stars),
            Fact("触及一票否决", rating.is_vetoed),
            Fact("评定人", rating.confirmed_by),
            Fact("评定日期", rating.confirmed_on),
            Fact("有效期至", rating.valid_to),
            Fact("评定文号", rating.document),
            Fact("退回或取消原因", rating.reason, wide=True),
        ),
    )


def _actions(user: Any, rating: Rating) -> list[dict[str, str]]:
    routes: list[tuple[str, str]] = []
    superior = user.has_perm(CHANGE) and services.is_superior(user, rating.organization)
    if rating.state in OWN and user.has_perm(RATE):
        routes.append(("填写自评", "rating_self"))
    if rating.state == RatingState.SUBMITTED and superior:
        routes += [("退回", "rating_return"), ("评定", "rating_judge")]
    if rating.state == RatingState.CONFIRMED and superior:
        routes.append(("取消评定", "rating_withdraw"))
    found = [
        {"label": label, "url": reverse(f"organizations:{route}", args=[rating.pk])}
        for label, route in routes
    ]
    if found and rating.state != RatingState.CONFIRMED:
        found[-1]["css"] = "btn-primary"
    return found


@require_http_methods(METHODS)
@require(RATE)
def rating_create(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = RatingForm(user, request.POST or None, initial=given_organization(request))
    made: list[Rating] = []
    if form.is_valid() and accepted(
        form, lambda: made.append(services.start_rating(actor=user, **form.cleaned_data))
    ):
        return redirect("organizations:rating_self", made[0].pk)
    return form_page(request, "开展评定", form, LIST[1], [LIST])


@require_http_methods(METHODS)
@require(RATE)
def rating_self(request: HttpRequest, pk: int) -> HttpResponse:
    """The organization's own marks: kept for later, or sent to the superior."""
    user: Any = request.user
    rating = find(request, pk)
    items = items_of(rating)
    submit = "submit" in request.POST
    marks = MarksForm(
        [item.criterion for item in items],
        request.POST or None,
        complete=submit,
        initial=_initial(items, own=True),
    )
    if marks.is_valid() and accepted(
        marks,
        lambda: services.rate_oneself(
            actor=user, rating=rating, marks=marks.marks(), submit=submit
        ),
    ):
        messages.success(request, "自评已提交，等待上级评定。" if submit else "自评已保存。")
        return redirect("organizations:rating", pk)
    context = {
        "title": f"自评：{rating}",
        "marks": marks,
        "scheme": rating.scheme,
        "return_reason": rating.reason,
        "cancel_url": page_of(rating),
        "crumbs": [LIST, (str(rating), page_of(rating))],
        "submit_label": "提交上级",
        "may_keep": True,
    }
    return render(request, "organizations/marks.html", context)


@require_http_methods(METHODS)
@require(CHANGE)
def rating_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """The superior's marks beside the organization's own; they start from them."""
    user: Any = request.user
    rating = find_below(request, pk)
    items = items_of(rating)
    form = ConfirmForm(request.POST or None)
    marks = MarksForm(
        [item.criterion for item in items],
        request.POST or None,
        initial=_initial(items, own=False),
        said={item.criterion_id: item for item in items},
    )
    if form.is_valid() & marks.is_valid() and accepted(
        form,
        lambda: services.confirm_rating(
            actor=user, rating=rating, marks=marks.marks(), **form.cleaned_data
        ),
    ):
        messages.success(request, "评定已完成。")
        return redirect("organizations:rating", pk)
    context = {
        "title": f"评定：{rating}",
        "form": form,
        "marks": marks,
        "scheme": rating.scheme,
        "shows_own": True,
        "cancel_url": page_of(rating),
        "crumbs": [LIST, (str(rating), page_of(rating))],
        "submit_label": "完成评定",
    }
    return render(request, "organizations/marks.html", context)


def _initial(items: list[RatingItem], *, own: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        violated = "1" if item.self_violated else "0"
        found[f"mark_{item.criterion_id}"] = (
            violated if item.criterion.is_veto else _number(item.self_score)
        )
        if own:
            found[f"note_{item.criterion_id}"] = item.self_note
    return found


def _number(score: Decimal | None) -> str | None:
    return None if score is None else points(score)


@require_http_methods(METHODS)
@require(CHANGE)
def rating_return(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rating = find_below(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.return_rating(actor=user, rating=rating, **form.cleaned_data)
    ):
        messages.success(request, "已退回，请对方修改后再提交。")
        return redirect("organizations:rating", pk)
    return form_page(request, f"退回：{rating}", form, page_of(rating), [LIST])


@require_http_methods(METHODS)
@require(CHANGE)
def rating_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rating = find_below(request, pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.withdraw_rating(actor=user, rating=rating, **form.cleaned_data)
    ):
        messages.success(request, "评定已取消。")
        return redirect("organizations:rating", pk)
    return form_page(request, f"取消评定：{rating}", form, page_of(rating), [LIST])
