"""What tests of acts on organizations share: their day, their document, short ways to ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from enterprises.models import CoverageLink, Enterprise
from organizations import services
from organizations.closing import Homes
from organizations.models import (
    ChangePart,
    OrganizationChange,
    OrganizationKind,
    PartyOrganization,
    Placement,
)

DAY, EVE = date(2026, 3, 1), date(2026, 2, 28)
DOCUMENT = "江工委〔2026〕5号"
Role = ChangePart.Role


def refusal(service: Callable[..., Any], **arguments: Any) -> dict[str, list[str]]:
    """What the service says, by field; it must refuse and leave nothing behind."""
    before = OrganizationChange.objects.count(), Placement.objects.count()
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        service(**{"actor": None, "on": DAY, "document": DOCUMENT} | arguments)
    assert (OrganizationChange.objects.count(), Placement.objects.count()) == before
    return caught.value.message_dict


def parts_of(change: OrganizationChange) -> set[tuple[str, str]]:
    return set(change.parts.values_list("organization__name", "role"))


def close(organization: PartyOrganization, homes: Homes | None = None, on: date = DAY) -> None:
    services.close_organization(
        actor=None,
        organization=organization,
        on=on,
        document=DOCUMENT,
        reason="整合",
        homes=homes or Homes(),
    )


def covered_by(enterprise: Enterprise, on: date) -> list[tuple[str, str]]:
    links = CoverageLink.objects.as_of(on).filter(enterprise=enterprise)
    return list(links.values_list("organization__name", "mode"))


def part(code: str, name: str) -> PartyOrganization:
    return PartyOrganization(code=code, name=name, kind=OrganizationKind.BRANCH)


@contextmanager
def at_once() -> Iterator[None]:
    """A transaction whose end is here, as far as deferred constraints are concerned."""
    with transaction.atomic():
        yield
        connection.check_constraints()
