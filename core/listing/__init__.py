"""List pages: declare rows, table and filters; get search, views, columns, bulk actions, export."""

from core.listing.bulk import BulkAction, BulkRequest, ReasonForm
from core.listing.columns import (
    CodeColumn,
    DayColumn,
    ListTable,
    MomentColumn,
    NameColumn,
    NumberColumn,
    PersonalColumn,
    StateColumn,
)
from core.listing.filters import DayRangeFilter, ListFilters, NumberRangeFilter, YesNoFilter
from core.listing.page import ListPage
from core.listing.tabs import SystemView

__all__ = [
    "BulkAction",
    "BulkRequest",
    "CodeColumn",
    "DayColumn",
    "DayRangeFilter",
    "ListFilters",
    "ListPage",
    "ListTable",
    "MomentColumn",
    "NameColumn",
    "NumberColumn",
    "NumberRangeFilter",
    "PersonalColumn",
    "ReasonForm",
    "StateColumn",
    "SystemView",
    "YesNoFilter",
]
