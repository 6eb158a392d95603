"""Views of a list: the product's own as tabs with counts, those of user and unit by name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404

from core.listing.paging import CAP, capped_count
from core.listing.state import POSITION, ListState
from core.models import SavedView

if TYPE_CHECKING:
    from core.listing.page import ListPage

LAYOUT = frozenset({"sort", "per", "col", "view", *POSITION})  # not part of what is filtered


@dataclass(frozen=True)
class SystemView:
    """A view that the product brings: its name and the filter behind it, as a query string."""

    label: str
    query: str = ""


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool
    count: str = ""


def condition(params: QueryDict) -> dict[str, list[str]]:
    """What a query string filters by, without order and layout."""
    return {
        name: sorted(filter(None, values))
        for name, values in params.lists()
        if name not in LAYOUT and any(values)
    }


def system_tabs(
    views: Sequence[SystemView],
    state: ListState,
    count: Callable[[QueryDict], QuerySet[Any]] | None = None,
) -> list[Tab]:
    """Tabs of the product's views; with `count` each says how many rows it holds."""
    here = condition(state.params)
    tabs = []
    for view in views:
        params = QueryDict(view.query)
        number = _count_text(count(params)) if count else ""
        current = not state.view and condition(params) == here
        tabs.append(Tab(view.label, f"?{view.query}", current, number))
    return tabs


def _count_text(queryset: QuerySet[Any]) -> str:
    number, capped = capped_count(queryset)
    return f"{CAP:,}+" if capped else f"{number:,}"


def saved_views(user: Any, page: str) -> QuerySet[SavedView]:
    """The user's own views, then those that the user's units share."""
    shared = Q(sharing=SavedView.Sharing.UNIT, scope_path__in=user.scope.subtrees)
    return SavedView.objects.filter(Q(owner=user) | shared, page=page).order_by("name", "pk")


def saved_tabs(views: Iterable[SavedView], state: ListState) -> list[Tab]:
    return [Tab(view.name, view_link(view), view.pk == state.view) for view in views]


def view_link(view: SavedView) -> str:
    query = QueryDict(view.querystring, mutable=True)
    if view.columns:
        query.setlist("col", view.columns)
    query["view"] = str(view.pk)
    return f"?{query.urlencode()}"


def save_view(page: "ListPage", request: HttpRequest) -> HttpResponseRedirect:
    """Keep the present filter, order and columns under a name; the same name replaces."""
    user: Any = request.user
    name = request.POST.get("name", "").replace("\0", "").strip()
    unit = request.POST.get("sharing") == SavedView.Sharing.UNIT and bool(user.scope.subtrees)
    view = SavedView.objects.filter(owner=user, page=page.key, name=name).first() or SavedView(
        owner=user, page=page.key, name=name
    )
    view.sharing = SavedView.Sharing.UNIT if unit else SavedView.Sharing.MINE
    view.scope_path = user.scope.subtrees[0] if unit else ""
    view.querystring = _kept(page.state)
    view.columns = page.shown_columns()
    try:
        view.full_clean()
    except ValidationError as error:
        messages.error(request, "视图没有保存：" + "；".join(error.messages))
        return HttpResponseRedirect(request.get_full_path())
    view.save()
    messages.success(request, f"已保存视图“{view.name}”。")
    return HttpResponseRedirect(request.path + view_link(view))


def _kept(state: ListState) -> str:
    query = state.params.copy()
    for name in (*POSITION, "view", "col"):
        query.pop(name, None)
    return query.urlencode()


def rename_view(page: "ListPage", request: HttpRequest) -> HttpResponseRedirect:
    view = _own_view(page, request)
    view.name = request.POST.get("name", "").replace("\0", "").strip()
    try:
        view.full_clean()
    except ValidationError as error:
        messages.error(request, "视图没有改名：" + "；".join(error.messages))
        return HttpResponseRedirect(request.get_full_path())
    view.save(update_fields=["name"])
    messages.success(request, f"视图已改名为“{view.name}”。")
    return HttpResponseRedirect(request.path + view_link(view))


def delete_view(page: "ListPage", request: HttpRequest) -> HttpResponseRedirect:
    view = _own_view(page, request)
    view.delete()
    messages.success(request, f"已删除视图“{view.name}”。")
    return HttpResponseRedirect(request.path)


def _own_view(page: "ListPage", request: HttpRequest) -> SavedView:
    """The view the list is showing; only its owner may change it."""
    return get_object_or_404(SavedView, owner=request.user, page=page.key, pk=page.state.view)


def keep_columns(page: "ListPage", request: HttpRequest) -> HttpResponseRedirect:
    """Make the ticked columns the user's own default of this list; none ticked restores ours.

    While a saved view is shown they only change what is seen, until the view is saved again.
    """
    user: Any = request.user
    ticked = [name for name in page.column_names() if name in request.POST.getlist("col")]
    if page.state.view:
        return HttpResponseRedirect(request.path + page.state.link(col=ticked))
    columns = dict(user.preferences.get("columns", {}))
    if ticked:
        columns[page.key] = ticked
    else:
        columns.pop(page.key, None)
    user.preferences = {**user.preferences, "columns": columns}
    user.save(update_fields=["preferences"])
    return HttpResponseRedirect(request.path + page.state.link(drop=("col",)))
