"""What a password must be: one profile for the whole installation, chosen by PASSWORD_PROFILE.

`dengbao` follows GB/T 22239 level 3 (length, classes, history, age), `asvs` follows ASVS 5.0
(length only). Both refuse well-known passwords and the user's own name.
"""

import secrets
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.pinyin import person_keys
from core.text import fold

if TYPE_CHECKING:
    from accounts.models import User

MAX_LENGTH = 128
TEMPORARY_HOURS = 24
WARNING_DAYS = 7
# Letters and digits that nobody mistakes for one another when reading them aloud.
_READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"


@dataclass(frozen=True)
class Profile:
    """`classes` of upper case, lower case, digits, others; `max_age_days` 0 means for ever."""

    min_length: int
    classes: int
    history: int
    max_age_days: int


PROFILES = {
    "dengbao": Profile(min_length=10, classes=3, history=5, max_age_days=90),
    "asvs": Profile(min_length=15, classes=1, history=0, max_age_days=0),
}


@cache
def well_known() -> frozenset[str]:
    """What a guesser in a county tries first; Django's own list knows only English words."""
    path = Path(__file__).with_name("weak_passwords.txt")
    return frozenset(path.read_text(encoding="utf-8").split())


def profile() -> Profile:
    return PROFILES[settings.PASSWORD_PROFILE]


def make_temporary() -> str:
    """A random one-time password, for reading aloud: three groups such as Kd7m-Qx4T-pW9e."""
    pick = secrets.SystemRandom()
    required = [pick.choice(letters) for letters in _READABLE]
    letters = required + [pick.choice("".join(_READABLE)) for _ in range(9)]
    pick.shuffle(letters)
    word = "".join(letters)
    return "-".join((word[:4], word[4:8], word[8:]))


def expires_at(user: "User") -> datetime | None:
    """When the password grows too old under the profile."""
    days = profile().max_age_days
    if not days or user.password_changed_at is None:
        return None
    return user.password_changed_at + timedelta(days=days)


def must_change(user: "User") -> bool:
    """Given out by an administrator, or too old: the next page is the change of password."""
    end = expires_at(user)
    return user.must_change_password or (end is not None and end <= timezone.now())


def days_left(user: "User") -> int | None:
    """Days until the password must be changed, once they are few enough to speak of."""
    end = expires_at(user)
    left = (end - timezone.now()).days if end else None
    return left if left is not None and 0 <= left < WARNING_DAYS else None


def help_text() -> str:
    """What a password must be, in one sentence."""
    rule = profile()
    kinds = (
        f"，含大写字母、小写字母、数字、其他字符中的 {rule.classes} 类" if rule.classes > 1 else ""
    )
    history = f"，也不能是最近 {rule.history} 次用过的密码" if rule.history else ""
    return (
        f"至少 {rule.min_length} 个字符{kinds}；不能包含账号、姓名及其拼音，"
        f"不能是“dangjian2026”之类的常见密码{history}。"
    )


def _classes(password: str) -> int:
    tests = (str.isupper, str.islower, str.isdigit)
    found = sum(any(test(letter) for letter in password) for test in tests)
    return found + any(not letter.isascii() or letter in _OTHERS for letter in password)


_OTHERS = string.punctuation + " "


class ProfileValidator:
    """Length and kinds of characters."""

    def validate(self, password: str, user: Any = None) -> None:
        rule = profile()
        if len(password) < rule.min_length:
            raise ValidationError(f"密码至少 {rule.min_length} 个字符", code="too_short")
        if len(password) > MAX_LENGTH:
            raise ValidationError(f"密码最多 {MAX_LENGTH} 个字符", code="too_long")
        if _classes(password) < rule.classes:
            raise ValidationError(
                f"密码须含大写字母、小写字母、数字、其他字符中的 {rule.classes} 类", code="classes"
            )


class WellKnownValidator:
    """Refuses the words of the trade, whatever digits or marks are put around them."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = fold(password).lower()
        for word in well_known():
            if word in plain and not any(map(str.isalpha, plain.replace(word, ""))):
                raise ValidationError("这个密码太常见，容易被猜到", code="well_known")


class OwnNameValidator:
    """Refuses a password that holds the user's account name or name, in characters or pinyin."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None:
            return
        plain = fold(password).lower()
        full, _ = person_keys(user.full_name)
        own = {user.username.lower(), user.full_name, full}
        if any(len(word) >= 2 and word in plain for word in own):
            raise ValidationError("密码不能包含账号或姓名", code="own_name")


class HistoryValidator:
    """Refuses the latest passwords, the present one included."""

    def validate(self, password: str, user: Any = None) -> None:
        count = profile().history
        if not count or user is None or user.pk is None:
            return
        earlier = user.password_records.order_by("-id").values_list("encoded", flat=True)
        if any(check_password(password, encoded) for encoded in earlier[:count]):
            raise ValidationError(f"不能与最近 {count} 次用过的密码相同", code="history")
