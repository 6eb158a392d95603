"""Forms of posts; people to choose from are those whom the user may see."""

from typing import Any, ClassVar

from django import forms

from core.dates import today
from core.forms import ActDay, FactDay, WordsField, form_field
from core.listing import ReasonForm
from core.text import visible
from members.models import LeadershipPost, Person, PostKind, PostOpinion, SecretarySource
from members.posts import KEPT
from organizations.models import PartyOrganization

Groups = tuple[tuple[str, tuple[str, ...]], ...]
NEW = "new"
OFFERED = 30  # people of the organization among whom one is picked at a click


class PersonChoice(forms.Form):
    """Someone of the organization, or someone new by name; `is_other` is asked for namesakes."""

    person = forms.ChoiceField(label="人员", widget=forms.RadioSelect, required=False, choices=())
    name = WordsField(label="新人员姓名", max_length=60, required=False)
    position = WordsField(label="工作单位及职务", max_length=120, required=False)
    is_other = forms.BooleanField(label="确认是另一人", required=False)
    groups: Groups = ()

    def __init__(
        self, organization: PartyOrganization, user: Any, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        seen = Person.objects.visible_to(user).select_related("home_organization")
        own = seen.filter(home_organization=organization).order_by("search_key", "pk")
        self.people = {str(person.pk): person for person in own}
        name = visible(self.data.get("name", ""))
        self.namesakes = list(seen.filter(name=name).order_by("pk")[:OFFERED]) if name else []
        shown = dict.fromkeys([*list(self.people.values())[:OFFERED], *self.namesakes])
        self.people |= {str(person.pk): person for person in self.namesakes}
        field: Any = self.fields["person"]
        field.choices = [
            *((str(one.pk), self._words(one, organization)) for one in shown),
            (NEW, "新人员"),
        ]
        if not shown:
            self.initial.setdefault("person", NEW)

    def _words(self, person: Person, organization: PartyOrganization) -> str:
        """The name with what tells namesakes apart."""
        home = person.home_organization
        place = str(home) if person in self.namesakes or home != organization else ""
        hint = "，".join(filter(None, (place, person.position)))
        return f"{person.name}（{hint}）" if hint else person.name

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen, name = data.get("person"), data.get("name", "")
        if chosen in self.people:
            data["person"] = self.people[chosen]
        elif name:
            data["person"] = None
            self._ask_about_namesakes(is_other=data["is_other"])
        elif "person" not in self.errors:
            self.add_error(
                "name" if chosen == NEW else "person", "请选择人员，或填写新人员的姓名。"
            )
        return data

    def _ask_about_namesakes(self, *, is_other: bool) -> None:
        if not self.namesakes:
            return
        (title, names), *rest = self.groups
        self.groups = ((title, (*names, "is_other")), *rest)
        if not is_other:
            self.add_error(
                "name",
                "已登记有同名人员，请在“人员”中选定其本人；确实不是同一人的，勾选“确认是另一人”。",
            )


class SecretaryForm(PersonChoice):
    """The change of secretary in as few answers as it can do with."""

    on = ActDay(label="任职日期", initial=today)
    source = forms.ChoiceField(label="来源", choices=SecretarySource.choices)
    engagement = forms.ChoiceField(label="专职兼职", choices=LeadershipPost.Engagement.choices)
    other_post = WordsField(label="在企业或单位的职务", max_length=100, required=False)
    is_cross = forms.BooleanField(label="交叉任职", required=False)
    review_on = FactDay(label="政治审查日期", required=False)
    review_result = forms.ChoiceField(
        label="政治审查结论", choices=[("", "未填"), *LeadershipPost.Review.choices], required=False
    )
    document = WordsField(label="任职批准文号", max_length=100, required=False)
    reason = WordsField(label="变动原因", max_length=200, required=False)
    groups: Groups = (
        ("人选", ("person", "name", "position")),
        ("任职", ("on", "source", "engagement", "other_post", "is_cross")),
        ("审查与批准", ("review_on", "review_result", "document", "reason")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("engagement", LeadershipPost.Engagement.PART_TIME)
        self.initial.setdefault("source", SecretarySource.OTHER)

    @property
    def facts(self) -> dict[str, Any]:
        names = ("on", "document", "reason", *KEPT)
        return {name: self.cleaned_data[name] for name in names}


class AppointForm(SecretaryForm):
    kind = forms.ChoiceField(
        label="党内职务",
        choices=[(kind.value, kind.label) for kind in PostKind if kind is not PostKind.SECRETARY],
    )
    groups: Groups = (
        ("人选", ("person", "name", "position")),
        ("任职", ("kind", "on", "source", "engagement", "other_post", "is_cross")),
        ("审查与批准", ("review_on", "review_result", "document", "reason")),
    )


class PostForm(forms.ModelForm):  # type: ignore[type-arg]
    """What may be put right of a post without ending it."""

    reason = WordsField(label="更正原因", max_length=200)

    class Meta:
        model = LeadershipPost
        formfield_callback = form_field
        fields = (*KEPT, "document")
        field_classes: ClassVar = {"review_on": FactDay}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RelieveForm(ReasonForm):
    on = ActDay(label="离任日期", initial=today)
    field_order = ("on", "reason")


class ApproveForm(forms.Form):
    document = WordsField(label="批准文号", max_length=100)
    on = ActDay(label="任职日期")


class OpinionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = PostOpinion
        formfield_callback = form_field
        fields = ("body", "unit", "given_on", "result", "remark")
        field_classes: ClassVar = {"given_on": FactDay}


class SeatForm(forms.Form):
    """Who of the former body stays on."""

    reelected = forms.MultipleChoiceField(
        label="连任人员",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="未勾选的自本届当选之日离任；新当选的人员随后逐一登记任职",
    )

    def __init__(self, former: list[LeadershipPost], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reelected"]
        field.choices = [
            (str(post.pk), f"{post.get_kind_display()} {post.person}") for post in former
        ]
