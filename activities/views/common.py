"""What the pages of activities share: the row within scope, the own branch, pictures."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from activities.models import Activity, ActivityPhoto
from core.dates import today
from organizations.models import PartyOrganization
from organizations.scoping import Reach

LIST = ("会议记录", "/meetings/")


def find(request: HttpRequest, pk: int) -> Activity:
    """The activity within the user's scope; a neighbour's is a 404."""
    user: Any = request.user
    rows = Activity.objects.visible_to(user).select_related(
        "organization", "group", "chair", "recorder", "created_by"
    )
    found: Activity = get_object_or_404(rows, pk=pk)
    return found


def branches_of(user: Any) -> list[PartyOrganization]:
    """Those at which the user holds a post of a branch."""
    paths = user.scope.posts_of(Reach.OWN_BRANCH)
    if not paths:
        return []
    seen = PartyOrganization.objects.visible_to(user).existing(today())
    return list(seen.filter(path__in=paths))


def own_photos(user: Any, activity: Activity | None, asked: Sequence[str]) -> list[ActivityPhoto]:
    """The pictures that a page names: of this record, or sent by the same user for none yet."""
    keys = []
    for text in asked:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    mine = Q(activity=None, owner_id=user.pk)
    if activity is not None:
        mine |= Q(activity=activity)
    found = {photo.pk: photo for photo in ActivityPhoto.objects.filter(mine, pk__in=keys)}
    return [found[key] for key in keys if key in found]


def stepped(
    request: HttpRequest, pk: int, service: Callable[..., object], done: str
) -> HttpResponse:
    """Run a service that asks for nothing, and say on the page of the activity what came of it."""
    row = find(request, pk)
    try:
        service(actor=request.user, activity=row)
    except ValidationError as problem:
        messages.error(request, "".join(problem.messages))
    else:
        messages.success(request, done)
    return redirect(row)
