"""What hangs in the page of a member: tabs of this app and of the apps above, by registry."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from members.models import PartyMember


@dataclass(frozen=True)
class MemberTab:
    """`provide` gets the reader and the member and gives the context of `template`."""

    key: str
    label: str
    template: str
    provide: Callable[[Any, PartyMember], dict[str, Any]]
    permission: str = "members.view"
    order: int = 50


_tabs: dict[str, MemberTab] = {}


def register_tab(tab: MemberTab) -> None:
    """Called from AppConfig.ready."""
    _tabs[tab.key] = tab


def tabs_for(user: Any) -> list[MemberTab]:
    """The tabs that the user may open, in their order."""
    allowed = (tab for tab in _tabs.values() if user.has_perm(tab.permission))
    return sorted(allowed, key=lambda tab: (tab.order, tab.key))
