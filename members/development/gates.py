"""What a step must satisfy before it is recorded: every refusal is a sentence at its field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from members.development.editions import Edition
from members.development.progress import ROUND, Steps, earliest, latest
from members.models import DevelopmentStep, Outcome, StepRule
from members.standing import full_years
from organizations.rules import months_later, years_later

Fault = tuple[str, str]  # field and sentence
# Which outcomes a step may have; every other step has only passed.
OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    "vetting": (Outcome.PASSED, Outcome.FAILED),
    "preview": (Outcome.PASSED, Outcome.FAILED),
    "meeting": (Outcome.PASSED, Outcome.FAILED),
    "approval": (Outcome.PASSED, Outcome.FAILED),
    "discussion": (Outcome.PASSED, Outcome.EXTENDED, Outcome.CANCELLED, Outcome.FAILED),
}
TALKS = frozenset({"first_talk", "talk", "vetting", "preview"})  # somebody is named


@dataclass(frozen=True)
class Entry:
    """A step about to be recorded for somebody."""

    rule: StepRule
    step: DevelopmentStep
    before: Steps  # what is recorded of the case, without this step
    edition: Edition
    born_on: date | None
    helpers: Sequence[bool] = field(default_factory=tuple)  # whether each is a full member


def faults(entry: Entry) -> Iterator[Fault]:
    """Everything that is wrong, in the order in which a clerk would see it."""
    yield from _in_turn(entry)
    yield from _in_time(entry)
    yield from _age(entry)
    yield from _people(entry)
    yield from _votes(entry)
    yield from _training(entry)
    yield from _outcome(entry)


def _in_turn(entry: Entry) -> Iterator[Fault]:
    rule, step, before = entry.rule, entry.step, entry.before
    if before.done(rule.code) and not rule.every_months:
        yield "", f"“{rule.label}”已经登记，需要改动的请更正。"
        return
    for prior in entry.edition.steps:
        if prior.number >= rule.number:
            break
        if not prior.is_optional and before.done(prior.code) is None:
            yield "", f"请先登记第{prior.number}步“{prior.label}”。"
            return
    for one in before.all if not rule.every_months else ():
        other = entry.edition.by_code.get(one.code)
        if other is None or other.every_months or one not in before.of(one.code):
            continue
        if other.number < rule.number and one.done_on > step.done_on:
            yield "done_on", f"不能早于{_step(other)}的日期 {one.done_on}。"
            return
        if other.number > rule.number and one.done_on < step.done_on:
            yield "done_on", f"不能晚于{_step(other)}的日期 {one.done_on}。"
            return
    if first := _begun(entry):
        yield "done_on", f"不能早于“{first[0]}”的日期 {first[1]}。"


def _begun(entry: Entry) -> tuple[str, date] | None:
    """What a recurring step must follow and does not."""
    if not entry.rule.every_months:
        return None
    for one in entry.before.all:
        other = entry.edition.by_code.get(one.code)
        if other and other.number < entry.rule.number and one.done_on > entry.step.done_on:
            return other.label, one.done_on
    return None


def _in_time(entry: Entry) -> Iterator[Fault]:
    rule, step, before = entry.rule, entry.step, entry.before
    first = earliest(rule, before)
    if first and step.done_on < first:
        since = entry.edition.by_code[rule.since]
        yield (
            "done_on",
            f"{_step(rule)}应在{_step(since)}满{_months(rule, before)}个月以后，"
            f"不早于 {first}（{entry.edition.rules.name}）。",
        )
    last = latest(rule, before)
    if last and step.done_on > last and not step.excuse and step.occurrence == 1:
        yield "excuse", f"“{rule.label}”应不迟于 {last}，超过期限的请说明特殊情况。"


def _step(rule: StepRule) -> str:
    """With its number: two steps of an edition may have one name."""
    return f"第{rule.number}步“{rule.label}”"


def _months(rule: StepRule, before: Steps) -> int:
    return (rule.least_months or 0) + (before.extension if rule.code in ROUND else 0)


def _age(entry: Entry) -> Iterator[Fault]:
    if entry.rule.code != "application":
        return
    least = entry.edition.rules.least_age
    if entry.born_on is None:
        yield "born_on", "请先填写出生日期，才能核对申请入党的年龄。"
    elif entry.step.done_on < years_later(entry.born_on, least):
        age = full_years(entry.born_on, entry.step.done_on)
        yield "done_on", f"申请入党应年满{least}周岁，递交申请时为{age}周岁。"


def _people(entry: Entry) -> Iterator[Fault]:
    rule, count = entry.rule, len(entry.helpers)
    least, most = rule.least_people, rule.most_people
    if least is None and most is None:
        return
    wanted = f"{least}名" if least == most else f"{least or 0}至{most or '多'}名"
    if count < (least or 0) or (most is not None and count > most):
        yield "people", f"“{rule.label}”应为{wanted}正式党员，现为{count}名。"
    if not all(entry.helpers):
        yield "people", "培养联系人和入党介绍人应为在册的正式党员。"


def _votes(entry: Entry) -> Iterator[Fault]:
    step = entry.step
    if not entry.rule.has_vote:
        return
    for name, label in (
        ("entitled", "有表决权的正式党员"),
        ("voters", "参加表决"),
        ("ayes", "赞成"),
    ):
        if getattr(step, name) is None:
            yield name, f"请填写{label}的人数。"
            return
    entitled, voters, ayes = step.entitled or 0, step.voters or 0, step.ayes or 0
    if voters > entitled:
        yield "voters", f"参加表决 {voters} 人，多于有表决权的正式党员 {entitled} 人。"
    elif ayes + (step.noes or 0) > voters:
        yield "ayes", f"赞成票与反对票之和不能多于参加表决的 {voters} 人。"
    elif step.outcome != Outcome.FAILED and ayes * 2 <= entitled:
        yield (
            "ayes",
            f"赞成 {ayes} 票，未超过有表决权的正式党员 {entitled} 人的半数，结果应为“未通过”。",
        )
    elif step.outcome == Outcome.FAILED and ayes * 2 > entitled and step.code == "meeting":
        yield "outcome", f"赞成 {ayes} 票，已超过 {entitled} 人的半数，结果应为“通过”。"


def _training(entry: Entry) -> Iterator[Fault]:
    if entry.rule.code != "training":
        return
    rules, step = entry.edition.rules, entry.step
    enough = (step.days or 0) >= rules.training_days or (step.hours or 0) >= rules.training_hours
    if not enough and not step.excuse:
        yield (
            "days",
            f"集中培训不少于{rules.training_days.normalize():f}天或{rules.training_hours}个学时；"
            "个别特殊情况请说明。",
        )


def _outcome(entry: Entry) -> Iterator[Fault]:
    step, rules = entry.step, entry.edition.rules
    allowed = OUTCOMES.get(entry.rule.code, (Outcome.PASSED,))
    if step.outcome not in allowed:
        yield "outcome", f"“{entry.rule.label}”的结果不能是“{Outcome(step.outcome).label}”。"
    elif step.outcome == Outcome.EXTENDED:
        least, most = rules.least_extension, rules.most_extension
        if entry.before.extension:
            yield "outcome", "预备期只能延长一次。"
        elif not least <= (step.extension or 0) <= most:
            yield "extension", f"延长预备期不少于{least}个月、不超过{most}个月。"
    elif step.extension:
        yield "extension", "只有延长预备期才填写延长的月数。"


def remarks(entry: Entry, recommender: str, full: int = 0) -> Iterator[str]:
    """What local practice asks for and nothing forbids; `full` are the branch's full members."""
    rules, step = entry.edition.rules, entry.step
    if entry.rule.code == "activist" and entry.born_on and recommender != "youth_league":
        age = full_years(entry.born_on, step.done_on)
        if age <= rules.youth_age:
            yield f"{rules.youth_age}周岁以下的青年一般经共青团组织推优，请核对推荐方式。"
    end = entry.before.probation_until
    if entry.rule.code == "confirmation_request" and end and step.done_on < months_later(end, -1):
        yield f"转正申请一般在预备期满前一个月内提出，预备期满日期为 {end}，请核对日期。"
    if full and (step.entitled or 0) > full:
        told = f"有表决权的正式党员填写 {step.entitled} 人"
        yield f"{told}，多于支部当日的正式党员 {full} 人，请核对。"
    if entry.rule.special_months:
        last = latest(entry.rule, entry.before, special=True)
        if last and step.done_on > last:
            yield f"特殊情况也应不迟于 {last}，已列为超期。"
