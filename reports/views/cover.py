"""Registering, changing and ending who covers an enterprise, each with its effect shown first."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from core.dates import today
from core.permissions import require
from enterprises import covering
from enterprises.models import CoverageLink, Enterprise, FormationMode
from enterprises.views.dossier import REGISTER, find
from reports.formation import queue
from reports.formation.forms import CoverForm, EndForm, PreviewedForm
from reports.whatif import Effect, effect_of

PERMISSION = "enterprises.coverage"
Change = Callable[[], object]


@require_http_methods(["GET", "HEAD", "POST"])
@require(PERMISSION)
def cover_new(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise = find(request, pk)
    form = CoverForm(request.user, request.POST or None, initial={"on": today()})

    def change() -> None:
        said = form.cleaned_data
        covering.cover_enterprise(
            actor=request.user,  # type: ignore[arg-type]
            enterprise=enterprise,
            organization=said["organization"],
            mode=FormationMode(said["mode"]),
            on=said["on"],
            document=said["document"],
            reason=said["reason"],
        )

    return _serve(request, enterprise, form, change, f"登记“{enterprise}”的覆盖关系")


@require_http_methods(["GET", "HEAD", "POST"])
@require(PERMISSION)
def cover_change(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    enterprise = find(request, pk)
    link = _link(enterprise, link_pk)
    initial = {"mode": link.mode, "on": today()}
    form = CoverForm(request.user, request.POST or None, initial=initial, is_change=True)

    def change() -> None:
        said = form.cleaned_data
        covering.change_cover(
            actor=request.user,  # type: ignore[arg-type]
            link=link,
            on=said["on"],
            organization=said["organization"],
            mode=FormationMode(said["mode"]),
            document=said["document"],
            reason=said["reason"],
        )

    return _serve(request, enterprise, form, change, f"变更“{enterprise}”的覆盖关系")


@require_http_methods(["GET", "HEAD", "POST"])
@require(PERMISSION)
def cover_end(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    enterprise = find(request, pk)
    link = _link(enterprise, link_pk)
    form = EndForm(request.POST or None, initial={"on": today()})

    def change() -> None:
        said = form.cleaned_data
        covering.end_cover(
            actor=request.user,  # type: ignore[arg-type]
            link=link,
            on=said["on"],
            document=said["document"],
            reason=said["reason"],
        )

    title = f"终止“{link.organization}”对“{enterprise}”的覆盖"
    return _serve(request, enterprise, form, change, title)


def _link(enterprise: Enterprise, pk: int) -> CoverageLink:
    """A running link of the enterprise."""
    links = enterprise.coverage_links.filter(valid_to=None)
    link: CoverageLink = get_object_or_404(
        links.select_related("enterprise", "organization"), pk=pk
    )
    return link


def _serve(
    request: HttpRequest, enterprise: Enterprise, form: PreviewedForm, change: Change, title: str
) -> HttpResponse:
    """First post: what would become of the figures. The second, with the same answers, does it."""
    effect: Effect | None = None
    if form.is_valid():
        try:
            if form.is_confirmed:
                _do(request, enterprise, change)
                return redirect(f"{enterprise.get_absolute_url()}?tab=coverage")
            effect = effect_of(change, enterprise, form.cleaned_data["on"])
            form.offer()
        except ValidationError as problem:
            form.refuse(problem)
    context = {
        "title": title,
        "form": form,
        "effect": effect,
        "submit_label": "确认办理" if effect else "预览影响",
        "cancel_url": f"{enterprise.get_absolute_url()}?tab=coverage",
        "crumbs": (("企业库", REGISTER), (enterprise.name, enterprise.get_absolute_url())),
    }
    return render(request, "reports/formation/cover.html", context)


@transaction.atomic
def _do(request: HttpRequest, enterprise: Enterprise, change: Change) -> None:
    """The change, and the queue brought into step with it at once."""
    user: Any = request.user
    change()
    within = Enterprise.objects.visible_to(user).filter(pk=enterprise.pk)
    outcome = queue.bring_up_to_date(actor=user, day=today(), within=within)
    done = "，组建计划转为运行" if outcome.working else ""
    messages.success(request, f"已保存“{enterprise}”的覆盖关系{done}。")
