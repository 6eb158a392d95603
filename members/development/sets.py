"""A new edition of the rules: entered by an administrator with its document, from its day on."""

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.refusals import clean_at
from members.development import cases
from members.models import DevelopmentRules, StepRule
from members.services.persons import Actor

# Steps on which stages, votes and the register hang: every edition has them, in this order.
TURNING = (
    "application",
    "activist",
    "candidate",
    "meeting",
    "approval",
    "discussion",
    "confirmation",
)
HELPED = ("contacts", "sponsors")
CHARTER = (6, 12)  # months of an extension, by the charter; the database holds to it
AT = {
    "members_rules_once": "valid_from",
    "members_developmentrules_in_order": "valid_from",
    "members_rules_extension": "most_extension",
}


@transaction.atomic
def enter_edition(
    *, actor: Actor, rules: DevelopmentRules, steps: Sequence[StepRule], reason: str = ""
) -> DevelopmentRules:
    """Add an edition: the one before ends on its first day, open cases follow it from today on."""
    before = DevelopmentRules.objects.select_for_update().order_by("-valid_from").first()
    if before is not None:
        if rules.valid_from <= before.valid_from:
            raise ValidationError({"valid_from": f"应晚于现行规定的施行日期 {before.valid_from}。"})
        before.valid_to = rules.valid_from
        before.save(update_fields=["valid_to"])
    if problems := list(faults(rules, steps)):
        raise ValidationError({problems[0][0]: [sentence for _, sentence in problems]})
    clean_at(rules, AT)
    rules.save()
    for step in steps:
        step.rules = rules
        step.full_clean(validate_constraints=False)
    StepRule.objects.bulk_create(steps)
    cases.refresh_all()
    audit.record(
        actor=actor,
        verb="development.rules",
        target=rules,
        after=_told(rules, steps),
        reason=reason,
    )
    return rules


def faults(rules: DevelopmentRules, steps: Sequence[StepRule]) -> Iterator[tuple[str, str]]:
    """What is wrong with an edition as a whole."""
    least, most = CHARTER
    if not least <= rules.least_extension <= rules.most_extension <= most:
        yield "most_extension", "党章规定延长预备期不少于半年、不超过一年。"
    numbers = {step.code: step.number for step in steps}
    if len({step.number for step in steps}) < len(steps):
        yield "__all__", "步骤的序号不能重复。"
    if len(numbers) < len(steps):
        yield "__all__", "步骤的标识不能重复。"
    for code in TURNING:
        if code not in numbers:
            yield "__all__", f"不能没有标识为“{code}”的步骤，发展阶段由它得出。"
            return
    if [numbers[code] for code in TURNING] != sorted(numbers[code] for code in TURNING):
        yield "__all__", f"标识为{'、'.join(TURNING)}的步骤应依次先后。"
    for step in steps:
        yield from _faults_of(step, numbers)


def _faults_of(step: StepRule, numbers: dict[str, int]) -> Iterator[tuple[str, str]]:
    name = f"第{step.number}步“{step.label}”"
    limits = (step.least_months, step.most_months, step.special_months)
    if any(limit is not None for limit in limits) and not step.since:
        yield "__all__", f"{name}填写了期限，请选择起算步骤。"
    if step.since and numbers.get(step.since, step.number) >= step.number:
        yield "__all__", f"{name}的起算步骤应在它前面。"
    ordered = [limit for limit in limits if limit is not None]
    if ordered != sorted(ordered):
        yield "__all__", f"{name}的期限应依次不减：不早于、不迟于、特殊情况不迟于。"
    if step.least_people is not None and step.code not in HELPED:
        yield "__all__", f"{name}不登记联系人或介绍人，人数应留空。"
    if step.most_people is not None and (step.least_people or 0) > step.most_people:
        yield "__all__", f"{name}的人数下限不能高于上限。"


def copy_of(step: StepRule) -> StepRule:
    """The step as a first draft of the next edition."""
    fields = [field.name for field in StepRule._meta.fields if field.name not in ("id", "rules")]
    return StepRule(**{name: getattr(step, name) for name in fields})


def _told(rules: DevelopmentRules, steps: Sequence[StepRule]) -> dict[str, object]:
    return {
        "name": rules.name,
        "document": rules.document,
        "valid_from": rules.valid_from,
        "steps": len(steps),
    }
