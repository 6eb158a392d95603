"""What the pages of organizations and areas share: the rights, and a service behind a form."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.dates import today
from organizations.forms import DayForm
from organizations.models import PartyOrganization

VIEW, CHANGE = "organizations.view", "organizations.change"
TREE = ("党组织", "/orgs/")


def find(request: HttpRequest, pk: int) -> PartyOrganization:
    """The organization within the user's scope; a neighbour's is a 404."""
    user: Any = request.user
    found: PartyOrganization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    return found


def day_of(request: HttpRequest) -> date:
    """The day that the address asks for; today when it names none or nonsense.

    It is called `on` here, and `as_of` in links from the board and the ledgers.
    """
    form = DayForm({"on": request.GET.get("on") or request.GET.get("as_of")})
    return (form.is_valid() and form.cleaned_data["on"]) or today()


def on_day(day: date) -> dict[str, str]:
    """The part of an address that keeps the day; nothing for today."""
    return {} if day == today() else {"on": day.isoformat()}


def link(route: str, *args: Any, **query: Any) -> str:
    """The address of a page of this app, with what of the query is not empty."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return reverse(f"organizations:{route}", args=args) + (f"?{asked}" if asked else "")


def accepted(form: BaseForm, service: Callable[[], object]) -> bool:
    """Run the service; what it refuses becomes an error of the form."""
    try:
        service()
    except ValidationError as problem:
        errors = getattr(problem, "error_dict", {NON_FIELD_ERRORS: problem})
        for name, error in errors.items():
            form.add_error(name if name in form.fields else None, error)
        return False
    return True


def form_page(
    request: HttpRequest,
    title: str,
    form: BaseForm,
    cancel_url: str,
    crumbs: list[tuple[str, str]],
) -> HttpResponse:
    context = {"title": title, "form": form, "cancel_url": cancel_url, "crumbs": crumbs}
    return render(request, "generic/form.html", context)
