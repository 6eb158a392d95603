"""What officers do to single enterprises: correct, judge, claim, close, merge, report."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from core import jobs
from core.dates import today
from core.models import AuditEntry
from enterprises.models import Enterprise, EnterprisePeriod, NameHistory, OperatingStatus, Ownership
from enterprises.periods import mirror_arrivals
from enterprises.services import (
    change_enterprise,
    change_status,
    claim_area,
    judge_ownership,
    merge_enterprises,
    reclaim,
    record_measures,
)
from tests.builders import LONG_AGO, make_enterprise
from tests.world import World

pytestmark = pytest.mark.django_db
SPRING, SUMMER = date(2026, 3, 31), date(2026, 7, 1)


def periods(enterprise: Enterprise, field: str) -> list[tuple[date, date | None, Any]]:
    found = enterprise.periods.order_by("valid_from")
    return list(found.values_list("valid_from", "valid_to", field))


def whole(enterprise: Enterprise) -> bool:
    """Without gap and without overlap, from the first day to no end."""
    found = list(enterprise.periods.order_by("valid_from"))
    joined = all(one.valid_to == two.valid_from for one, two in pairwise(found))
    return joined and found[-1].valid_to is None


def test_a_correction_leaves_one_entry_with_before_and_after(world: World) -> None:
    firm = change_enterprise(
        actor=world.clerk, enterprise=world.own, facts={"phone": "13900000000"}, reason="走访"
    )
    entry = AuditEntry.objects.get(verb="enterprise.change")
    assert (entry.before, entry.after) == ({"phone": ""}, {"phone": "13900000000"})
    assert entry.scope_path == world.park_committee.path
    assert firm.version == world.own.version + 1


def test_a_correction_that_changes_nothing_leaves_nothing(world: World) -> None:
    change_enterprise(
        actor=world.clerk, enterprise=world.own, facts={"name": world.own.name}, reason="核对"
    )
    assert not AuditEntry.objects.filter(verb="enterprise.change").exists()


def test_a_new_name_sends_the_old_one_into_history(world: World) -> None:
    firm = change_enterprise(
        actor=world.clerk,
        enterprise=world.own,
        facts={"name": "北湖重庆面馆"},
        reason="更名",
        on=SUMMER,
    )
    former = NameHistory.objects.get(enterprise=firm)
    assert (former.value, former.valid_from, former.valid_to) == (world.own.name, LONG_AGO, SUMMER)
    assert "bhcqmg" in firm.initials


def test_a_code_someone_else_bears_is_refused(world: World) -> None:
    with pytest.raises(ValidationError):
        change_enterprise(
            actor=world.clerk, enterprise=world.own, facts={"uscc": world.joint.uscc}, reason="改"
        )


def test_judgements_are_no_facts_of_the_registry(world: World) -> None:
    with pytest.raises(ValueError, match="ownership"):
        change_enterprise(
            actor=None, enterprise=world.own, facts={"ownership": "public"}, reason="改"
        )


def test_a_status_begins_a_period_and_ends_the_one_before(world: World) -> None:
    change_status(
        actor=world.clerk,
        enterprise=world.own,
        on=SPRING,
        reason="歇业备案",
        operating_status=OperatingStatus.SUSPENDED,
    )
    assert periods(world.own, "operating_status") == [
        (LONG_AGO, SPRING, "in_operation"),
        (SPRING, None, "suspended"),
    ]
    assert Enterprise.objects.get(pk=world.own.pk).operating_status == "suspended"


def test_an_earlier_change_goes_on_until_the_next_known_one(world: World) -> None:
    def status(on: date, status: str) -> None:
        change_status(
            actor=None, enterprise=world.own, on=on, reason="登记", operating_status=status
        )

    status(SUMMER, "deregistered")
    status(SPRING, "suspended")
    assert periods(world.own, "operating_status") == [
        (LONG_AGO, SPRING, "in_operation"),
        (SPRING, SUMMER, "suspended"),
        (SUMMER, None, "deregistered"),
    ]


def test_a_fact_crosses_the_periods_of_another_fact(world: World) -> None:
    change_status(
        actor=None, enterprise=world.own, on=SUMMER, reason="登记", operating_status="suspended"
    )
    judge_ownership(
        actor=None, enterprise=world.own, ownership=Ownership.PUBLIC, reason="持股", on=SPRING
    )
    assert [row[2] for row in periods(world.own, "ownership")] == ["private", "public", "public"]
    assert whole(world.own)


def test_before_the_first_day_a_period_is_put_in_front(world: World) -> None:
    early = date(2015, 1, 1)
    change_status(
        actor=None, enterprise=world.own, on=early, reason="补录", operating_status="suspended"
    )
    assert periods(world.own, "operating_status") == [
        (early, LONG_AGO, "suspended"),
        (LONG_AGO, None, "in_operation"),
    ]


def test_an_enterprise_without_any_period_gets_one(world: World) -> None:
    EnterprisePeriod.objects.filter(enterprise=world.own).delete()
    change_status(
        actor=None, enterprise=world.own, on=SPRING, reason="补录", operating_status="suspended"
    )
    assert periods(world.own, "operating_status") == [(SPRING, None, "suspended")]


def test_what_is_entered_ahead_shows_from_its_first_day_on(world: World) -> None:
    tomorrow = today() + timedelta(days=1)
    change_status(
        actor=None, enterprise=world.own, on=tomorrow, reason="登记", operating_status="suspended"
    )
    firm = Enterprise.objects.get(pk=world.own.pk)
    assert (firm.operating_status, mirror_arrivals(today())) == ("in_operation", 0)
    with time_machine.travel(f"{tomorrow}T04:00:00+08:00"):
        jobs.run_now(jobs.submit("enterprises.mirror", owner=None, bell_rings=False))
        assert mirror_arrivals(today()) == 0
    firm.refresh_from_db()
    assert firm.operating_status == "suspended"


def test_a_judgement_needs_a_reason_and_is_marked_as_an_officers(world: World) -> None:
    with pytest.raises(ValidationError, match="请填写认定理由"):
        judge_ownership(actor=None, enterprise=world.own, ownership=Ownership.PUBLIC, reason=" ")
    firm = judge_ownership(
        actor=world.clerk, enterprise=world.own, ownership=Ownership.PUBLIC, reason="县国资办持股"
    )
    assert (firm.ownership, firm.ownership_confirmed) == ("public", True)
    assert firm.ownership_reason == "县国资办持股"


def test_claiming_stops_the_clock(world: World) -> None:
    claim_area(actor=world.clerk, enterprises=[world.unclaimed], area=world.east, reason="实地核实")
    firm = Enterprise.objects.get(pk=world.unclaimed.pk)
    assert (firm.reporting_area, firm.area_confirmed) == (world.east, True)
    assert firm.unclaimed_since is None
    entry = AuditEntry.objects.get(verb="enterprise.claim")
    assert entry.after == {"reporting_area": world.east.name}


def test_an_enterprise_can_go_back_to_the_queue(world: World) -> None:
    claim_area(actor=world.clerk, enterprises=[world.own], area=None, reason="划错")
    firm = Enterprise.objects.get(pk=world.own.pk)
    assert firm in Enterprise.objects.unclaimed()
    assert (firm.area_confirmed, firm.unclaimed_since is not None) == (False, True)


def test_new_keywords_claim_what_was_waiting(world: World) -> None:
    firm = make_enterprise("茶具厂", county=world.county, registered_address="江南县茶山头1号")
    assert reclaim(actor=world.clerk, county=world.county) == 0
    world.east.keywords = ["茶山头"]
    world.east.save()
    assert reclaim(actor=world.clerk, county=world.county) == 1
    firm.refresh_from_db()
    assert (firm.reporting_area, firm.area_reason) == (world.east, "住所含“茶山头”")
    assert not firm.area_confirmed


def test_a_merged_enterprise_hands_its_names_and_codes_on(world: World) -> None:
    old_code = world.uncovered.uscc
    merge_enterprises(
        actor=world.clerk, absorbed=world.uncovered, into=world.own, on=SPRING, reason="吸收合并"
    )
    absorbed = Enterprise.objects.get(pk=world.uncovered.pk)
    assert (absorbed.successor, absorbed.uscc) == (world.own, None)
    assert absorbed.operating_status == OperatingStatus.DEREGISTERED
    assert set(world.own.former_names.values_list("what", "value")) == {
        ("name", world.uncovered.name),
        ("uscc", old_code),
    }


def test_a_covered_enterprise_is_not_merged_away(world: World) -> None:
    with pytest.raises(ValidationError, match="仍有党组织覆盖关系"):
        merge_enterprises(
            actor=None, absorbed=world.joint, into=world.own, on=SPRING, reason="合并"
        )


def test_nobody_is_merged_with_himself_or_abroad(world: World) -> None:
    for other in (world.own, world.foreign):
        with pytest.raises(ValidationError, match="同一县名册"):
            merge_enterprises(actor=None, absorbed=world.own, into=other, on=SPRING, reason="合并")


def test_reported_numbers_are_kept_with_their_date(world: World) -> None:
    year = record_measures(
        actor=world.clerk,
        enterprise=world.own,
        reference_date=SPRING,
        measures={"employee_count": 80, "reported": {"网格": "三"}},
    )
    assert (year.employee_count, year.reported, year.batch) == (80, {"网格": "三"}, None)
    record_measures(
        actor=world.clerk,
        enterprise=world.own,
        reference_date=SPRING,
        measures={"employee_count": 80},
    )
    assert AuditEntry.objects.filter(verb="enterprise.measure").count() == 1


def test_numbers_nobody_knows_are_refused(world: World) -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        record_measures(
            actor=None, enterprise=world.own, reference_date=SPRING, measures={"shoe_size": 43}
        )
