"""Accounts and posts as sheets: people in bulk, each row through the service of its form."""

from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields

from accounts import roles, services
from accounts.models import ScopeGrant, User
from core.columns import Column, Format, Vocabulary
from core.dates import today
from organizations.models import PartyOrganization
from organizations.sheets import (
    REASON,
    ChoiceWidget,
    CodeWidget,
    DayWidget,
    FoldedWidget,
    Sheet,
    SheetResource,
    TextWidget,
    register,
)

ACCOUNTS = Vocabulary(
    Column(
        "账号",
        "username",
        width=16,
        required=True,
        format=Format.CODE,
        help="字母、数字、短横线；建好后不能改",
        synonyms=("登录名", "用户名"),
    ),
    Column("姓名", "full_name", width=12, required=True, synonyms=("用户姓名",)),
)
POSTS = Vocabulary(
    Column("账号", "username", width=16, required=True, format=Format.CODE),
    Column("角色", "role", width=16, required=True),
    Column(
        "党组织代码",
        "organization",
        width=18,
        required=True,
        format=Format.CODE,
        synonyms=("组织代码", "任职党组织代码"),
    ),
    Column("自何日起", "valid_from", width=12, format=Format.DAY, synonyms=("任职日期",)),
    Column("依据", "document", width=24, synonyms=("文号",)),
)


class NameWidget(FoldedWidget):
    """An account name: letters, digits and hyphens, the same in capitals."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        name = super().clean(value).lower()
        if not name or not name.replace("-", "").replace("_", "").isalnum() or not name.isascii():
            raise ValueError(f"“{name}”应由字母、数字、短横线组成")
        return name


class AccountWidget(NameWidget):
    """The account of that name."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        name = super().clean(value)
        user = services.account_named(name)
        if user is None:
            raise ValueError(f"没有账号“{name}”，请先导入账号")
        return user

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.username if value else ""


class AccountResource(SheetResource):
    """New accounts have no password until slips are handed out."""

    vocabulary = ACCOUNTS
    identity = ("username",)
    label = "full_name"
    username = fields.Field("username", "username", NameWidget())
    full_name = fields.Field("full_name", "full_name", TextWidget())

    class Meta:
        model = User
        fields = ("username", "full_name")
        import_id_fields = ("username",)
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        if not instance.full_name:
            raise ValidationError({"full_name": "不能为空"})
        if is_create:
            services.create_user(
                actor=self.actor,
                username=instance.username,
                full_name=instance.full_name,
                reason=REASON,
            )
            return
        user = self.get_queryset().get(pk=instance.pk)
        services.rename_user(
            actor=self.actor, user=user, full_name=instance.full_name, reason=REASON
        )


class PostResource(SheetResource):
    """A row whose post is held today changes nothing; posts end on the user's page."""

    vocabulary = POSTS
    identity = ("username", "role", "organization")
    label = "username"
    username = fields.Field("user", "username", AccountWidget())
    role = fields.Field("role", "role", ChoiceWidget(roles.BUSINESS))
    organization = fields.Field("organization", "organization")
    valid_from = fields.Field("valid_from", "valid_from", DayWidget())
    document = fields.Field("document", "document", TextWidget())

    class Meta:
        model = ScopeGrant
        fields = ("username", "role", "organization", "valid_from", "document")
        import_id_fields = ("username", "role", "organization")
        skip_unchanged = True
        skip_html_diff = True
        use_transactions = True

    def __init__(self, actor: Any) -> None:
        super().__init__(actor)
        everywhere = actor.has_perm("accounts.grants")
        places = PartyOrganization.objects
        self.fields["organization"].widget = CodeWidget(
            places.for_posts() if everywhere else places.visible_to(actor), required=True
        )

    def get_queryset(self) -> Any:
        held = ScopeGrant.objects.visible_to(self.actor).as_of(today())
        return held.filter(source=None, organization__isnull=False).select_related(
            "user", "organization"
        )

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        if new:
            instance.valid_from = today()

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        if not is_create:
            raise ValidationError({"valid_from": "该任职已有，起始日期和依据不能在表格中修改"})
        services.grant_role(
            actor=self.actor,
            user=instance.user,
            role=instance.role,
            organization=instance.organization,
            since=instance.valid_from or today(),
            document=instance.document or REASON,
        )


def register_sheets() -> None:
    register(
        Sheet("users", "账号", "accounts:user_list", AccountResource, permission="accounts.users")
    )
    register(
        Sheet(
            "grants",
            "任职",
            "accounts:user_list",
            PostResource,
            {"role": roles.BUSINESS},
            permission="accounts.posts",
        )
    )
