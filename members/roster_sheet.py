"""Members as a sheet: every row is read by the widgets, judged by the rules, written in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import fields
from import_export.instance_loaders import BaseInstanceLoader

from core.masking import STAR, mask
from core.text import fold
from members import codes
from members.member_card import KINDS
from members.models import PartyMember, Person
from members.roster_columns import CHOICES, MEMBERS, ON_POST, POSITION
from members.roster_judging import judge
from members.roster_known import Known
from members.roster_widgets import (
    BirthWidget,
    FlagWidget,
    HomeWidget,
    SealedWidget,
    WordWidget,
)
from members.roster_writing import Arrival, Correction, write
from members.services import members, persons
from members.services.persons import SHOWN
from members.twice import Twice
from organizations.sheets import (
    DayWidget,
    Sheet,
    SheetResource,
    TextWidget,
    register,
)

ROWS = 50_000
NOT_READ = ("training", "is_lost", "completeness")  # derived by the product
# What a sheet can change of a member of the register; the others tell of it or of an act.
CHANGED = tuple(one for one in MEMBERS if one.field not in {*NOT_READ, "front_line", "entry_on"})


class Loader(BaseInstanceLoader):  # type: ignore[misc]
    """The member of a row by what was looked up for the whole sheet at once."""

    def __init__(self, resource: "MemberResource", dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        resource.look_up(dataset.dict if dataset is not None else [])

    def get_instance(self, row: Any) -> PartyMember | None:
        found: PartyMember | None = self.resource.known.member(row)
        return found


def _person(name: str, widget: Any) -> fields.Field:
    return fields.Field(f"person__{name}", name, widget)


class MemberResource(SheetResource):
    """A new row registers a member, a known one is corrected; nothing is emptied by a blank."""

    vocabulary = MEMBERS
    identity: ClassVar[tuple[str, ...]] = ("citizen_id", "home", "name", "born_on")
    name = _person("name", TextWidget())
    citizen_id = _person("citizen_id", SealedWidget(KINDS["citizen_id"]))
    sex = _person("sex", WordWidget("sex"))
    ethnicity = _person("ethnicity", WordWidget("ethnicity"))
    native_place = _person("native_place", TextWidget())
    is_taiwanese = _person("is_taiwanese", FlagWidget())
    born_on = _person("born_on", BirthWidget())
    education = _person("education", WordWidget("education"))
    category = fields.Field("category", "category", WordWidget("category"))
    home = fields.Field("person__home_organization", "home")
    accepted_on = fields.Field("accepted_on", "accepted_on", DayWidget(required=True))
    confirmed_on = fields.Field("confirmed_on", "confirmed_on", DayWidget())
    job_class = _person("job_class", WordWidget("job_class"))
    started_work_on = _person("started_work_on", DayWidget())
    home_address = _person("home_address", SealedWidget(KINDS["home_address"]))
    phone = _person("phone", SealedWidget(KINDS["phone"]))
    marital_status = _person("marital_status", WordWidget("marital_status"))
    archive_unit = fields.Field("archive_unit", "archive_unit", TextWidget())
    title = _person("title", TextWidget())
    new_stratum = _person("new_stratum", WordWidget("new_stratum"))
    front_line = fields.Field("front_line", "front_line", TextWidget())
    training = fields.Field("training", "training", TextWidget())
    is_migrant_worker = _person("is_migrant_worker", FlagWidget())
    is_lost = fields.Field("is_lost", "is_lost", FlagWidget())
    completeness = fields.Field("completeness", "completeness", TextWidget())
    school = _person("school", TextWidget())
    unit = fields.Field("unit", "unit", TextWidget())
    department = fields.Field("department", "department", TextWidget())
    post = fields.Field("post", "post", TextWidget())
    on_post = fields.Field("on_post", "on_post", FlagWidget(ON_POST))
    is_in_hardship = _person("is_in_hardship", FlagWidget())
    entry_on = fields.Field("entry_on", "entry_on", DayWidget())
    remark = fields.Field("remark", "remark", TextWidget())

    class Meta:
        model = PartyMember
        fields = tuple(column.field for column in MEMBERS)
        import_id_fields = ("name",)
        instance_loader_class = Loader
        skip_diff = True
        skip_unchanged = True
        use_transactions = False
        use_bulk = True  # no savepoint for each row; written by `after_import`

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.known = Known(actor)
        self.fields["home"].widget = HomeWidget(self.known)
        self._twice = Twice(())
        self._before: dict[str, str] = {}
        self._home: int | None = None
        self._said: set[str] = set()
        self._facts: dict[str, Any] = {}
        self._arrivals: list[Arrival] = []
        self._corrections: list[Correction] = []

    def get_queryset(self) -> Any:
        rows = PartyMember.objects.visible_to(self.actor).active()
        return rows.select_related("person__home_organization").order_by("person__search_key")

    def look_up(self, rows: Sequence[Mapping[str, str]]) -> None:
        self.known.look_up(rows)
        meant = map(self.known.meant, rows)
        self._twice = Twice(zip(self._numbers, meant, strict=True))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        if told := self._twice.fault(self._numbers[kwargs["row_number"] - 1]):
            at = "citizen_id" if fold(row.get("citizen_id") or "") else "name"
            raise ValidationError({at: told})

    # Reading a row ----------------------------------------------------------------------------
    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            instance.person = Person()
        self.known.dress(instance)
        self._before = {} if new else self._raw(instance)
        self._home = None if new else instance.person.home_organization_id
        self._said = {name for name, text in row.items() if fold(text)}
        self._facts = {} if new else _facts(instance)

    def import_field(
        self, field: Any, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any
    ) -> None:
        """A blank says nothing, except that a branch must be known; a word of another list does."""
        name = field.column_name
        if name in NOT_READ or (name not in self._said and name != "home"):
            if name == "accepted_on" and instance.pk is None:
                raise ValueError("不能为空")
            return
        if name == "home" and instance.pk is not None and name not in self._said:
            return
        super().import_field(field, instance, row, is_m2m, **kwargs)

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        if "home" not in row:  # import-export leaves out columns that a file lacks
            row = {**row, "home": ""}
        super().import_instance(instance, row, **kwargs)
        person = instance.person
        if instance.front_line in {"是", "一线", "生产经营一线"} and not person.job_class:
            person.job_class = codes.JobClass.FRONT_LINE
        if not instance.category:
            instance.category = codes.Category.FULL if instance.confirmed_on else ""
        if instance.pk is not None:
            self.known.read_work(instance)

    def skip_row(
        self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        self._changes = []
        if not self._before:
            return False
        after = self._raw(instance)
        self._changes = [
            (
                column.header,
                self._told(column.field, self._before),
                self._told(column.field, after),
            )
            for column in (*CHANGED, POSITION)
            if self._before[column.field] != after[column.field]
        ]
        return not self._changes and not import_validation_errors

    def _raw(self, instance: Any) -> dict[str, str]:
        """Cells for comparison, sealed values whole."""
        cells = {column.field: self._cell(instance, column.field) for column in self.vocabulary}
        sealed = {name: getattr(instance.person, name) or "" for name in KINDS}
        return cells | sealed | {POSITION.field: instance.person.position}

    def _told(self, name: str, cells: dict[str, str]) -> str:
        return mask(KINDS[name], cells[name], SHOWN) if name in KINDS else cells[name]

    # Judging and writing ------------------------------------------------------------------------
    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: dict[str, Any] | None = None,
        validate_unique: bool = True,
    ) -> None:
        """All that the database would refuse, without asking it row by row."""
        errors: dict[str, Any] = dict(import_validation_errors or {})
        person = instance.person
        persons.complete(person)
        judge(errors, instance)
        if self._before and fold(person.name) != fold(self._before["name"]):
            told = f"这个身份证号登记的是{self._before['name']}；是同一人改名的，请在党员页修改。"
            errors["name"] = ValidationError(told)
        if not errors:
            errors |= self.known.faults(instance, self._home)
        if errors:
            raise ValidationError(errors)
        self._doubts = members.doubts(instance)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        if is_create:
            self._arrivals.append(self.known.arrival(instance))
            return
        was, now = _difference(self._facts, _facts(instance))
        self._corrections.append(Correction(instance, was, now, instance.new_work))

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        if not kwargs.get("dry_run"):
            write(self.actor, self._arrivals, self._corrections)

    def code_of(self, row: Mapping[str, str]) -> str:
        """A preview is a page like others: no whole number stands in it."""
        number = mask(KINDS["citizen_id"], fold(row.get("citizen_id") or ""), SHOWN)
        return f"{number} {row.get('home') or ''}".strip()

    def cells(self, instance: Any) -> list[str]:
        """Of sealed values what may be seen; sent back, that keeps what is there."""
        self.known.dress(instance)
        raw = self._raw(instance)
        return [self._told(column.field, raw) for column in self.vocabulary]

    def dataset(self, rows: Iterable[dict[str, str]]) -> Any:
        return super().dataset({**row, **_unsaid(row)} for row in rows)


def _unsaid(row: Mapping[str, str]) -> dict[str, str]:
    """Masked values of a filled template say nothing."""
    return {name: "" for name in KINDS if STAR in row.get(name, "")}


def _facts(member: PartyMember) -> dict[str, Any]:
    return {**persons.facts_of(member.person), **members.facts_of(member)}


def _difference(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def register_sheet() -> None:
    register(
        Sheet(
            "members",
            "党员",
            "members:member_list",
            MemberResource,
            CHOICES,
            members.CHANGE,
            rows=ROWS,
        )
    )
