"""How passwords are kept: Argon2id at OWASP's smallest setting, or SM3 where a place demands it."""

import hashlib
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher


class TunedArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane; hashes with other settings are renewed at sign-in."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


def _sm3() -> Any:
    """GB/T 32905, from the OpenSSL that Python is built with."""
    return hashlib.new("sm3")


class SM3Password(PBKDF2PasswordHasher):
    """PBKDF2 over HMAC-SM3, chosen by PASSWORD_HASH=sm3."""

    algorithm = "pbkdf2_sm3"
    digest = staticmethod(_sm3)
    iterations = 120_000
