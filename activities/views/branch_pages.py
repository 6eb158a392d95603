"""What the pages of a branch's own registers share: whose it is."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from activities.forms import BranchForm
from activities.views.common import branches_of
from core.text import key_of
from organizations.models import PartyOrganization


def of_branch(
    request: HttpRequest,
    title: str,
    crumbs: list[tuple[str, str]],
    page: Callable[[PartyOrganization], HttpResponse],
) -> HttpResponse:
    """The page of the branch in the address, or the own one, or the question which."""
    user: Any = request.user
    asked = key_of(request.GET.get("organization", ""))
    branches = branches_of(user)
    if asked is not None:
        return page(get_object_or_404(PartyOrganization.objects.visible_to(user), pk=asked))
    if len(branches) == 1:
        return page(branches[0])
    form = BranchForm(user, request.GET if "branch" in request.GET else None)
    if form.is_valid():
        chosen: PartyOrganization = form.cleaned_data["branch"]
        return redirect(f"{request.path}?organization={chosen.pk}")
    context = {
        "title": title,
        "crumbs": crumbs,
        "branches": branches,
        "form": form,
        "question": "哪个党组织",
    }
    return render(request, "activities/choose.html", context)
