"""How passwords are kept: Argon2id at OWASP's smallest setting, quick on a small server."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane; hashes with other settings are renewed at sign-in."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
