"""The message centre: three kinds of notice, read one by one or together."""

from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core import notices
from core.models import MessageKind
from core.text import key_of

PER_PAGE = 20


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    kind, unread = _kind(request.GET.get("kind", "")), "unread" in request.GET
    pages = Paginator(notices.inbox(user, kind, unread=unread), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    counts = notices.unread_counts(user)
    tabs = [(choice.value, choice.label, counts[choice.value]) for choice in MessageKind]
    context = {"page": page, "kind": kind, "tabs": tabs, "unread": sum(counts.values())}
    context["unread_only"] = unread
    return render(request, "core/messages.html", context)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go to what it speaks of."""
    user: Any = request.user
    inbox = notices.inbox(user).filter(pk=pk)
    found = get_object_or_404(inbox)
    notices.mark_read(inbox)
    return redirect(
        found.url
        if found.url and url_has_allowed_host_and_scheme(found.url, allowed_hosts=None)
        else reverse("core:message_list")
    )


@require_POST
def messages_read(request: HttpRequest) -> HttpResponse:
    """Mark the ticked messages read or unread, or with `all` every message of the tab read."""
    user: Any = request.user
    kind = _kind(request.POST.get("kind", ""))
    chosen = notices.inbox(user, kind)
    if "all" not in request.POST:
        ticked = map(key_of, request.POST.getlist("pk"))
        chosen = chosen.filter(pk__in=[key for key in ticked if key])
    if "unread" in request.POST:
        flash.info(request, f"已将 {notices.mark_unread(chosen)} 条消息标为未读。")
    else:
        flash.info(request, f"已将 {notices.mark_read(chosen)} 条消息标为已读。")
    url = reverse("core:message_list")
    return redirect(f"{url}?kind={kind}" if kind else url)


def _kind(text: str) -> str:
    return text if text in MessageKind.values else ""
