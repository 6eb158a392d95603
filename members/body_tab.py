"""The leading body on the page of its organization and its card, and the mark of its term."""

from collections.abc import Iterable
from typing import Any

from core.dates import today
from core.templatetags.ui import day as shown_day
from members.body import body_on
from members.posts import CHANGE
from organizations.deadlines import words
from organizations.elections import RUN
from organizations.rules import must_elect
from organizations.tabs import (
    Brief,
    Log,
    Mark,
    Tab,
    Visit,
    register_log,
    register_marks,
    register_tab,
)

SOON = 180  # days before expiry from which the mark stands beside the name


def register() -> None:
    register_tab(
        Tab(
            "body",
            "班子",
            "members/_body.html",
            _provide,
            permission="members.view",
            order=10,
            brief=_brief,
        )
    )
    register_marks("term", _term)
    register_log(Log("body", "班子变动", "members.view", lambda body: body.leadership_posts.all()))


def _provide(visit: Visit) -> dict[str, Any]:
    body = body_on(visit.organization, visit.day)
    may_change = visit.user.has_perm(CHANGE) and visit.day == today()
    former = visit.organization.leadership_posts.filter(valid_to__lte=visit.day)
    return {
        "body": body,
        "left": words(body.days_left) if body.days_left is not None else "",
        "left_tone": _tone(body.days_left),
        "former": former.select_related("person").order_by("-valid_to", "pk")[:20],
        "may_post": may_change,
        "may_elect": visit.user.has_perm(RUN) and visit.day == today(),
    }


def _brief(visit: Visit) -> Brief:
    posts = body_on(visit.organization, visit.day).posts
    rows = tuple(
        (
            post.get_kind_display(),
            post.person.name,
            post.get_source_display(),
            post.get_engagement_display(),
            shown_day(post.valid_from),
        )
        for post in posts
    )
    return Brief("班子成员", ("职务", "姓名", "来源", "专兼职", "任职日期"), rows, len(rows))


def _term(visit: Visit) -> Iterable[Mark]:
    """How long until the body must be elected anew, once that is near."""
    organization = visit.organization
    if not must_elect(organization.kind, organization.nature):
        return
    term = organization.terms.as_of(visit.day).first()
    if term is not None and (left := term.days_left(visit.day)) <= SOON:
        yield Mark(words(left), _tone(left))


def _tone(days_left: int | None) -> str:
    if days_left is None:
        return "none"
    return "broken" if days_left < 0 else "attention" if days_left <= SOON else "none"
