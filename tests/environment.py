"""Loaded before Django's settings: tests create the schema, so they run as the owner role."""

import os

os.environ["DJANGO_DB_ROLE"] = "owner"
os.environ["DJANGO_ENV"] = "test"
