"""Pictures of meetings: sent one by one, shown to whoever sees the meeting."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from activities.models import ActivityPhoto
from activities.photos import small_path, take
from activities.states import RECORD, VIEW
from core.permissions import require


@require_POST
@require(RECORD)
def photo_new(request: HttpRequest) -> JsonResponse:
    """The number of the picture for the record, or why it is refused."""
    user: Any = request.user
    file = request.FILES.get("picture")
    if file is None:
        return JsonResponse({"text": "没有收到照片，请重新选择。"}, status=400)
    try:
        photo = take(actor=user, file=file, size=file.size or 0)
    except ValidationError as problem:
        return JsonResponse({"text": "".join(problem.messages)}, status=400)
    small = reverse("activities:photo", args=[photo.pk]) + "?small=1"
    return JsonResponse({"id": str(photo.pk), "small": small})


@require_safe
@require(VIEW)
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of a meeting within scope, or sent by the reader and not yet part of one."""
    user: Any = request.user
    row = ActivityPhoto.objects.visible_to(user).filter(pk=pk).first() or _unbound(user, pk)
    if row is None:
        raise Http404
    try:
        with default_storage.open(small_path(row) if "small" in request.GET else row.path) as file:
            answer = HttpResponse(file.read(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Content-Disposition"] = "inline"
    return answer


def _unbound(user: Any, pk: UUID) -> ActivityPhoto | None:
    found: ActivityPhoto | None = ActivityPhoto.objects.filter(
        pk=pk, activity=None, owner_id=user.pk
    ).first()
    return found
