"""The organizers of parks on screen: due against actual, who they are."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.permissions import require
from members.models import ParkOrganizer
from members.talent import services
from members.talent.figures import park_lines
from members.talent.forms import EndForm, OrganizerForm
from members.talent.services import CHANGE
from members.views.post_list import VIEW
from organizations.views.common import accepted, day_of, form_page

PARKS = ("园区组织员", "/parks/organizers")


@require_safe
@require(VIEW)
def organizers(request: HttpRequest) -> HttpResponse:
    """Organizers due against actual in the parks, as of a day (`on`)."""
    user: Any = request.user
    day = day_of(request)
    lines = park_lines(user, day)
    new = reverse("members:organizer_new")
    context = {
        "title": "园区组织员",
        "crumbs": [],
        "lines": lines,
        "due": sum(line.due for line in lines),
        "actual": sum(line.actual for line in lines),
        "missing": sum(line.missing for line in lines),
        "may_change": user.has_perm(CHANGE),
        "actions": [{"label": "配备组织员", "url": new, "css": "btn-primary"}]
        if lines and user.has_perm(CHANGE)
        else [],
        "as_of": f"数据截至 {day}",
    }
    return render(request, "members/organizers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organizer_new(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    form = OrganizerForm(user, request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: services.appoint_organizer(actor=user, **form.cleaned_data)
    ):
        messages.success(request, "已登记。")
        return redirect("members:organizers")
    return form_page(request, "配备组织员", form, reverse("members:organizers"), [PARKS])


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organizer_end(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    rows = ParkOrganizer.objects.visible_to(user).select_related("person", "area__committee")
    organizer: ParkOrganizer = get_object_or_404(rows, pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and accepted(
        form,
        lambda: services.relieve_organizer(actor=user, organizer=organizer, **form.cleaned_data),
    ):
        messages.success(request, "已登记。")
        return redirect("members:organizers")
    return form_page(request, f"免去{organizer}", form, reverse("members:organizers"), [PARKS])
