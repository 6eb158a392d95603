"""What each act asks; refusals of the services come back to the fields by their names."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.dates import today
from core.forms import ActDay, WordsField
from core.text import fold
from organizations.choices import OrganizationField, OrganizationsField
from organizations.models import OrganizationKind, OrganizationNature, PartyOrganization

PARTS = 4  # of a split on one page
NEW_KINDS = [("", "请选择"), *OrganizationKind.choices]  # no kind is set by a slip


class CaseForm(forms.Form):
    """Day, document and reason; `subject` is the organization that the act is about."""

    on = ActDay(label="生效日期", initial=today)
    document = WordsField(label="批准文号", max_length=100)
    reason = WordsField(
        label="原因", max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )
    own: ClassVar[tuple[str, ...]] = ()  # fields of the act itself, before the three above

    def __init__(self, user: Any, subject: PartyOrganization | None, *args: Any) -> None:
        super().__init__(*args)
        self.user, self.subject = user, subject
        self.prepare()
        self.order_fields([*self.own, "on", "document", "reason"])

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """The fields of the act, then those that every act has."""
        own = [(title, names) for title, names in self.own_groups() if names]
        return [*own, ("批准" if own else "", ["on", "document", "reason"])]

    def own_groups(self) -> list[tuple[str, list[str]]]:
        return [("", list(self.own))]

    def prepare(self) -> None:
        """Set what depends on the user and the subject."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, known = cleaned.get("on"), self.subject and self.subject.established_on
        if day and known and day < known:
            self.add_error("on", f"不能早于成立日期（{known}）。")
        return cleaned


def _code() -> WordsField:
    return WordsField(label="组织代码", max_length=32)


def _name() -> WordsField:
    return WordsField(label="党组织名称", max_length=120)


def free_code(code: str) -> str:
    """The code, unless another organization of the whole installation bears it already."""
    one = PartyOrganization(code=fold(code))
    others = {field.name for field in one._meta.fields} - {"code"}
    try:
        one.validate_unique(exclude=others)
    except ValidationError:
        raise ValidationError("这个组织代码已经使用，请核对。") from None
    return one.code


class EstablishForm(CaseForm):
    code, name = _code(), _name()
    short_name = WordsField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类别", choices=NEW_KINDS)
    nature = forms.ChoiceField(label="性质", choices=OrganizationNature.choices)
    secretary_name = WordsField(label="书记姓名", max_length=60, required=False)
    on = ActDay(label="成立日期", initial=today)
    document = WordsField(label="批准文号", max_length=100, required=False)
    own = ("parent", "code", "name", "short_name", "kind", "nature", "secretary_name")

    def prepare(self) -> None:
        self.fields["parent"] = OrganizationField(
            self.user, label="上级党组织", initial=self.subject
        )

    def clean_code(self) -> str:
        return free_code(self.cleaned_data["code"])


class RenameForm(CaseForm):
    name = WordsField(label="新的党组织名称", max_length=120)
    own = ("name",)

    def prepare(self) -> None:
        self.initial["name"] = self.subject and self.subject.name


class MoveForm(CaseForm):
    own = ("parent",)

    def prepare(self) -> None:
        self.fields["parent"] = OrganizationField(self.user, label="新的上级党组织")


class UpgradeForm(CaseForm):
    kind = forms.ChoiceField(label="新的类别", choices=OrganizationKind.choices)
    nature = forms.ChoiceField(label="性质", choices=OrganizationNature.choices)
    name = WordsField(
        label="新的党组织名称", max_length=120, required=False, help_text="名称不变的不用填写"
    )
    own = ("kind", "nature", "name")

    def prepare(self) -> None:
        if self.subject:
            self.initial.update(kind=self.subject.kind, nature=self.subject.nature)


class AbolishForm(CaseForm):
    """Where everything goes is asked beside it (`organizations.cases.homes`)."""


class RestoreForm(CaseForm):
    own = ("parent",)

    def prepare(self) -> None:
        self.fields["parent"] = OrganizationField(
            self.user,
            label="上级党组织",
            required=False,
            help_text="不填的，恢复到撤销前的上级之下",
        )


class GuideForm(CaseForm):
    own = ("superior",)

    def prepare(self) -> None:
        self.fields["superior"] = OrganizationField(self.user, label="指导上级")


class UnguideForm(CaseForm):
    """Ends the guidance of today."""


class MergeForm(CaseForm):
    OUTCOMES: ClassVar = [
        ("here", "其他党组织并入本组织"),
        ("there", "本组织并入另一个党组织"),
        ("new", "合并后新设一个党组织"),
    ]
    outcome = forms.ChoiceField(
        label="合并方式", choices=OUTCOMES, widget=forms.RadioSelect, initial="here"
    )
    code = WordsField(
        label="组织代码", max_length=32, required=False, help_text="只在合并后新设时填写"
    )
    name = WordsField(label="党组织名称", max_length=120, required=False)
    kind = forms.ChoiceField(label="类别", choices=NEW_KINDS, required=False)
    own = ("outcome", "partners", "code", "name", "kind")

    def own_groups(self) -> list[tuple[str, list[str]]]:
        return [("", ["outcome", "partners"]), ("新设党组织", ["code", "name", "kind"])]

    def prepare(self) -> None:
        self.fields["partners"] = OrganizationsField(self.user, label="参加合并的其他党组织")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        partners, outcome = cleaned.get("partners") or [], cleaned.get("outcome")
        if self.subject in partners:
            self.add_error("partners", "不用再选本组织。")
        if outcome == "there" and len(partners) > 1:
            self.add_error("partners", "并入另一个党组织时，只能选定一个。")
        if outcome == "new":
            self._demand_new(cleaned)
        return cleaned

    def _demand_new(self, cleaned: dict[str, Any]) -> None:
        for name in ("code", "name", "kind"):
            if not cleaned.get(name):
                self.add_error(name, "新设党组织时必须填写。")
        try:
            free_code(cleaned.get("code") or "")
        except ValidationError as problem:
            self.add_error("code", problem)


class SplitForm(CaseForm):
    """The organization goes on unless `keep` is left empty; up to PARTS new ones are set up."""

    keep = forms.BooleanField(label="保留本组织", required=False, initial=True)

    own = ("keep", *(f"{name}_{n}" for n in range(PARTS) for name in ("code", "name", "kind")))

    def own_groups(self) -> list[tuple[str, list[str]]]:
        parts = [
            (f"新设党组织 {n + 1}", list(self.own[3 * n + 1 : 3 * n + 4])) for n in range(PARTS)
        ]
        return [("", ["keep"]), *parts]

    def prepare(self) -> None:
        for n in range(PARTS):
            self.fields[f"code_{n}"] = WordsField(label="组织代码", max_length=32, required=n == 0)
            self.fields[f"name_{n}"] = WordsField(
                label="党组织名称", max_length=120, required=n == 0
            )
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label="类别", choices=NEW_KINDS, required=n == 0
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        codes: set[str] = set()
        for n in range(PARTS):
            code, name = cleaned.get(f"code_{n}"), cleaned.get(f"name_{n}")
            if bool(code) != bool(name):
                self.add_error(f"name_{n}" if code else f"code_{n}", "代码和名称都要填写。")
            if not code:
                continue
            if not cleaned.get(f"kind_{n}"):
                self.add_error(f"kind_{n}", "请选择类别。")
            try:
                cleaned[f"code_{n}"] = free_code(code)
            except ValidationError as problem:
                self.add_error(f"code_{n}", problem)
            if code in codes:
                self.add_error(f"code_{n}", "与前面的代码重复。")
            codes.add(code)
        return cleaned

    def parts(self) -> list[PartyOrganization]:
        """The organizations to be set up, not yet saved."""
        said = self.cleaned_data
        return [
            PartyOrganization(
                code=said[f"code_{n}"], name=said[f"name_{n}"], kind=said[f"kind_{n}"]
            )
            for n in range(PARTS)
            if said.get(f"code_{n}")
        ]
