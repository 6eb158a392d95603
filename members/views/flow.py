"""What the pages of transfers, absences, lost and hidden members share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.audit import history_of
from core.dates import today
from core.detail import FactGroup
from core.listing import ListPage
from core.states import StateTable
from core.text import fold, key_of
from members.models import PartyMember
from members.services.cases import CHANGE
from organizations.models import PartyOrganization
from organizations.views.common import accepted, form_page

VIEW = "members.view"
METHODS = ["GET", "HEAD", "POST"]
TABS = (
    ("transfer_list", "组织关系转接"),
    ("transfer_due", "应转未转"),
    ("mobile_list", "流动党员"),
    ("lost_list", "失联党员"),
    ("hidden_list", "口袋隐形党员"),
)
Side = Callable[[Any], PartyOrganization | None]


@dataclass(frozen=True)
class Act:
    """One act on a row: its form, the service, and whose organization may do it."""

    label: str
    form: type[Any]
    run: Callable[..., object]
    side: Side


@dataclass(frozen=True)
class Flow:
    """One kind of case: where its pages are, by which table it moves, what may be done.

    `extra` are acts that leave the state as it is, possible in the states named.
    """

    name: str
    title: str
    argument: str  # how the services call the row
    rows: Callable[[Any], QuerySet[Any]]  # what the user may see
    table: StateTable
    acts: Mapping[str, Act]
    owner: Side  # whose organization may correct what was noted
    extra: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def crumb(self) -> tuple[str, str]:
        return self.title, reverse(f"members:{self.name}_list")

    def possible(self, row: Any) -> list[str]:
        """The acts of the present state, in the order in which they are named."""
        now = {one.name.partition(".")[2] for one in self.table.leaving(row.state)}
        now |= {name for name, states in self.extra.items() if row.state in states}
        return [name for name in self.acts if name in now]

    def find(self, request: HttpRequest, pk: int) -> Any:
        """The row within the user's scope; a neighbour's is a 404."""
        return get_object_or_404(self.rows(request.user), pk=pk)


def holds(user: Any, organization: PartyOrganization | None) -> bool:
    """Whether the user answers for that organization."""
    if organization is None:
        return False
    own = PartyOrganization.objects.visible_to(user)
    return own.filter(pk=organization.pk).exists()


def may(user: Any, act: Act, row: Any) -> bool:
    return user.has_perm(CHANGE) and holds(user, act.side(row))


def actions(flow: Flow, user: Any, row: Any) -> list[dict[str, str]]:
    """What the user may do next, the first in red."""
    found: list[dict[str, str]] = []
    for name in flow.possible(row):
        if may(user, flow.acts[name], row):
            css = "btn-outline-secondary" if found else "btn-primary"
            url = reverse(f"members:{flow.name}_act", args=[row.pk, name])
            found.append({"label": flow.acts[name].label, "url": url, "css": css})
    return found


def detail(
    request: HttpRequest, flow: Flow, row: Any, groups: Sequence[FactGroup], **more: Any
) -> HttpResponse:
    user: Any = request.user
    context = {
        "title": f"{flow.title}：{row.name if hasattr(row, 'name') else row.member}",
        "row": row,
        "groups": groups,
        "history": history_of(row),
        "actions": [*actions(flow, user, row), *more.pop("further", ())],
        "crumbs": [flow.crumb],
        "as_of": f"数据截至 {today()}",
        **more,
    }
    return render(request, f"members/{flow.name}.html", context)


def start(
    request: HttpRequest,
    flow: Flow,
    title: str,
    form: Any,
    service: Callable[..., Any],
) -> HttpResponse:
    """The first form of a case."""
    made: list[Any] = []

    def save() -> None:
        made.append(service(actor=request.user, **form.facts()))

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"已{title}。")
        return redirect(made[0])
    return form_page(request, title, form, flow.crumb[1], [flow.crumb])


def correct(
    request: HttpRequest, flow: Flow, row: Any, form: Any, service: Callable[..., Any]
) -> HttpResponse:
    """Put right what was noted."""
    if not holds(request.user, flow.owner(row)):
        raise PermissionDenied

    def save() -> None:
        service(actor=request.user, **{flow.argument: row}, **form.facts())

    if form.is_valid() and accepted(form, save):
        messages.success(request, "已修改。")
        return redirect(row)
    url = row.get_absolute_url()
    return form_page(request, f"修改：{row}", form, url, [flow.crumb, (str(row), url)])


def act_page(request: HttpRequest, flow: Flow, pk: int, name: str) -> HttpResponse:
    """One act on one row, by whoever may do it."""
    if name not in flow.acts:
        raise Http404
    row, user, act = flow.find(request, pk), cast(Any, request.user), flow.acts[name]
    if not may(user, act, row):
        raise PermissionDenied
    form = act.form(user, row, request.POST or None)

    def save() -> None:
        act.run(actor=user, **{flow.argument: row}, **form.cleaned_data)

    if form.is_valid() and accepted(form, save):
        messages.success(request, f"{row}：已{act.label}。")
        return redirect(row)
    url = row.get_absolute_url()
    return form_page(request, f"{act.label}：{row}", form, url, [flow.crumb, (str(row), url)])


def edit_link(flow: Flow, user: Any, row: Any) -> list[dict[str, str]]:
    """The way to correct an open case, for its owner."""
    if not (row.is_open and user.has_perm(CHANGE) and holds(user, flow.owner(row))):
        return []
    return [{"label": "修改", "url": reverse(f"members:{flow.name}_edit", args=[row.pk])}]


def initial_member(request: HttpRequest) -> dict[str, Any]:
    """The member whom the address names."""
    key = key_of(request.GET.get("member", ""))
    seen = PartyMember.objects.visible_to(cast(Any, request.user)).select_related("person")
    member = seen.filter(pk=key).first() if key else None
    return {"member": member} if member else {}


class FlowPage(ListPage):
    """What the lists share: the tabs above, the search, the button."""

    permission = VIEW
    tells_day = True
    template_name = "members/flow_list.html"
    route: ClassVar[str]
    new: ClassVar[tuple[str, str] | None] = None  # label, route
    search_placeholder = "姓名、拼音、党组织"
    searched: ClassVar[Sequence[str]] = ()
    sounds: ClassVar[str] = "member__person__search_key"

    def section_tabs(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": reverse(f"members:{route}"), "current": route == self.route}
            for route, label in TABS
        ]

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        word = fold(text)
        condition = Q(**{f"{self.sounds}__contains": word.lower().replace(" ", "")})
        for name in self.searched:
            condition |= Q(**{f"{name}__icontains": word})
        return queryset.filter(condition)

    def actions(self) -> list[dict[str, str]]:
        if self.new is None or not self.user.has_perm(CHANGE):
            return []
        label, route = self.new
        url = reverse(f"members:{route}")
        return [{"label": label, "url": url, "css": "btn-primary", "icon": "plus", "hotkey": "new"}]
