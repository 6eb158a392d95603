"""People on the way into the party as a sheet: a new row opens a case, dates record its steps."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from import_export import fields

from core.columns import Column, Format, Vocabulary
from members.development import cases, editions
from members.development.approving import RECORD, may_record
from members.development.cases import Application
from members.development.standard import STEPS
from members.development.steps import record_step
from members.models import DevelopmentCase, PartyMember, Person, Stage
from organizations.models import PartyOrganization
from organizations.sheets import (
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    WholeWidget,
    WordsWidget,
    register,
)

VOTES = ("entitled", "voters", "ayes")
_WORDS = ("有表决权", "参加表决", "赞成")
VOTED = {"meeting": "接收", "discussion": "转正"}
PEOPLE = {"contacts": "contact_names", "sponsors": "sponsor_names"}
COLUMNS = Vocabulary(
    Column("党组织代码", "organization", width=18, required=True, format=Format.CODE),
    Column("姓名", "name", width=10, required=True),
    Column("出生日期", "born_on", width=12, format=Format.DAY, synonyms=("出生年月",)),
    Column("推荐方式", "recommender", width=12),
    Column("培养联系人", "contact_names", width=16, help="本支部正式党员，用顿号隔开"),
    Column("入党介绍人", "sponsor_names", width=16, help="本支部正式党员，用顿号隔开"),
    Column("培训天数", "training_days", width=8),
    *(
        Column(f"{act}{word}人数", f"{code}_{name}", width=10)
        for code, act in VOTED.items()
        for name, word in zip(VOTES, _WORDS, strict=True)
    ),
    *(
        Column(f"{number}.{step['label']}", step["code"], width=12, format=Format.DAY)
        for number, step in enumerate(STEPS, 1)
    ),
)
CODES = tuple(step["code"] for step in STEPS)
GIVEN = (*PEOPLE.values(), "training_days", *(f"{c}_{n}" for c in VOTED for n in VOTES))


class GivenField(fields.Field):  # type: ignore[misc]
    """What a cell says beside the case; an empty cell says nothing."""

    def get_value(self, instance: Any, **kwargs: Any) -> Any:
        return getattr(instance, "given", {}).get(self.column_name)

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        if self.column_name in row and (value := self.clean(row)):
            instance.given = {**getattr(instance, "given", {}), self.column_name: value}


class StepField(GivenField):
    """The first day on which a step was done."""

    def get_value(self, instance: Any, **kwargs: Any) -> Any:
        if found := super().get_value(instance):
            return found
        steps = instance.steps.all() if instance.pk else ()
        return next((one.done_on for one in steps if one.code == self.column_name), None)


class CaseResource(SheetResource):
    """Steps pass the same gates as on their page; what is recorded already stays as it is."""

    vocabulary = COLUMNS
    identity: ClassVar[tuple[str, ...]] = ("organization", "name")
    organization = fields.Field("organization", "organization")
    name = fields.Field("person__name", "name", TextWidget(), readonly=True)
    born_on = fields.Field("person__born_on", "born_on", DayWidget(), readonly=True)
    recommender = fields.Field(
        "recommender", "recommender", ChoiceWidget(DevelopmentCase.Recommender.choices)
    )

    class Meta:
        model = DevelopmentCase
        fields = ("organization", "name", "born_on", "recommender")
        import_id_fields = ("organization", "name")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["organization"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )
        for name in GIVEN:
            widget = WordsWidget() if name in PEOPLE.values() else WholeWidget()
            self.fields[name] = GivenField(name, name, widget)
        for code in CODES:
            self.fields[code] = StepField(code, code, DayWidget())

    def get_queryset(self) -> Any:
        rows = DevelopmentCase.objects.visible_to(self.actor).open()
        return rows.select_related("organization", "person").prefetch_related("steps")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            name = TextWidget().clean(row.get("name", ""))
            instance.person = Person(name=name, born_on=DayWidget().clean(row.get("born_on", "")))
            instance.stage = Stage.APPLICANT

    @transaction.atomic
    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        """A row that is refused at any step leaves nothing behind."""
        given: dict[str, Any] = getattr(instance, "given", {})
        case = self._opened(instance, given) if is_create else instance
        recorded = set(case.steps.values_list("code", flat=True))
        for code in CODES:
            if code in given and code not in recorded:
                self._record(case, code, given)

    def _opened(self, instance: Any, given: dict[str, Any]) -> DevelopmentCase:
        if not instance.person.name:
            raise ValidationError({"name": "不能为空"})
        if "application" not in given:
            raise ValidationError({"application": "不能为空"})
        people = list(
            Person.objects.visible_to(self.actor).filter(
                home_organization=instance.organization, name=instance.person.name
            )[:2]
        )
        if len(people) > 1:
            raise ValidationError(
                {"name": f"{instance.organization}有多名同名的人，请在页面登记。"}
            )
        application = Application(
            instance.organization,
            given["application"],
            person=people[0] if people else None,
            facts={"name": instance.person.name, "born_on": instance.person.born_on},
            case={"recommender": instance.recommender},
        )
        try:
            return cases.open_case(actor=self.actor, given=application)
        except ValidationError as problem:
            names = {"applied_on": "application", "person": "name"}
            raise _at(problem, names, "application") from None

    def _record(self, case: DevelopmentCase, code: str, given: dict[str, Any]) -> None:
        rule = editions.load().on(given[code]).by_code.get(code)
        if rule and not may_record(self.actor, case.organization, rule):
            raise ValidationError({code: "这一步由上级党委办理，请由上级登记。"})
        facts: dict[str, Any] = {}
        if code in VOTED:
            facts = {name: given.get(f"{code}_{name}") for name in VOTES}
        if code == "training":
            facts = {"days": given.get("training_days")}
        people = self._people(case, PEOPLE[code], given) if code in PEOPLE else []
        try:
            record_step(
                actor=self.actor, case=case, code=code, done_on=given[code], people=people, **facts
            )
        except ValidationError as problem:
            names = {"people": PEOPLE.get(code, code), "days": "training_days"}
            names |= {name: f"{code}_{name}" for name in VOTES if code in VOTED}
            raise _at(problem, names, code) from None

    def _people(self, case: DevelopmentCase, name: str, given: dict[str, Any]) -> list[PartyMember]:
        found = []
        for word in given.get(name, []):
            rows = list(
                PartyMember.objects.visible_to(self.actor).filter(
                    person__name=FoldedWidget().clean(word),
                    person__home_organization=case.organization,
                )[:2]
            )
            if len(rows) != 1:
                said = "有多名" if rows else "没有登记的党员"
                raise ValidationError({name: f"{case.organization}{said}{word}。"})
            found += rows
        return found


def _at(problem: ValidationError, names: dict[str, str], otherwise: str) -> ValidationError:
    """What a service refuses, at the column where it was said."""
    found: dict[str, list[Any]] = {}
    for name, errors in problem.update_error_dict({}).items():
        found.setdefault(names.get(name, otherwise), []).extend(errors)
    return ValidationError(found)


def register_sheet() -> None:
    register(
        Sheet(
            "developments",
            "发展党员",
            "members:development_list",
            CaseResource,
            {"recommender": DevelopmentCase.Recommender.choices},
            RECORD,
            rows=500,
        )
    )
