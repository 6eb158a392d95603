"""What the pages of organizations and areas share: the rights, and a service behind a form."""

from collections.abc import Callable

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

VIEW, CHANGE = "organizations.view", "organizations.change"


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
