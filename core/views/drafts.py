"""Autosave: a form posts itself now and then; a second window is told instead of overwritten."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core import drafts
from core.models import Draft

VERSION, TARGET = "draft_version", "draft_target"
NOT_CONTENT = {VERSION, TARGET, "csrfmiddlewaretoken"}


@require_POST
def draft_save(request: HttpRequest, form_key: str) -> JsonResponse:
    """200 with the new version, or 409 with the sentence about who saved in between."""
    user: Any = request.user
    if int(request.META.get("CONTENT_LENGTH") or 0) > drafts.MAX_BYTES:
        return JsonResponse({"text": "内容过长，草稿未保存"}, status=413)
    content = {
        name: [value.replace("\0", "") for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_CONTENT
    }
    version = request.POST.get(VERSION, "")
    try:
        draft = drafts.save(
            user,
            form_key,
            request.POST.get(TARGET, "")[:60],
            payload=content,
            version=int(version) if version.isdecimal() else 0,
        )
    except drafts.DraftConflict as conflict:
        text = f"草稿已于 {_clock(conflict.current)} 在另一窗口保存，没有被覆盖。"
        return JsonResponse({"text": text, "version": conflict.current.version}, status=409)
    return JsonResponse({"text": f"草稿已存 {_clock(draft)}", "version": draft.version})


@require_POST
def draft_discard(request: HttpRequest, form_key: str) -> JsonResponse:
    user: Any = request.user
    drafts.discard(user, form_key, request.POST.get(TARGET, "")[:60])
    return JsonResponse({"text": "草稿已删除"})


def _clock(draft: Draft) -> str:
    return timezone.localtime(draft.updated_at).strftime("%H:%M")
