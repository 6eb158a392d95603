"""What branches did beside their meetings (I26) and what came of suggestions (I16), on a day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, Sum

from activities.models import Activity, MemberPost, MemberPostKind, Suggestion, SuggestionAnswer
from core.rates import Rate
from organizations.tree import path_as_of
from reports.units import Unit

KEY, LABEL, VERSION = "suggestions_adopted", "合理化建议采纳率", 1
BASIS = "本年至当日提出的建议中当日以前已采纳的 ÷ 本年至当日提出的建议"
VOLUNTEERING = "volunteering"
VOLUMES = (
    "岗位为当日在岗的，几名党员共同负责的同一岗位计一个；"
    "志愿服务为本年至当日已提交的会议和活动记录，人次为实到人数"
)


@dataclass
class Volume:
    """`posts` by kind, each name of a branch once; `holders` are members at any of them."""

    posts: Counter[str] = field(default_factory=Counter)
    holders: int = 0
    services: int = 0
    volunteers: int = 0
    made: int = 0
    adopted: int = 0

    @property
    def adoption(self) -> Rate:
        return Rate(self.adopted, self.made)

    @property
    def by_kind(self) -> list[int]:
        """In the order of the kinds."""
        return [self.posts[kind] for kind in MemberPostKind.values]

    @property
    def is_nothing(self) -> bool:
        return not (self.holders or self.services or self.made)

    def add(self, other: "Volume") -> None:
        self.posts += other.posts
        self.holders += other.holders
        self.services += other.services
        self.volunteers += other.volunteers
        self.made += other.made
        self.adopted += other.adopted


@dataclass(frozen=True)
class Volumes:
    """Of the organizations that have anything to show, and where each stood on that day."""

    day: date
    each: Mapping[int, Volume]
    paths: Mapping[int, str]

    def of(self, unit: Unit) -> Volume:
        """An organization that has no place on that day any more is in no unit."""
        whole = Volume()
        for pk, volume in self.each.items():
            if self.paths.get(pk, "").startswith(unit.path):
                whole.add(volume)
        return whole


def volumes_on(day: date) -> Volumes:
    """Of all organizations, in a constant number of statements."""
    each: dict[int, Volume] = {}

    def at(organization: int) -> Volume:
        return each.setdefault(organization, Volume())

    posts = MemberPost.objects.as_of(day).order_by()
    kinds = posts.values("organization", "kind").annotate(n=Count("name", distinct=True))
    for organization, kind, number in kinds.values_list("organization", "kind", "n"):
        at(organization).posts[kind] = number
    people = posts.values("organization").annotate(n=Count("person", distinct=True))
    for organization, number in people.values_list("organization", "n"):
        at(organization).holders = number
    for organization, services, volunteers in _services(day):
        volume = at(organization)
        volume.services, volume.volunteers = services, volunteers
    for organization, made, adopted in _suggestions(day):
        volume = at(organization)
        volume.made, volume.adopted = made, adopted
    return Volumes(day, each, path_as_of(day))


def _services(day: date) -> list[tuple[int, int, int]]:
    held = Activity.objects.counted().held_between(day.replace(month=1, day=1), day)
    held = held.filter(kinds__key=VOLUNTEERING, recorded_on__lte=day).order_by()
    counted = held.values("organization").annotate(n=Count("pk"), people=Sum("came"))
    return list(counted.values_list("organization", "n", "people"))


def _suggestions(day: date) -> list[tuple[int, int, int]]:
    made = Suggestion.objects.filter(made_on__gte=day.replace(month=1, day=1), made_on__lte=day)
    adopted = Q(answer=SuggestionAnswer.ADOPTED, answered_on__lte=day)
    counted = made.order_by().values("organization")
    counted = counted.annotate(n=Count("pk"), adopted=Count("pk", filter=adopted))
    return list(counted.values_list("organization", "n", "adopted"))
