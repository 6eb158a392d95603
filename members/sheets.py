"""Leading bodies as a sheet: one row a post in force, each through the service of its form."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from import_export import fields

from core.columns import Column, Format, Vocabulary
from core.dates import today
from members import posts, seating
from members.models import LeadershipPost, Person, PostKind, SecretarySource
from organizations.models import PartyOrganization
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    Sheet,
    SheetResource,
    TextWidget,
    register,
)

_YES = (("yes", "是"), ("no", "否"))
CHOICES = {
    "kind": PostKind.choices,
    "source": SecretarySource.choices,
    "engagement": LeadershipPost.Engagement.choices,
    "is_cross": _YES,
    "review_result": LeadershipPost.Review.choices,
}
BODIES = Vocabulary(
    Column(
        "党组织代码",
        "organization",
        width=18,
        required=True,
        format=Format.CODE,
        synonyms=("组织代码", "代码"),
    ),
    Column("姓名", "name", width=10, required=True),
    Column("党内职务", "kind", width=10, required=True, synonyms=("职务",)),
    Column("任职日期", "valid_from", width=12, format=Format.DAY, synonyms=("任职时间",)),
    Column("来源", "source", width=14, synonyms=("书记来源",)),
    Column("专职兼职", "engagement", width=10),
    Column("在企业或单位的职务", "other_post", width=20),
    Column("交叉任职", "is_cross", width=10),
    Column("政治审查日期", "review_on", width=12, format=Format.DAY),
    Column("政治审查结论", "review_result", width=12),
    Column("任职批准文号", "document", width=20),
    Column("离任日期", "valid_to", width=12, format=Format.DAY),
)
FACTS = (*posts.KEPT, "document")


class YesWidget(ChoiceWidget):
    def __init__(self) -> None:
        super().__init__(_YES, "no")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:  # type: ignore[override]
        return super().clean(value) == "yes"

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "是" if value else "否"


class BodyResource(SheetResource):
    """A new row appoints (a secretary needs the superior), a known one is put right or ended."""

    vocabulary = BODIES
    identity: ClassVar[tuple[str, ...]] = ("organization", "name", "kind")
    label = "name"
    organization = fields.Field("organization", "organization")
    name = fields.Field("person__name", "name", TextWidget())
    kind = fields.Field("kind", "kind", ChoiceWidget(PostKind.choices))
    valid_from = fields.Field("valid_from", "valid_from", DayWidget())
    source = fields.Field("source", "source", ChoiceWidget(SecretarySource.choices))
    engagement = fields.Field(
        "engagement",
        "engagement",
        ChoiceWidget(LeadershipPost.Engagement.choices, LeadershipPost.Engagement.PART_TIME),
    )
    other_post = fields.Field("other_post", "other_post", TextWidget())
    is_cross = fields.Field("is_cross", "is_cross", YesWidget())
    review_on = fields.Field("review_on", "review_on", DayWidget())
    review_result = fields.Field(
        "review_result", "review_result", ChoiceWidget(LeadershipPost.Review.choices)
    )
    document = fields.Field("document", "document", TextWidget())
    valid_to = fields.Field("valid_to", "valid_to", DayWidget())

    class Meta:
        model = LeadershipPost
        fields = tuple(column.field for column in BODIES)
        import_id_fields = ("organization", "name", "kind")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        self.fields["organization"].widget = CodeWidget(
            PartyOrganization.objects.visible_to(actor), required=True
        )

    def get_queryset(self) -> Any:
        held = LeadershipPost.objects.visible_to(self.actor).as_of(today())
        return held.select_related("organization", "person").order_by("organization", "pk")

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            instance.person = Person()

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        facts = self._changed(instance, FACTS)
        if is_create:
            self._appoint(instance, facts)
            return
        post = self.get_queryset().get(pk=instance.pk)
        posts.change_post(
            actor=self.actor,
            post=post,
            reason=REASON,
            valid_from=instance.valid_from or post.valid_from,
            **facts,
        )
        if instance.valid_to:
            posts.relieve(actor=self.actor, post=post, on=instance.valid_to, reason=REASON)

    def _appoint(self, instance: Any, facts: dict[str, Any]) -> None:
        organization, name = instance.organization, instance.person.name
        if not name:
            raise ValidationError({"name": "不能为空"})
        if not instance.kind:
            raise ValidationError({"kind": "不能为空"})
        given = {
            "actor": self.actor,
            "organization": organization,
            "person": self._person(organization, name),
            "on": instance.valid_from or today(),
            "reason": REASON,
            **facts,
        }
        if instance.kind == PostKind.SECRETARY:
            posts.change_secretary(**given)
        else:
            posts.appoint(kind=instance.kind, **given)

    def _person(self, organization: PartyOrganization, name: str) -> Person:
        people = list(Person.objects.filter(home_organization=organization, name=name)[:2])
        if len(people) > 1:
            raise ValidationError({"name": f"{organization}有多名{name}，请在班子页上登记任职"})
        if people:
            known: Person = people[0]
            return known
        seen = Person.objects.visible_to(self.actor).select_related("home_organization")
        if other := seen.filter(name=name).order_by("pk").first():
            told = f"已登记有同名的{other}（{other.home_organization}），请在班子页上登记任职"
            raise ValidationError({"name": told})
        return seating.add_person(actor=self.actor, name=name, organization=organization)


def register_sheets() -> None:
    register(
        Sheet("posts", "班子成员", "members:post_list", BodyResource, CHOICES, posts.CHANGE),
    )
