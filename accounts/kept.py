"""A form sent without a living session: kept until its author has signed in again.

After an idle end its author is known and the fields wait as a draft. Where the session is simply
gone (cookie or row deleted) they travel, signed, through the sign-in page; nothing is stored.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from core import drafts
from core.identifiers import check_citizen_id, normalize_citizen_id

FORM_KEY = "kept-post"
FIELD = "kept"  # of the sign-in form
LAST_USER = "last-user"
SALT = "accounts.kept"
VALID = timedelta(hours=1)
AUTHOR_KNOWN = timedelta(days=2)  # longer than any session
PASSWORDS = frozenset({"accounts:password", "accounts:login", "accounts:setup"})
SECRET = "password"  # as part of a field's name
RESUMED = "kept-resumed"  # marks the post that sends a kept form again
SKIPPED = frozenset({"csrfmiddlewaretoken", RESUMED})


@dataclass(frozen=True)
class KeptPost:
    url: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    had_secrets: bool


def keep(user: User, request: HttpRequest) -> bool:
    """Keep the fields of a post for its author, but neither secrets nor files; whether it was."""
    payload = _payload(request)
    if payload is None:
        return False
    drafts.discard(user, FORM_KEY)
    drafts.save(user, FORM_KEY, payload=payload, version=0)
    return True


def seal(request: HttpRequest) -> str:
    """The post as a signed text for the sign-in page; empty when there is nothing to keep."""
    payload = _payload(request)
    if payload is None or not payload["fields"]:
        return ""
    author = request.get_signed_cookie(LAST_USER, "", salt=SALT)
    return signing.dumps({"post": payload, "author": author}, salt=SALT, compress=True)


def take_over(user: User, sealed: str) -> None:
    """Make the sealed post a draft of the user, unless it is old, forged or somebody else's."""
    try:
        said = signing.loads(sealed, salt=SALT, max_age=VALID) if sealed else None
    except signing.BadSignature:
        return
    if said and said["author"] in {"", str(user.pk)}:
        drafts.discard(user, FORM_KEY)
        drafts.save(user, FORM_KEY, payload=said["post"], version=0)


def note_author(response: HttpResponse, user: User) -> None:
    """Let this browser remember who signed in last, so that nobody is offered another's form."""
    response.set_signed_cookie(
        LAST_USER,
        str(user.pk),
        salt=SALT,
        max_age=AUTHOR_KNOWN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_our_own(request: HttpRequest) -> bool:
    """Whether the browser vouches that the post comes from one of our pages."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _payload(request: HttpRequest) -> dict[str, Any] | None:
    match = request.resolver_match
    if request.method != "POST" or "HX-Request" in request.headers:
        return None
    if match and match.view_name in PASSWORDS:
        return None
    sent = [
        (name, str(value).replace("\0", ""))
        for name, values in request.POST.lists()
        for value in values
        if name not in SKIPPED
    ]
    fields = [(name, value) for name, value in sent if not _is_secret(name, value)]
    payload = {
        "url": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "had_secrets": len(fields) < len(sent),
    }
    return payload if len(json.dumps(payload)) <= drafts.MAX_BYTES else None


def _is_secret(name: str, value: str) -> bool:
    """A password by the name of its field, the number of a person by itself."""
    return SECRET in name or check_citizen_id(normalize_citizen_id(value)).is_usable


def find(user: User) -> KeptPost | None:
    draft = drafts.load(user, FORM_KEY)
    if draft is None:
        return None
    said = draft.payload
    url = said.get("url", "")
    if not url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return None
    fields = tuple((name, value) for name, value in said.get("fields", ()))
    return KeptPost(url, fields, bool(said.get("had_files")), bool(said.get("had_secrets")))


def forget(user: User) -> None:
    drafts.discard(user, FORM_KEY)
