"""The forms of sign-in, password, preferences, accounts and posts."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import passwords, roles, services
from accounts.choices import PostOrganizationField
from accounts.models import ScopeGrant, TokenScope, User
from core.dates import today
from core.forms import ActDay, PlanDay, WordsField
from core.listing import ReasonForm
from organizations.choices import OrganizationField

WARN_BELOW = 4  # tries left


class SignInForm(AuthenticationForm):
    username = forms.CharField(label="账号", max_length=60, widget=forms.TextInput)
    password = forms.CharField(
        label="密码", strip=False, max_length=200, widget=forms.PasswordInput
    )
    error_messages = {
        "invalid_login": "账号或密码不正确。",
        "inactive": "账号或密码不正确。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(autocomplete="username", autofocus=True)
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def clean_username(self) -> str:
        """Account names do not differ by case, nor do the failures counted for them."""
        username: str = self.cleaned_data["username"].lower()
        return username

    def confirm_login_allowed(self, user: Any) -> None:
        """Only asked once the password was right, so it may say why."""
        super().confirm_login_allowed(user)
        if user.temporary_until and user.temporary_until <= timezone.now():
            raise ValidationError("一次性密码已过期，请联系系统管理员重置。", code="expired")

    def get_invalid_login_error(self) -> ValidationError:
        """The same words whatever was wrong; the tries left are counted for any name."""
        text = self.error_messages["invalid_login"]
        credentials = {"username": self.cleaned_data.get("username")}
        left = settings.AXES_FAILURE_LIMIT - AxesProxyHandler.get_failures(
            self.request, credentials
        )
        if 0 < left < WARN_BELOW:
            text += f"再错 {left} 次将锁定。"
        return ValidationError(text, code="invalid_login")


class PasswordForm(forms.Form):
    """A new password; whoever was forced here has just typed the old one."""

    old = forms.CharField(label="原密码", strip=False, max_length=200, widget=forms.PasswordInput)
    new = forms.CharField(label="新密码", strip=False, max_length=200, widget=forms.PasswordInput)
    again = forms.CharField(
        label="再输一次", strip=False, max_length=200, widget=forms.PasswordInput
    )

    def __init__(self, user: User, *args: Any, forced: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if forced:
            del self.fields["old"]
        else:
            self.fields["old"].widget.attrs["autocomplete"] = "current-password"
        self.fields["new"].help_text = passwords.help_text()
        for name in ("new", "again"):
            self.fields[name].widget.attrs["autocomplete"] = "new-password"

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError("原密码不正确")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if self.user.check_password(new):
            raise ValidationError("新密码不能与原密码相同")
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise ValidationError("两次输入的密码不一致")
        return again


class PreferencesForm(forms.Form):
    DENSITIES = (("compact", "紧凑"), ("standard", "标准"), ("relaxed", "宽松"))
    density = forms.ChoiceField(label="表格密度", choices=DENSITIES)
    large_type = forms.BooleanField(
        label="大字模式", required=False, help_text="正文 16 像素，行高 44 像素"
    )


class TokenForm(forms.Form):
    name = WordsField(label="用途", max_length=60)
    scopes = forms.MultipleChoiceField(
        label="范围", choices=TokenScope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label="有效期",
        coerce=int,
        choices=((30, "30 天"), (90, "90 天"), (180, "180 天"), (365, "一年")),
        initial=90,
    )


class SetupForm(forms.Form):
    """Who the three administrators are; a person each."""

    system_administrator = WordsField(label="系统管理员姓名", max_length=60)
    security_administrator = WordsField(label="安全管理员姓名", max_length=60)
    audit_administrator = WordsField(label="审计管理员姓名", max_length=60)


class UserForm(forms.Form):
    username = forms.SlugField(
        label="账号", max_length=60, help_text="字母、数字、短横线；建好后不能改"
    )
    full_name = WordsField(label="姓名", max_length=60)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"].lower()
        if User.objects.filter(username=username).exists():
            raise ValidationError("已有这个账号")
        return username


class GrantForm(forms.Form):
    """A business post over any committee; the security administrator gives it."""

    role = forms.ChoiceField(label="角色", choices=roles.BUSINESS)
    since = ActDay(label="自何日起", initial=today)
    until = PlanDay(label="至何日止", required=False, help_text="当日起不再任职，可不填")
    document = WordsField(label="依据", max_length=100, required=False)
    field_order: tuple[str, ...] = ("role", "organization", "since", "until", "document")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"] = self.place_of(actor)
        self.order_fields(self.field_order)

    def place_of(self, actor: User) -> forms.Field:
        return PostOrganizationField(actor, label="党组织")


class EndGrantForm(ReasonForm):
    on = ActDay(label="自何日起不再任职", initial=today)
    field_order = ("on", "reason")


class CodeForm(forms.Form):
    """A code of the authenticator or a recovery code."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        help_text="手机验证器上的 6 位数字；手机不在身边时填一个恢复码",
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True}),
    )

    def refuse(self, left: int) -> None:
        text = "动态口令不正确，或已使用过。"
        if 0 < left < WARN_BELOW:
            text += f"再错 {left} 次将锁定。"
        self.add_error("code", text)


class EnrolForm(CodeForm):
    code = forms.CharField(
        label="动态口令",
        max_length=20,
        help_text="验证器上显示的 6 位数字",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ProofForm(forms.Form):
    proof_password = forms.CharField(
        label="密码或动态口令",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class AdministratorForm(forms.Form):
    """What two administrators decide on."""

    role = forms.ChoiceField(
        label="角色",
        choices=[choice for choice in roles.CHOICES if choice[0] in roles.ADMINISTRATORS],
    )
    since = ActDay(label="自何日起", initial=today)
    reason = WordsField(label="原因", max_length=200, widget=forms.Textarea({"rows": 2}))


class NoteForm(forms.Form):
    note = WordsField(label="复核意见", max_length=200, required=False)


class RoleSettingForm(ReasonForm):
    role = forms.ChoiceField(label="角色", choices=roles.CHOICES)
    needed = forms.TypedChoiceField(
        label="动态口令",
        coerce=lambda value: value == "1",
        choices=(("1", "登录时须用"), ("0", "由本人决定")),
    )
    field_order = ("role", "needed", "reason")


class AppointForm(GrantForm):
    """A superior gives a post to an account known by its name."""

    username = WordsField(label="账号", max_length=60, help_text="请完整输入对方的账号")
    field_order = ("username", *GrantForm.field_order)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["role"].choices = roles.below(actor.current_grants)  # type: ignore[attr-defined]

    def place_of(self, actor: User) -> forms.Field:
        return OrganizationField(actor, label="党组织")

    def clean_username(self) -> User:
        user = services.account_named(self.cleaned_data["username"])
        if user is None or not user.is_active:
            raise ValidationError("没有这个账号")
        return user


class DelegationForm(forms.Form):
    source = forms.ChoiceField(label="委托的任职", widget=forms.RadioSelect)
    deputy = WordsField(label="受托人账号", max_length=60, help_text="请完整输入对方的账号")
    since = ActDay(label="自何日起", initial=today)
    until = PlanDay(label="至何日止", help_text="当日起不再有效，最长 180 天")
    reason = WordsField(label="原因", max_length=100)
    field_order = ("source", "organization", "deputy", "since", "until", "reason")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers: dict[str, tuple[ScopeGrant, str]] = {}
        choices = []
        for post in services.lendable(actor):
            for role, words in [(post.role, "全部权限"), *services.parts_of(post)]:
                key = f"{post.pk}:{role}"
                self.offers[key] = (post, role)
                choices.append((key, f"{post.title}（{words}）"))
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.initial["source"] = next(iter(self.offers), None)
        if len(choices) > len({post.pk for post, _ in self.offers.values()}):
            self.fields["organization"] = OrganizationField(
                actor, label="委托的范围", required=False, help_text="不填则与本人相同"
            )
        self.order_fields(self.field_order)

    def clean_deputy(self) -> User:
        user = services.account_named(self.cleaned_data["deputy"])
        if user is None:
            raise ValidationError("没有这个账号，或其在本县没有任职。")
        return user

    def clean(self) -> dict[str, Any]:
        """The place left open is that of the post itself."""
        data = super().clean() or {}
        if offer := self.offers.get(data.get("source", "")):
            data["source"], data["role"] = offer
            data["organization"] = data.get("organization") or offer[0].organization
        return data


class HandoverForm(ReasonForm):
    successor = WordsField(label="接收人账号", max_length=60, help_text="请完整输入对方的账号")
    field_order = ("successor", "reason")

    def clean_successor(self) -> User:
        user = services.account_named(self.cleaned_data["successor"])
        if user is None:
            raise ValidationError("没有这个账号，或不能接收这些工作。")
        return user
