"""Two clerks act at the same time: the second sees what the first has done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import monotonic

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from organizations import services, tree
from organizations.models import PartyOrganization
from tests.builders import make_organization
from tests.organizations.acts import DOCUMENT

WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def move(organization: PartyOrganization, parent: PartyOrganization) -> None:
    services.move_organization(
        actor=None,
        organization=organization,
        parent=parent,
        on=date(2026, 3, 1),
        document=DOCUMENT,
    )


def move_elsewhere(organization: PartyOrganization, parent: PartyOrganization) -> str:
    """The same on a connection of its own; what was said against it."""
    try:
        move(organization, parent)
    except ValidationError as problem:
        return str(problem.messages[0])
    finally:
        connection.close()
    return ""


def wait_until_somebody_waits() -> None:
    ends = monotonic() + 20
    while monotonic() < ends:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_make_no_circle() -> None:
    top = make_organization("县委")
    one, other = (make_organization(name, parent=top) for name in ("甲党委", "乙党委"))

    with ThreadPoolExecutor(1) as desk:
        with transaction.atomic():
            move(one, other)
            answer = desk.submit(move_elsewhere, other, one)
            wait_until_somebody_waits()
        assert answer.result() == "上级党组织不能是它自己的下级。"

    assert tree.parents_as_of(date(2026, 3, 1)) == {
        top.pk: None,
        one.pk: other.pk,
        other.pk: top.pk,
    }
