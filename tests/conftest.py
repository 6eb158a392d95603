"""Tests run as the owner role, because they create the schema."""

import os

os.environ.setdefault("DJANGO_DB_ROLE", "owner")
os.environ.setdefault("DJANGO_ENV", "test")
