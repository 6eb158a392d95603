"""What a rating missed is listed with a deadline, reported done and verified from above."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import deadlines
from core.dates import today
from organizations.models import Rating, Rectification
from organizations.services import rectifications
from tests.organizations.test_ratings import confirmed, desk, starred
from tests.world import World


def listed(world: World, rating: Rating, **facts: Any) -> list[Rectification]:
    facts = {"responsible": "郑书记", "due_on": today(), **facts}
    return rectifications.open_rectifications(
        actor=world.park_officer, source=rating, criteria=rectifications.missed(rating), **facts
    )


def test_what_a_rating_missed_is_listed_once_with_a_deadline(world: World) -> None:
    rating = confirmed(world, starred(), 60, 30)

    (row,) = listed(world, rating)

    assert (row.criterion.label, row.organization) == ("发展强", world.own_branch)
    with pytest.raises(ValidationError, match="这一项已经列入整改"):
        listed(world, rating)
    with pytest.raises(ValidationError, match="整改期限不能早于今天"):
        listed(world, rating, due_on=date(2026, 1, 1))
    due = deadlines.due(world.secretary, today())
    assert [(one.what, one.url) for one in due if "整改" in one.what] == [
        ("整改到期：发展强", f"/sites/rectifications/{row.pk}")
    ]


def test_the_branch_reports_and_another_verifies(world: World) -> None:
    (row,) = listed(world, confirmed(world, starred(), 60, 30))
    secretary, officer = desk(world.secretary), desk(world.park_officer)
    url, day = f"/sites/rectifications/{row.pk}", today().isoformat()

    assert "必填" in secretary.post(f"{url}/report", {"on": day}).content.decode()
    secretary.post(f"{url}/report", {"on": day, "evidence": "已补课，见会议记录"})
    assert secretary.post(f"{url}/verify", {"on": day}).status_code == 403
    officer.post(f"{url}/return", {"reason": "记录不全"})
    assert "已退回：记录不全" in secretary.get(url).content.decode()
    secretary.post(f"{url}/report", {"on": day, "evidence": "记录已补全"})
    officer.post(f"{url}/verify", {"on": day})

    row.refresh_from_db()
    assert (row.state, row.verified_by) == ("verified", world.park_officer)
    with pytest.raises(IntegrityError, match="verified_by_another"), transaction.atomic():
        Rectification.objects.filter(pk=row.pk).update(verified_by=world.secretary)
