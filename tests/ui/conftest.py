"""A county clerk who looks at the demonstration list."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ScopeGrant, User
from core.models import Message, MessageKind
from organizations.models import OrganizationKind, PartyOrganization


@pytest.fixture
def clerk(db: None) -> User:
    county = PartyOrganization.objects.create(
        code="C1", name="青山县非公党工委", kind=OrganizationKind.WORK_COMMITTEE, path="1/"
    )
    user = User.objects.create_user("clerk", "周敏")
    User.objects.filter(pk=user.pk).update(must_change_password=False)
    ScopeGrant.objects.create(
        user=user, role="county_clerk", organization=county, valid_from=date(2020, 1, 1)
    )
    return User.objects.get(pk=user.pk)


def become_auditor(user: User) -> None:
    """Audit administrator, with the second factor that the role needs."""
    user.grants.update(role="audit_administrator")
    User.objects.filter(pk=user.pk).update(second_factor_since=timezone.now())


@pytest.fixture
def demo_pages(settings: Any) -> None:
    """The product with the demonstration pages beside it."""
    settings.ROOT_URLCONF = "tests.ui.demo"
    folder = Path(__file__).parent / "templates"
    template_settings = copy.deepcopy(settings.TEMPLATES)
    template_settings[0]["DIRS"].append(folder)
    settings.TEMPLATES = template_settings


@pytest.fixture
def browser(clerk: User, demo_pages: None) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def write_messages(user: User, number: int, title: str = "通知") -> list[Message]:
    """Messages with ascending titles; every third asks for action."""
    return Message.objects.bulk_create(
        Message(
            recipient=user,
            kind=MessageKind.INFORMATION if index % 3 else MessageKind.ACTION,
            title=f"{title}{index:04d}",
            dedupe_key=f"{title}{index}",
        )
        for index in range(number)
    )
