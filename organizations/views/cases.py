"""Acts on organizations in three steps: the form, what would follow, the receipt."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.dates import today
from core.listing import ReasonForm
from core.permissions import require
from organizations import consequences
from organizations.cases.acts import CASES, Case
from organizations.cases.homes import HomesForm
from organizations.cases.story import story
from organizations.models import OrganizationChange, PartyOrganization
from organizations.services.withdrawing import why_not, withdraw_act
from organizations.views.common import CHANGE, TREE, VIEW, accepted, find, link

# What a service calls it → the field that asks for it here.
FIELDS = {
    "sources": "partners",
    "into": "partners",
    "parts": "name_0",
    "established_on": "on",
    "organization": "on",
}
Done = TypeVar("Done")


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organization_create(request: HttpRequest) -> HttpResponse:
    """Set up an organization whose superior is still to be chosen."""
    return _handle(request, CASES["establish"], None)


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def organization_case(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    organization = find(request, pk)
    if act not in CASES:
        raise Http404
    return _handle(request, CASES[act], organization)


def _handle(request: HttpRequest, case: Case, subject: PartyOrganization | None) -> HttpResponse:
    """Look ahead first; only what was looked at is done."""
    user: Any = request.user
    form: Any = case.form(user, subject, request.POST or None)
    homes = case.homes_form(user, subject, form)  # type: ignore[arg-type]
    seen, preview = _seal(request.POST), None
    if form.is_valid() and (homes is None or homes.is_valid()):
        arguments = case.arguments(user, subject, form, homes)  # type: ignore[arg-type]
        if "confirm" in request.POST and request.POST.get("seen") == seen:
            change = _tried(form, homes, lambda: consequences.perform(case.service, **arguments))
            if change is not None:
                return redirect("organizations:organization_change", change.pk)
        else:
            preview = _tried(form, homes, lambda: consequences.preview(case.service, **arguments))
    context = {
        "title": f"{case.label}：{subject}" if subject else "成立党组织",
        "crumbs": [TREE, *([(str(subject), link("organization", subject.pk))] if subject else [])],
        "case": case,
        "form": form,
        "homes": homes,
        "carried": _carried(request.POST) if homes is None else (),
        "preview": preview,
        "seen": seen,
        "was_changed": preview is not None and "confirm" in request.POST,
        "is_planned": form.is_bound and form.is_valid() and form.cleaned_data["on"] > today(),
        "cancel_url": link("organization", subject.pk) if subject else TREE[1],
    }
    return render(request, "organizations/case.html", context)


def _tried(form: Any, homes: HomesForm | None, service: Callable[[], Done]) -> Done | None:
    """What the service returns; what it refuses becomes an error beside its field."""
    try:
        return service()
    except ValidationError as problem:
        refused = getattr(problem, "error_dict", {NON_FIELD_ERRORS: [problem]})
        for name, errors in refused.items():
            if homes is not None and homes.refuse(name, errors):
                continue
            field = FIELDS.get(name, name)
            form.add_error(field if field in form.fields else None, errors)
    return None


def _seal(said: QueryDict) -> str:
    """The same for the same answers, so that what is done is what was looked at.

    A box left empty is no answer: the look ahead adds boxes for what would need a new home.
    """
    own = {"csrfmiddlewaretoken", "seen", "confirm"}
    given = {name: [text for text in said.getlist(name) if text] for name in said.keys() - own}
    answers = sorted((name, texts) for name, texts in given.items() if texts)
    return sha256(repr(answers).encode()).hexdigest()


def _carried(said: QueryDict) -> list[tuple[str, str]]:
    """Homes that were named already while the form above them has to be mended."""
    return [
        (name, value)
        for name in said
        if name == "all" or name.startswith(("kind-", "row-"))
        for value in said.getlist(name)
    ]


@require_safe
@require(VIEW)
def organization_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of an act: what was done, by which document, and what followed."""
    user: Any = request.user
    change = _change(request, pk)
    told = story(change)
    is_planned = change.effective_on > today()
    context = {
        "title": str(told),
        "crumbs": [TREE],
        "story": told,
        "is_planned": is_planned,
        "may_withdraw": is_planned and user.has_perm(CHANGE),
        "refusal": why_not(change) if is_planned else "",
        "history_url": link("organization", told.subject.pk, tab="history"),
    }
    return render(request, "organizations/receipt.html", context)


def _change(request: HttpRequest, pk: int) -> OrganizationChange:
    user: Any = request.user
    acts = OrganizationChange.objects.visible_to(user).select_related("actor")
    found: OrganizationChange = get_object_or_404(
        acts.prefetch_related("parts__organization"), pk=pk
    )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def change_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an act whose day has not come."""
    user: Any = request.user
    change = _change(request, pk)
    subject = find(request, story(change).subject.pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and accepted(
        form, lambda: withdraw_act(actor=user, change=change, **form.cleaned_data)
    ):
        messages.success(request, f"已撤回：{subject}，{change}。")
        gone = not PartyOrganization.objects.visible_to(user).filter(pk=subject.pk).exists()
        return redirect(TREE[1] if gone else link("organization", subject.pk, tab="history"))
    context = {
        "title": f"撤回{story(change)}",
        "crumbs": [TREE, (str(subject), link("organization", subject.pk))],
        "sentence": f"{change.effective_on} 生效的“{story(change)}”将不再办理。",
        "undo": "撤回记入变更记录；需要时可重新登记。",
        "form": form,
        "cancel_url": link("organization_change", pk),
        "submit_label": "撤回",
    }
    return render(request, "generic/confirm.html", context)
