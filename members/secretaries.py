"""Who is secretary of which organization on a day: the post, else the name that was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.dates import today
from members.models import LeadershipPost, PostKind, PostState, SecretarySource
from organizations.models import PartyOrganization


@dataclass(frozen=True)
class Secretary:
    """`source` is the channel in Chinese; unknown where only a name was reported."""

    name: str
    source: str = ""  # code of SecretarySource
    since: date | None = None

    @property
    def source_label(self) -> str:
        return SecretarySource(self.source).label if self.source else ""


class Secretaries:
    """The secretaries of a day, of all organizations or of some, in one query.

    A reported name stands in only where no post has ever been recorded.
    """

    def __init__(self, day: date, organizations: Iterable[int] | None = None) -> None:
        posts = LeadershipPost.objects.filter(kind=PostKind.SECRETARY, state=PostState.IN_FORCE)
        if organizations is not None:
            posts = posts.filter(organization__in=list(organizations))
        recorded = list(posts.select_related("person").order_by())
        self._recorded = {post.organization_id for post in recorded}
        self._held = {
            post.organization_id: Secretary(post.person.name, post.source, post.valid_from)
            for post in recorded
            if post.valid_from <= day and (post.valid_to is None or post.valid_to > day)
        }

    def knows(self, organization: PartyOrganization) -> bool:
        """Whether a post of secretary has ever been recorded."""
        return organization.pk in self._recorded

    def of(self, organization: PartyOrganization) -> Secretary | None:
        if self.knows(organization):
            return self._held.get(organization.pk)
        name = organization.secretary_name
        return Secretary(name) if name else None


def secretary_on(organization: PartyOrganization, day: date) -> LeadershipPost | None:
    posts = LeadershipPost.objects.as_of(day).filter(
        organization=organization, kind=PostKind.SECRETARY
    )
    found: LeadershipPost | None = posts.select_related("person", "organization").first()
    return found


def has_posts(organization: PartyOrganization) -> bool:
    """Whether the secretary follows from posts, so that no name is written by hand."""
    posts = LeadershipPost.objects.filter(organization=organization, kind=PostKind.SECRETARY)
    return posts.filter(state=PostState.IN_FORCE).exists()


def mirror_secretary(organization: PartyOrganization) -> None:
    """Copy today's secretary to the organization, where lists and sheets read the name."""
    if has_posts(organization):
        _copy(Secretaries(today(), [organization.pk]), [organization])


def mirror_all() -> None:
    """Let posts take effect that begin or end today; runs each night."""
    recorded = LeadershipPost.objects.filter(kind=PostKind.SECRETARY, state=PostState.IN_FORCE)
    organizations = PartyOrganization.objects.filter(pk__in=recorded.values("organization"))
    _copy(Secretaries(today()), organizations)


def _copy(secretaries: Secretaries, organizations: Iterable[PartyOrganization]) -> None:
    changed = []
    for organization in organizations:
        secretary = secretaries.of(organization)
        name = secretary.name if secretary else ""
        if name != organization.secretary_name:
            organization.secretary_name = name
            changed.append(organization)
    PartyOrganization.objects.bulk_update(changed, ["secretary_name"], batch_size=1000)


def names_on(day: date, organizations: Iterable[PartyOrganization]) -> dict[int, str]:
    """The secretaries' names of those that have posts recorded, empty where it stood vacant."""
    asked = list(organizations)
    secretaries = Secretaries(day, [one.pk for one in asked])
    found = {one.pk: secretaries.of(one) for one in asked if secretaries.knows(one)}
    return {pk: secretary.name if secretary else "" for pk, secretary in found.items()}
