"""Where a case stands, from its dated steps and the rules of the day; no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from members.development.editions import Edition, Editions
from members.models import DevelopmentStep, Outcome, Stage, StepRule
from members.standing import probation_end
from organizations.rules import months_later

# The second round of an extended probation: what was done for the first does not count again.
ROUND = frozenset({"confirmation_request", "discussion", "confirmation"})
RECURRING_UNTIL = {"review": "candidate", "probation": "discussion"}
_STAGES = (
    ("activist", Stage.ACTIVIST),
    ("candidate", Stage.CANDIDATE),
    ("approval", Stage.PROBATIONARY),
)


@dataclass(frozen=True)
class Due:
    """What is to be done on or before a day."""

    rule: StepRule
    by: date


@dataclass(frozen=True)
class Progress:
    """`step` comes next, not before `earliest`; `due` is the first thing with a last day."""

    stage: Stage
    last: DevelopmentStep | None
    step: StepRule | None
    earliest: date | None
    due: Due | None
    accepted_on: date | None
    confirmed_on: date | None
    extension: int  # months


class Steps:
    """The steps of one case, without those that an extension has made past."""

    def __init__(self, steps: Iterable[DevelopmentStep]) -> None:
        self.all = sorted(steps, key=lambda step: (step.done_on, step.occurrence))
        extended = next((one for one in self.all if one.outcome == Outcome.EXTENDED), None)
        self.cut = extended and next(
            (
                one
                for one in self.all
                if one.code == "confirmation" and one.done_on >= extended.done_on
            ),
            None,
        )
        self.extension = (extended.extension or 0) if extended and self.cut else 0

    def of(self, code: str) -> list[DevelopmentStep]:
        """All steps of that code in the present round, the oldest first."""
        return [
            one
            for one in self.all
            if one.code == code
            and not (self.cut and code in ROUND and one.done_on <= self.cut.done_on)
        ]

    def done(self, code: str) -> DevelopmentStep | None:
        """The latest of that code that did not fail."""
        return next((one for one in reversed(self.of(code)) if one.outcome != Outcome.FAILED), None)

    @property
    def accepted_on(self) -> date | None:
        """The day of the branch meeting, once the committee has approved of it."""
        meeting = self.done("meeting")
        return meeting.done_on if meeting and self.done("approval") else None

    @property
    def probation_until(self) -> date | None:
        """The first day on which the branch may discuss confirmation."""
        meeting = self.done("meeting")
        return probation_end(meeting.done_on, self.extension) if meeting else None

    @property
    def confirmed_on(self) -> date | None:
        discussion = self.done("discussion")
        passed = discussion is not None and discussion.outcome == Outcome.PASSED
        return self.probation_until if passed and self.done("confirmation") else None


def stage_of(steps: Steps) -> Stage:
    """Where the person stands after the last dated step."""
    if steps.confirmed_on:
        return Stage.FULL
    reached = [stage for code, stage in _STAGES if steps.done(code)]
    return reached[-1] if reached else Stage.APPLICANT


def base_of(rule: StepRule, steps: Steps) -> date | None:
    """The day from which the months of a step are counted."""
    found = steps.done(rule.since) if rule.since else None
    return found.done_on if found else None


def earliest(rule: StepRule, steps: Steps) -> date | None:
    """The first day on which the step may be done, by its own limit."""
    base = base_of(rule, steps)
    if base is None or rule.least_months is None:
        return None
    extra = steps.extension if rule.code in ROUND else 0
    return months_later(base, rule.least_months + extra)


def latest(rule: StepRule, steps: Steps, *, special: bool = False) -> date | None:
    """The last day for the step; that of a special case if asked for."""
    base = base_of(rule, steps)
    months = (rule.special_months if special else None) or rule.most_months
    if base is None or months is None:
        return None
    extra = steps.extension if rule.code in ROUND and rule.since == "meeting" else 0
    return months_later(base, months + extra)


def recurs_by(rule: StepRule, steps: Steps) -> date | None:
    """When a recurring step falls due again; None once it is over or has not begun."""
    begun = {"review": "activist", "probation": "approval"}.get(rule.code, rule.since)
    until = RECURRING_UNTIL.get(rule.code)
    start = steps.done(begun) if begun else None
    if rule.every_months is None or start is None or (until and steps.done(until)):
        return None
    counted = steps.of(rule.code)
    base = counted[-1].done_on if counted else base_of(rule, steps) or start.done_on
    return months_later(base, rule.every_months)


def progress(found: Sequence[DevelopmentStep], edition: Edition) -> Progress:
    """Where a case stands by the edition that holds today."""
    steps = Steps(found)
    step = next(
        (one for one in edition.steps if not one.is_optional and not steps.done(one.code)), None
    )
    dues = [
        Due(rule, by)
        for rule in edition.steps
        if rule.every_months and (by := recurs_by(rule, steps)) is not None
    ]
    if step and (by := latest(step, steps)):
        dues.append(Due(step, by))
    return Progress(
        stage=stage_of(steps),
        last=steps.all[-1] if steps.all else None,
        step=step,
        earliest=earliest(step, steps) if step else None,
        due=min(dues, key=lambda due: due.by, default=None),
        accepted_on=steps.accepted_on,
        confirmed_on=steps.confirmed_on,
        extension=steps.extension,
    )


def broken(found: Sequence[DevelopmentStep], editions: Editions, day: date) -> list[str]:
    """What was done late or is late today, each as a sentence."""
    steps, sentences = Steps(found), []
    for one in steps.all:
        rule = editions.on(one.done_on).by_code.get(one.code)
        by = rule and latest(rule, steps)
        if rule and by and one.occurrence == 1 and one.done_on > by:
            sentences.append(f"{rule.label}应不迟于 {by}，实际为 {one.done_on}。")
    due = progress(found, editions.on(day)).due
    if due and due.by < day:
        sentences.append(f"{due.rule.label}应不迟于 {due.by}，已超期 {(day - due.by).days} 天。")
    return sentences


def missing_papers(found: Sequence[DevelopmentStep], editions: Editions) -> list[tuple[str, str]]:
    """Papers that the steps done should have left and that nobody has put on file."""
    return [
        (rule.label, paper)
        for one in Steps(found).all
        if (rule := editions.on(one.done_on).by_code.get(one.code))
        for paper in rule.papers
        if paper not in one.papers
    ]
