"""Who is told of what: users by the organization at which they hold a post.

`accounts` says who they are; here only their places in the tree are known.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from organizations.models import PartyOrganization
from organizations.scoping import Reach
from organizations.tree import SEGMENT

# Gets a permission; returns the users who have it by a post of today, by organization.
Finder = Callable[[str], Mapping[int, Sequence[Any]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Called from AppConfig.ready of the app that keeps the users."""
    if finder not in _finders:
        _finders.append(finder)


def holders(permission: str) -> dict[int, list[Any]]:
    """The users in post with that permission, by organization; as many queries as finders."""
    found: dict[int, list[Any]] = {}
    for finder in _finders:
        for organization, users in finder(permission).items():
            found.setdefault(organization, []).extend(users)
    return found


def nearest(found: Mapping[int, list[Any]], path: str) -> list[Any]:
    """The users at the organization of a path, or else at the nearest one above it."""
    for end in range(len(path), 0, -SEGMENT):
        if users := found.get(int(path[end - SEGMENT : end], 36)):
            return users
    return []


def superior_path(path: str) -> str:
    """Where the organization above stands; the topmost one answers for itself."""
    return path[:-SEGMENT] or path


def superior_of(organization: PartyOrganization) -> PartyOrganization | None:
    """The committee that approves for the organization; it is named, not opened."""
    return PartyOrganization.objects.filter(path=superior_path(organization.path)).first()


def own_paths(user: Any) -> tuple[str, ...]:
    """Where the user holds posts: what comes back there comes back to the user."""
    return (*user.scope.subtrees, *user.scope.posts_of(Reach.OWN_BRANCH))
