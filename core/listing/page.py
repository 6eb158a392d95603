"""The list page itself: narrow the rows, draw one page of them, answer the posts of its tools."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import render
from django.views import View

from core.dates import today
from core.listing import bulk, export, tabs
from core.listing.filters import Chip, chips, parameter_names
from core.listing.pager import pager_links
from core.listing.paging import Page, capped_count, paginate
from core.listing.state import ListState
from core.listing.table import build_table, headers, order_of, rows
from core.listing.tabs import SystemView
from core.search import Found

Rows = QuerySet[Any]


class ListPage(View):
    """Subclasses declare; `get_queryset` must return what the user may see and nothing else."""

    key: ClassVar[str]
    title: ClassVar[str]
    permission: ClassVar[str]
    table_class: ClassVar[type[tables.Table]]
    filterset_class: ClassVar[type[django_filters.FilterSet] | None] = None
    search_placeholder: ClassVar[str] = ""  # without one there is no search box
    main_filters: ClassVar[Sequence[str]] = ()  # the rest goes under 更多条件
    default_columns: ClassVar[Sequence[str]] = ()  # without any all are shown
    default_sort: ClassVar[str] = ""
    keyset_sorts: ClassVar[Sequence[str]] = ()  # columns, never null, with an index (column, pk)
    system_views: ClassVar[Sequence[SystemView]] = ()
    bulk_actions: ClassVar[Sequence[bulk.BulkAction]] = ()
    export_name: ClassVar[str] = ""  # without a name there is no export
    export_permission: ClassVar[str] = "reports.export"
    export_asks_purpose: ClassVar[bool] = False  # and the password; personal columns ask anyway
    empty_text: ClassVar[str] = "还没有记录。"
    tells_day: ClassVar[bool] = False  # rows that time alone changes: the page says of which day
    crumbs: ClassVar[Sequence[tuple[str, str]]] = ()
    template_name = "generic/list.html"

    def get_queryset(self) -> Rows:
        """The rows within the user's scope, with what the table's cells need."""
        raise NotImplementedError

    def search(self, queryset: Rows, text: str) -> Rows:
        """Every row that a search text finds; lists with a search box say how."""
        raise NotImplementedError

    def look_up(self, queryset: Rows, text: str) -> Found:
        """What the page itself offers of them; a large register may offer a part."""
        return Found(self.search(queryset, text))

    def as_of_line(self) -> str:
        """The grey line beside the title: as of which day, under which definition."""
        return f"数据截至 {today()}" if self.tells_day else ""

    def actions(self) -> list[dict[str, str]]:
        """Buttons at the title: label, url, and optionally icon, css, hotkey."""
        return []

    # Serving ---------------------------------------------------------------------------------
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission and not self.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("part") == "tabs":
            return render(request, "generic/_tabs.html", self.tabs_context(counted=True))
        return render(request, self._template(), self.context())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tools: dict[str, Callable[[ListPage, HttpRequest], HttpResponseBase]] = {
            "bulk": bulk.respond,
            "export": export.respond,
            "columns": tabs.keep_columns,
            "view_save": tabs.save_view,
            "view_rename": tabs.rename_view,
            "view_delete": tabs.delete_view,
        }
        tool = tools.get(request.POST.get("do", ""))
        return tool(self, request) if tool else HttpResponseBadRequest()

    def _template(self) -> str:
        """Only the part that a script wants to replace, else the whole page."""
        part = self.request.headers.get("HX-Target") if "HX-Request" in self.request.headers else ""
        parts = {"list-results": "generic/_results.html", "list": "generic/_list.html"}
        return parts.get(part or "", self.template_name)

    # Narrowing -------------------------------------------------------------------------------
    @property
    def user(self) -> Any:
        return self.request.user

    @cached_property
    def state(self) -> ListState:
        return ListState.parse(self.request.GET)

    def filterset(self, params: QueryDict, queryset: Rows) -> django_filters.FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(data=params, queryset=queryset, request=self.request)

    def narrowed(self, params: QueryDict) -> Rows:
        """The rows that a query string leaves, for tools and figures."""
        queryset, text = self._filtered(params), ListState.parse(params).text
        return self.search(queryset, text) if text and self.search_placeholder else queryset

    def offered(self, params: QueryDict) -> Found:
        """The rows that the page offers of them."""
        queryset, text = self._filtered(params), ListState.parse(params).text
        return self.look_up(queryset, text) if text and self.search_placeholder else Found(queryset)

    def _filtered(self, params: QueryDict) -> Rows:
        """The rows that the filters leave; a broken condition leaves none."""
        queryset = self.get_queryset()
        filterset = self.filterset(params, queryset)
        if filterset is not None:
            queryset = filterset.qs if filterset.is_valid() else queryset.none()
        return queryset

    def column_names(self) -> list[str]:
        """All columns that a reader may choose, in the table's order."""
        return [column.name for column in self._whole_table.columns]

    @cached_property
    def _whole_table(self) -> tables.Table:
        model = self.get_queryset().model
        return build_table(self.table_class, model, list(self.table_class.base_columns), "")

    def shown_columns(self) -> list[str]:
        """The chosen columns: of the address, else of the user, else of the page, else all."""
        own = self.user.preferences.get("columns", {}).get(self.key, ())
        wanted = self.state.columns or own or self.default_columns
        names = self.column_names()
        return [name for name in names if name in wanted] or names

    def table(self) -> tables.Table:
        model = self.get_queryset().model
        sorts = {f"{sign}{name}" for name in self.table_class.base_columns for sign in ("", "-")}
        sort = self.state.sort if self.state.sort in sorts else self.default_sort
        return build_table(self.table_class, model, self.shown_columns(), sort)

    # Drawing ---------------------------------------------------------------------------------
    def context(self) -> dict[str, Any]:
        state, table = self.state, self.table()
        filterset = self.filterset(self.request.GET, self.get_queryset())
        form = filterset.form if filterset is not None else None
        offered = self.offered(self.request.GET)
        page = paginate(
            offered.rows,
            order_of(table, () if offered.is_cut else self.keyset_sorts),
            per=state.per,
            number=state.number,
            after=state.after,
            before=state.before,
            is_cut=offered.is_cut,
        )
        active = chips(state, form)
        return {
            "page": self,
            "state": state,
            "found": page,
            "pager": pager_links(state, page),
            "headers": headers(table, state),
            "rows": rows(table, page.rows),
            "chips": active,
            "culprits": self.culprits(page, active),
            "columns": self._chooser(),
            "can_export": bool(self.export_name) and self.user.has_perm(self.export_permission),
            "bulk_actions": [a for a in self.bulk_actions if self.user.has_perm(a.permission)],
            **self._form_context(form, active),
            **self.tabs_context(counted=False),
        }

    def tabs_context(self, *, counted: bool) -> dict[str, Any]:
        """Tabs of views; counts come in a second request: the page need not wait for them."""
        views = list(tabs.saved_views(self.user, self.key))
        own = next(
            (v for v in views if v.pk == self.state.view and v.owner_id == self.user.pk), None
        )
        return {
            "state": self.state,
            "counted": counted,
            "system_tabs": tabs.system_tabs(
                self.system_views, self.state, self.narrowed if counted else None
            ),
            "saved_tabs": tabs.saved_tabs(views, self.state),
            "own_view": own,
            "may_share": bool(self.user.scope.subtrees),
        }

    def _form_context(self, form: forms.BaseForm | None, active: Sequence[Chip]) -> dict[str, Any]:
        fields = list(form.visible_fields()) if form is not None else []
        names = self.main_filters or [field.name for field in fields[:3]]
        further = [field for field in fields if field.name not in names]
        used = {name for chip in active for name in chip.drop}
        return {
            "filter_form": form,
            "main_fields": [form[name] for name in names] if form is not None else [],
            "further_fields": further,
            "further_open": any(
                field.errors or used.intersection(parameter_names(field.name, field.field))
                for field in further
            ),
        }

    def _chooser(self) -> list[tuple[str, str, bool]]:
        shown = self.shown_columns()
        return [
            (column.name, str(column.header), column.name in shown)
            for column in self._whole_table.columns
        ]

    def culprits(self, page: Page, active: Sequence[Chip]) -> list[tuple[Chip, str]]:
        """For an empty result: the conditions whose removal brings rows back, and how many."""
        if page.total:
            return []
        found = []
        for chip in active:
            params = self.request.GET.copy()
            for name in chip.drop:
                params.pop(name, None)
            number, capped = capped_count(self.narrowed(params))
            if number:
                found.append((chip, f"{number:,}{'+' if capped else ''}"))
        return found
