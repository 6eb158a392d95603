"""The second factor: time-based codes (RFC 6238), each taken once, and recovery codes.

The arithmetic is django-otp's; the key is sealed in the database, recovery codes are keyed digests.
"""

import secrets
import time
from base64 import b32decode, b32encode
from urllib.parse import quote, urlencode

import segno
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from accounts import roles
from accounts.models import RecoveryCode, RoleSetting, SecondFactor, User
from accounts.services.rights import rights_changed
from core import audit
from core.crypto import blind_index
from core.models import MessageKind
from core.notices import notify
from core.text import fold

ISSUER = "非公企业党建系统"
DIGITS = 6
TOLERANCE = 1  # steps of 30 seconds that a clock may be wrong
SECRET_BYTES = 20
RECOVERY_CODES = 10
NOBODY_MISTAKES = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
WRONG = "动态口令不正确，或已使用过。"


def new_secret() -> str:
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def grouped(secret: str) -> str:
    """For typing it into a telephone that cannot take pictures."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def qr_image(user: User, secret: str) -> str:
    """The picture that authenticator programs read, as a data address for an `img`."""
    label = quote(f"{ISSUER}:{user.username}")
    query = urlencode({"secret": secret, "issuer": ISSUER, "digits": DIGITS}, quote_via=quote)
    uri: str = segno.make(f"otpauth://totp/{label}?{query}", error="m").svg_data_uri(scale=5)
    return uri


def _step(secret: str, text: str, after: int) -> int | None:
    """The step whose code this is, if it is near enough and later than the last one used."""
    code = _plain(text)
    if len(code) != DIGITS or not code.isdigit():
        return None
    totp = TOTP(b32decode(secret))
    totp.time = time.time()
    return totp.t() if totp.verify(int(code), TOLERANCE, min_t=after + 1) else None


def _plain(text: str) -> str:
    return fold(text).replace(" ", "").replace("-", "").upper()


@transaction.atomic
def enrol(*, user: User, secret: str, code: str) -> list[str]:
    """Ask for codes from now on; returns the recovery codes, which are shown once."""
    step = _step(secret, code, -1)
    if step is None:
        raise ValidationError({"code": "动态口令不正确，请核对手机时间后重新输入。"})
    SecondFactor.objects.filter(user=user).delete()
    factor = SecondFactor.objects.create(user=user, secret=secret, last_step=step)
    user.second_factor_since = timezone.now()
    user.save(update_fields=["second_factor_since"])
    rights_changed(user)
    audit.record(actor=user, verb="account.factor_on", target=user)
    return _issue(factor)


@transaction.atomic
def renew_recovery_codes(*, user: User) -> list[str]:
    """New codes; the old ones are worth nothing any more."""
    audit.record(actor=user, verb="account.recovery_renewed", target=user)
    return _issue(user.second_factor)


def _issue(factor: SecondFactor) -> list[str]:
    pick = secrets.SystemRandom()
    codes = ["".join(pick.choices(NOBODY_MISTAKES, k=10)) for _ in range(RECOVERY_CODES)]
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=_digest(factor, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digest(factor: SecondFactor, code: str) -> str:
    """Without the key ring of the installation nobody can try codes against it."""
    return blind_index(code, f"accounts_recoverycode.{factor.uuid}")


@transaction.atomic
def accept(*, user: User, text: str) -> bool:
    """Whether it is the code of now or an unused recovery code; either is used up by it."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None:
        return False
    step = _step(factor.secret, text, factor.last_step)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True
    unused = factor.recovery_codes.filter(digest=_digest(factor, _plain(text)), used_at=None)
    if not unused.update(used_at=timezone.now()):
        return False
    audit.record(actor=user, verb="account.recovery", target=user)
    return True


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(factor__user=user, used_at=None).count()


@transaction.atomic
def take_away(*, actor: User, user: User, reason: str) -> None:
    """Sign-in asks for no code until a new factor is set up; every session ends."""
    SecondFactor.objects.filter(user=user).delete()
    user.second_factor_since = None
    user.save(update_fields=["second_factor_since"])
    rights_changed(user)
    audit.record(actor=actor, verb="account.factor_off", target=user, reason=reason)


def roles_that_need_it() -> set[str]:
    """The three administrators unless decided otherwise, others as decided."""
    chosen = dict(RoleSetting.objects.values_list("role", "second_factor"))
    return {role.key for role in roles.ROLES if chosen.get(role.key, role.is_administrator)}


def is_missing(user: User) -> bool:
    """Whether one of the user's posts needs a second factor that is not set up."""
    if user.second_factor_since is not None:
        return False
    held = {grant.role for grant in user.posts_in_force}
    return bool(held & roles_that_need_it())


@transaction.atomic
def require_for_role(*, actor: User, role: str, needed: bool, reason: str) -> None:
    """Decide for a role; who now lacks a factor signs in anew and sets one up."""
    before = role in roles_that_need_it()
    RoleSetting.objects.update_or_create(role=role, defaults={"second_factor": needed})
    holders = User.objects.in_role(role).filter(second_factor_since=None)
    for user in holders if needed and not before else ():
        rights_changed(user)
    label = roles.role(role).label
    audit.record(
        actor=actor,
        verb="role.setting",
        target=actor,
        before={label: before},
        after={label: needed},
        reason=reason,
    )
    notify(
        User.objects.in_role(*roles.ADMINISTRATORS).exclude(pk=actor.pk),
        kind=MessageKind.INFORMATION,
        title=f"{label}{'须' if needed else '不再须'}使用动态口令",
        url="/users/roles",
        key=f"role-setting-{role}-{timezone.now():%Y%m%d%H%M%S}",
        body=f"{actor.full_name} 设置。原因：{reason}",
    )
