"""The page on which a meeting is recorded: new, planned before, a draft, returned or locked."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from activities import record_page, values
from activities.forms import BranchForm, RecordForm, day_in
from activities.models import Activity, ActivityState
from activities.owing import asked_for, owed
from activities.photos import take
from activities.roster import members_of, roster_on
from activities.services import recording
from activities.services.recording import StaleError
from activities.states import RECORD, RECORDABLE
from activities.values import Values
from activities.views.common import LIST, branches_of, find, own_photos
from core import drafts
from core.dates import today
from core.models import Draft
from core.permissions import require
from core.text import key_of
from core.views.drafts import VERSION
from organizations.models import PartyOrganization

DRAFT = "activity"
PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@require(RECORD)
def activity_new(request: HttpRequest) -> HttpResponse:
    """Of the branch in the address; of the own one where there is only one."""
    user: Any = request.user
    asked = key_of(request.GET.get("organization", ""))
    branches = branches_of(user)
    if asked is not None:
        branch: PartyOrganization = get_object_or_404(
            PartyOrganization.objects.visible_to(user), pk=asked
        )
    elif len(branches) == 1:
        branch = branches[0]
    else:
        return _choose(request, branches)
    return _page(request, branch, None)


def _choose(request: HttpRequest, branches: list[PartyOrganization]) -> HttpResponse:
    form = BranchForm(request.user, request.GET if "branch" in request.GET else None)
    if form.is_valid():
        chosen: PartyOrganization = form.cleaned_data["branch"]
        return redirect(f"{request.path}?organization={chosen.pk}")
    context = {"title": "记一次会", "crumbs": [LIST], "branches": branches, "form": form}
    return render(request, "activities/choose.html", context)


@require_http_methods(PAGE)
@require(RECORD)
def activity_record(request: HttpRequest, pk: int) -> HttpResponse:
    activity = find(request, pk)
    if activity.state not in RECORDABLE:
        messages.error(request, f"当前状态为“{activity.get_state_display()}”，不能修改记录。")
        return redirect(activity)
    return _page(request, activity.organization, activity)


def _page(
    request: HttpRequest, branch: PartyOrganization, activity: Activity | None
) -> HttpResponse:
    target = str(activity.pk) if activity else f"new-{branch.pk}"
    if request.method == "POST":
        return _posted(request, branch, activity, target)
    user: Any = request.user
    draft = drafts.load(user, DRAFT, target)
    last = values.last_of(branch)
    copy = "copy" in request.GET
    if draft and not copy:
        given, is_new = draft.payload, False
    else:
        given, is_new = _begun(branch, activity, last, copy=copy)
        if activity is None:
            given |= asked_for(request.GET.get("kind", ""), request.GET.get("topic", ""))
            given |= {"group": [request.GET.get("group", "")]}
    return _drawn(request, branch, activity, given, is_new=is_new, draft=draft, last=last)


def _begun(
    branch: PartyOrganization, activity: Activity | None, last: Activity | None, *, copy: bool
) -> tuple[Values, bool]:
    """What the page begins with, and whether nobody has said yet who came."""
    if activity is None:
        return values.blank(branch, last, copy=copy), True
    if activity.state in {ActivityState.PLANNED, ActivityState.NOTIFIED, ActivityState.HELD}:
        return values.of_plan(activity, last), True
    return values.of_activity(activity), False


def _posted(
    request: HttpRequest, branch: PartyOrganization, activity: Activity | None, target: str
) -> HttpResponse:
    user: Any = request.user
    given, problems = _with_photos(request, values.of_post(request.POST))
    form = RecordForm(given, roster_on(branch, _day(given)), branch)
    if problems:
        form.refuse("photos", problems)
    if form.is_valid():
        try:
            saved = _saved(user, branch, activity, form)
        except StaleError as stale:
            return _conflict(request, branch, stale.current, given)
        except ValidationError as problem:
            for name, found in getattr(problem, "error_dict", {None: [problem]}).items():
                form.refuse(name, [text for one in found for text in one.messages])
        else:
            drafts.discard(user, DRAFT, target)
            handed_in = saved.state != ActivityState.RECORDED
            messages.success(request, "已提交。" if handed_in else "已存为草稿，尚未提交。")
            if left_out := "、".join(given.get("left_out", [])):
                messages.warning(request, f"没有传上、记录里没有的照片：{left_out[:300]}。")
            return redirect(saved)
    return _drawn(request, branch, activity, given, form=form)


def _saved(
    user: Any, branch: PartyOrganization, activity: Activity | None, form: RecordForm
) -> Activity:
    given, minutes = form.values, form.minutes
    submit = "draft" not in given
    stamp = "".join(given.get("stamp", []))
    if activity is None:
        token = _token("".join(given.get("token", [])))
        return recording.record(
            actor=user, organization=branch, token=token, minutes=minutes, submit=submit
        )
    if activity.state == ActivityState.LOCKED:
        reason = "".join(given.get("reason", []))
        return recording.correct(
            actor=user, activity=activity, minutes=minutes, reason=reason, stamp=stamp
        )
    return recording.revise(
        actor=user, activity=activity, minutes=minutes, submit=submit, stamp=stamp
    )


def _conflict(
    request: HttpRequest, branch: PartyOrganization, current: Activity, given: Values
) -> HttpResponse:
    """Nothing is saved; the page keeps mine and shows what was, what I and what they wrote."""
    try:
        old: Values = json.loads("".join(given.get("opened", [])) or "{}")
    except ValueError:
        old = {}
    seats = roster_on(branch, _day(given))
    rows = record_page.differences(old, given, values.of_activity(current), seats)
    who = current.steps.select_related("actor").last()
    context = {"rows": rows, "who": who, "at": current.changed_at}
    given["stamp"] = [recording.stamp_of(current)]
    return _drawn(request, branch, current, given, conflict=context)


def _drawn(
    request: HttpRequest,
    branch: PartyOrganization,
    activity: Activity | None,
    given: Values,
    *,
    form: RecordForm | None = None,
    is_new: bool = False,
    **more: Any,
) -> HttpResponse:
    seats, groups = roster_on(branch, _day(given)), members_of(branch, _day(given))
    title = f"记录：{activity}" if activity else "记一次会"
    opened = given.get("opened") or [json.dumps(given, ensure_ascii=False)]
    context = {
        "title": title,
        "crumbs": [LIST],
        "branch": branch,
        "activity": activity,
        "form": form or RecordForm(given, seats, branch, is_sent=False),
        "is_bound": form is not None,
        "chips": record_page.chips(given),
        "names": record_page.names(seats, given, groups, is_new=is_new),
        "has_search": len(seats) > record_page.SEARCH_FROM,
        "lines": record_page.lines(given),
        "photos": own_photos(request.user, activity, given.get("photos", [])),
        "people": [seat.person for seat in seats],
        "token": "".join(given.get("token", [])),
        "stamp": "".join(given.get("stamp", [])) or recording.stamp_of(activity),
        "opened": "" if "conflict" in more else opened[0],
        "draft_version": _draft_version(request, more.get("draft")),
        "owed": owed(branch, today()) if activity is None else None,
        "target": str(activity.pk) if activity else f"new-{branch.pk}",
        "most_photos": recording.MOST_PHOTOS,
        **record_page.choices(),
        **more,
    }
    return render(request, "activities/record.html", context)


def _draft_version(request: HttpRequest, draft: Draft | None) -> str:
    """Which draft the page goes on from: a page that comes back refused, from the one it had."""
    return str(draft.version) if draft else request.POST.get(VERSION, "0")


def _with_photos(request: HttpRequest, given: Values) -> tuple[Values, list[str]]:
    """Pictures sent together with the form, where the page had no script to send them before."""
    problems: list[str] = []
    for file in request.FILES.getlist("pictures"):
        try:
            photo = take(actor=request.user, file=file, size=file.size or 0)
        except ValidationError as problem:
            problems += [f"{file.name}：{text}" for text in problem.messages]
        else:
            given.setdefault("photos", []).append(str(photo.pk))
    return given, problems


def _day(given: Values) -> Any:
    return day_in(given) or today()


def _token(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ValidationError("页面不完整，请刷新后再提交。") from None
