"""A form sent after the session had ended: kept until its author has signed in again."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from core import drafts

FORM_KEY = "kept-post"
SECRET = "password"  # as part of a field's name
SKIPPED = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class KeptPost:
    url: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def keep(user: User, request: HttpRequest) -> None:
    """Keep the fields of a post, but neither passwords nor files."""
    if request.method != "POST" or "HX-Request" in request.headers:
        return
    payload = {
        "url": request.get_full_path(),
        "fields": list(_fields(request)),
        "had_files": bool(request.FILES),
    }
    drafts.discard(user, FORM_KEY)
    drafts.save(user, FORM_KEY, payload=payload, version=0)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != SKIPPED and SECRET not in name:
            yield from ((name, str(value)) for value in values)


def find(user: User) -> KeptPost | None:
    draft = drafts.load(user, FORM_KEY)
    if draft is None:
        return None
    url = draft.payload.get("url", "")
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return None
    fields = tuple((name, value) for name, value in draft.payload.get("fields", ()))
    return KeptPost(url, fields, bool(draft.payload.get("had_files")))


def forget(user: User) -> None:
    drafts.discard(user, FORM_KEY)
