"""Who is secretary, for an app that does not know of posts: the app above says so once it knows."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError

from organizations.models import PartyOrganization

# Gets a day and organizations; returns the secretary's name of those that have posts recorded,
# an empty one where the post stood vacant.
Finder = Callable[[date, Iterable[PartyOrganization]], Mapping[int, str]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Called from AppConfig.ready."""
    if finder not in _finders:
        _finders.append(finder)


def name_on(organization: PartyOrganization, day: date) -> str:
    """The secretary of that day by posts, else the reported name."""
    for finder in _finders:
        found = finder(day, [organization])
        if organization.pk in found:
            return found[organization.pk]
    return organization.secretary_name


def refuse_by_hand(organization: PartyOrganization, name: str, day: date) -> None:
    """A name that follows from posts is not written beside them."""
    if name != organization.secretary_name and any(
        organization.pk in finder(day, [organization]) for finder in _finders
    ):
        raise ValidationError({"secretary_name": "书记由班子任职得出，请在“班子”页办理变更书记。"})
