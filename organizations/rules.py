"""What the rules of the party demand of a leading body and its elections; numbers are passed in.

Nothing here blocks: a demand that is not met is a warning with the document it comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from organizations.models.organization import OrganizationKind, OrganizationNature

BRANCHES = frozenset({OrganizationKind.BRANCH, OrganizationKind.JOINT_BRANCH})
ELECTING = BRANCHES | {OrganizationKind.GENERAL_BRANCH, OrganizationKind.COMMITTEE}
APPOINTED = frozenset({OrganizationNature.TEMPORARY, OrganizationNature.FUNCTIONAL})

BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
ELECTION_RULES = "《中国共产党基层组织选举工作条例》"
TERM_OPINION = "《关于党的基层组织任期的意见》"
KIND_RULES = "基层党组织设置规定"
SURPLUS = 20  # percent more candidates than seats


@dataclass(frozen=True)
class BodyRules:
    """The numbers of one day; `reminders` are days before expiry, the earliest first."""

    branch_years: int
    committee_years: int
    on_time_days: int
    shift_months: int
    reminders: tuple[int, ...]
    committee_from: int
    committee_least: int
    committee_most: int
    branch_least: int
    branch_most: int
    general_branch_from: int
    committee_kind_from: int


@dataclass(frozen=True)
class Body:
    """A leading body on a day; numbers of members are None where nobody has reported any."""

    kind: str
    nature: str
    full_members: int | None
    members: int | None
    secretaries: int
    deputies: int
    seats: int  # everybody in the body, each once
    has_term: bool
    days_left: int | None  # until the body must be elected anew
    failed: tuple[str, ...] = ()  # post and name of who did not pass the political review


@dataclass(frozen=True)
class Demand:
    """A rule that is not met, in words, with its source."""

    key: str
    sentence: str
    source: str


def must_elect(kind: str, nature: str) -> bool:
    """Whether the body is elected for a term; temporary and functional ones are appointed."""
    return kind in ELECTING and nature not in APPOINTED


def term_years(kind: str, rules: BodyRules) -> int:
    return rules.committee_years if kind == OrganizationKind.COMMITTEE else rules.branch_years


def years_later(day: date, years: int) -> date:
    """The same day of a later year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_later(day: date, months: int) -> date:
    """The same day of a later (or earlier) month, its last day where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


class Timing(StrEnum):
    """When a body was elected against when it had to be."""

    EARLY = "提前"
    ON_TIME = "按期"
    LATE = "延期"


def timing(elected_on: date, due_from: date | None, due_on: date | None) -> Timing:
    """A first body is always on time."""
    if due_on is None or due_from is None:
        return Timing.ON_TIME
    if elected_on > due_on:
        return Timing.LATE
    return Timing.EARLY if elected_on < due_from else Timing.ON_TIME


def shifts_too_far(elected_on: date, due_on: date, rules: BodyRules) -> bool:
    """Further than the rules normally allow, in either direction."""
    earliest = months_later(due_on, -rules.shift_months)
    return not earliest <= elected_on <= months_later(due_on, rules.shift_months)


def reminder(days_left: int, rules: BodyRules) -> int | None:
    """The latest reminder whose day has come: days before expiry, 0 once overdue."""
    if days_left < 0:
        return 0
    return min((days for days in rules.reminders if days_left <= days), default=None)


def demands(body: Body, rules: BodyRules) -> list[Demand]:
    """What the rules ask of the body and it does not meet."""
    return [
        *_of_reviews(body),
        *_of_members(body, rules),
        *_of_posts(body, rules),
        *_of_terms(body),
    ]


def _of_reviews(body: Body) -> Iterator[Demand]:
    if body.failed:
        yield failed_review("、".join(body.failed))


def failed_review(who: str) -> Demand:
    return Demand(
        "review",
        f"{who}的政治审查结论为不合格，请核实；不宜任职的，及时调整。",
        f"{BRANCH_RULES}第六章：党支部书记应当具备良好政治素质",
    )


def _of_members(body: Body, rules: BodyRules) -> Iterator[Demand]:
    full = body.full_members
    if full is None:
        return
    if body.kind == OrganizationKind.BRANCH and full < rules.branch_least:
        yield Demand(
            "branch_least",
            f"正式党员{full}人，不足{rules.branch_least}人，不具备单独成立党支部的条件。",
            f"{BRANCH_RULES}第二章",
        )
    if body.kind in BRANCHES and (body.members or full) > rules.branch_most:
        yield Demand(
            "branch_most",
            f"党员{body.members or full}人，超过{rules.branch_most}人，可研究分设或改设党总支。",
            f"{BRANCH_RULES}第二章",
        )
    least = {
        OrganizationKind.GENERAL_BRANCH.value: rules.general_branch_from,
        OrganizationKind.COMMITTEE.value: rules.committee_kind_from,
    }.get(body.kind)
    if least and full < least:
        label = OrganizationKind(body.kind).label
        yield Demand(
            "kind_least",
            f"正式党员{full}人，不足{least}人，设立{label}须有上级批准。",
            f"{KIND_RULES}：{label}一般应有正式党员{least}人以上",
        )


def _of_posts(body: Body, rules: BodyRules) -> Iterator[Demand]:
    if body.nature in APPOINTED:
        return
    if not body.secretaries:
        yield Demand("secretary", "没有登记在任的书记。", f"{BRANCH_RULES}第六章")
    if body.kind not in BRANCHES or body.full_members is None:
        return
    if body.full_members < rules.committee_from:
        if body.seats > body.secretaries + body.deputies:
            yield Demand(
                "no_committee",
                f"正式党员不足{rules.committee_from}人，只设书记1人，必要时设副书记1人，不设支部委员会。",
                f"{BRANCH_RULES}第六章",
            )
    elif body.seats < rules.committee_least:
        yield Demand(
            "committee",
            f"正式党员{body.full_members}人，应设支部委员会，委员{rules.committee_least}至5人，"
            f"现有{body.seats}人。",
            f"{BRANCH_RULES}第六章",
        )
    if body.seats > rules.committee_most:
        yield Demand(
            "committee_most",
            f"班子{body.seats}人，一般不超过{rules.committee_most}人。",
            f"{BRANCH_RULES}第六章",
        )
    if body.deputies > 1:
        yield Demand("deputies", f"副书记{body.deputies}人，一般设1人。", f"{BRANCH_RULES}第六章")


def _of_terms(body: Body) -> Iterator[Demand]:
    if not must_elect(body.kind, body.nature):
        return
    if not body.has_term:
        yield Demand("term", "没有登记本届任期，无法提醒换届。", TERM_OPINION)
    elif body.days_left is not None and body.days_left < 0:
        yield Demand(
            "overdue",
            f"任期已届满{-body.days_left}天，应当换届；延期须有上级批准文号。",
            f"{ELECTION_RULES}第三条",
        )


def quorum_is_met(entitled: int, present: int) -> bool:
    """An election needs four fifths of those entitled to vote."""
    return present * 5 >= entitled * 4


def surplus_is_met(candidates: int, seats: int) -> bool:
    """Committee members are elected with at least a fifth more candidates than seats."""
    return candidates * 100 >= seats * (100 + SURPLUS)
