"""Writing a batch: register, names, periods, yearly records, history, and what stays untouched."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from core.models import AuditEntry
from enterprises.census import apply, pipeline
from enterprises.census.apply import EditedMeanwhileError, NotApplicableError, apply_batch
from enterprises.census.reconcile import register_mark
from enterprises.models import (
    CensusBatch,
    Enterprise,
    EnterprisePeriod,
    EnterpriseYear,
    NameHistory,
    OperatingStatus,
    RegisterChange,
    SourceRecord,
    StagedRow,
)
from enterprises.services import change_enterprise
from tests.builders import make_enterprise
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    SPRING,
    buckets,
    code,
    firm,
    outsider,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
BEAN, MILL = "清泉豆制品公司", "双溪面粉厂"


def table_sizes() -> dict[str, Any]:
    """Rows and their last writers: equal only when nothing was inserted, changed or removed."""
    with connection.cursor() as cursor:
        found = {}
        for model in (Enterprise, EnterprisePeriod, EnterpriseYear, NameHistory, RegisterChange):
            table = model._meta.db_table
            cursor.execute(f"SELECT count(*), max(xmin::text::bigint), max(ctid) FROM {table}")
            found[table] = cursor.fetchone()
    return found


def test_new_rows_enter_with_period_yearly_record_and_history(world: World) -> None:
    batch = write(world.county, [firm(BEAN, 1, 从业人数="30", 企业类型="个人独资企业")])
    bean = registered(BEAN)
    [period] = bean.periods.all()
    [year] = bean.years.all()
    assert (period.valid_from, period.valid_to, period.batch) == (SPRING, None, batch)
    assert (period.reporting_area, period.ownership) == (world.east, "private")
    assert (year.employee_count, year.seen_by, year.in_base_list) == (30, ["registry"], True)
    assert RegisterChange.objects.get(enterprise=bean).what == "created"
    assert bean.bigrams[:2] == ["清泉", "泉豆"]
    assert (bean.initials, bean.name_key) == ("qqdzpgs", BEAN)


def test_a_file_of_new_rows_leaves_one_audit_entry(world: World) -> None:
    batch = apply_batch(actor=world.clerk, batch=stage(world.county, [firm(BEAN, 1)]))
    entry = AuditEntry.objects.get(verb="census.apply")
    assert (entry.target_id, entry.actor) == (str(batch.pk), world.clerk)
    assert entry.scope_path == world.county_committee.path


def test_a_change_keeps_the_values_before_and_after(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    batch = write(world.county, [firm(BEAN, 1, 法定代表人="李新民")], day=NEXT_SPRING)
    change = RegisterChange.objects.get(batch=batch)
    assert change.before == {"legal_representative": "王建国"}
    assert change.after == {"legal_representative": "李新民"}


def test_a_new_name_sends_the_old_one_into_history(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 成立日期="2001-05-01")])
    write(world.county, [firm(MILL, 1, 成立日期="2001-05-01")], day=NEXT_SPRING)
    former = NameHistory.objects.get(what="name")
    assert (former.value, former.valid_from, former.valid_to) == (
        BEAN,
        date(2001, 5, 1),
        NEXT_SPRING,
    )
    assert registered(MILL).initials == "sxmfc"


def test_a_new_status_begins_a_period_at_the_reference_date(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 登记状态="存续")])
    write(world.county, [firm(BEAN, 1, 登记状态="注销")], day=NEXT_SPRING)
    found = registered(BEAN).periods.order_by("valid_from")
    assert list(found.values_list("valid_from", "valid_to", "operating_status")) == [
        (SPRING, NEXT_SPRING, "in_operation"),
        (NEXT_SPRING, None, "deregistered"),
    ]


def test_a_second_list_of_the_same_day_changes_the_period_in_place(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 登记状态="存续")])
    batch = write(world.county, [firm(BEAN, 1, 登记状态="注销")])
    [period] = registered(BEAN).periods.all()
    assert period.operating_status == OperatingStatus.DEREGISTERED
    assert RegisterChange.objects.filter(batch=batch, what="period").exists()


def test_an_identical_list_of_the_same_round_writes_nothing(world: World) -> None:
    rows = [firm(BEAN, 1, 从业人数="30"), firm(MILL, 2), firm("没有代码的厂")]
    write(world.county, rows)
    before = table_sizes()
    again = write(world.county, rows)
    assert table_sizes() == before
    assert buckets(again) == {"same": 2, "error": 1}


def test_an_identical_list_of_a_new_date_writes_yearly_records_alone(world: World) -> None:
    rows = [firm(BEAN, 1, 从业人数="30"), firm(MILL, 2)]
    write(world.county, rows)
    before = table_sizes()
    write(world.county, rows, day=NEXT_SPRING)
    after = table_sizes()
    years = EnterpriseYear._meta.db_table
    assert {table for table in after if after[table] != before[table]} == {years}
    assert EnterpriseYear.objects.filter(reference_date=NEXT_SPRING).count() == 2


def test_numbers_are_carried_forward_where_a_list_is_silent(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 从业人数="30")])
    EnterpriseYear.objects.update(in_base_list=False, exclusion_reason="空壳")
    write(world.county, [firm(BEAN, 1)], day=NEXT_SPRING)
    year = EnterpriseYear.objects.get(reference_date=NEXT_SPRING)
    assert (year.employee_count, year.in_base_list, year.exclusion_reason) == (30, False, "空壳")


def test_two_sources_of_a_round_share_one_yearly_record(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    write(world.county, [firm(BEAN, 1, 从业人数="30")], source="economy")
    [year] = registered(BEAN).years.all()
    assert (year.seen_by, year.employee_count) == (["registry", "economy"], 30)


def test_outsiders_enter_with_the_proposal_to_leave_them_out(world: World) -> None:
    batch = write(world.county, [outsider()])
    bean = registered(BEAN)
    assert buckets(batch) == {"new": 1}
    assert (bean.outside_county, bean.unclaimed_since) == (True, None)
    assert bean.years.get().exclusion_reason == "不在本县"
    assert bean not in Enterprise.objects.unclaimed()


def test_what_no_sign_gives_to_a_township_waits_with_a_clock(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 住所="江南县新城路")])
    bean = registered(BEAN)
    assert bean in Enterprise.objects.unclaimed()
    assert bean.unclaimed_since is not None


def test_a_townships_own_list_claims_what_no_sign_gives_to_another(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 住所="江南县新城路")], area=world.east, source="township")
    bean = registered(BEAN)
    assert (bean.reporting_area, bean.area_reason) == (world.east, "本辖区填报")
    assert bean.unclaimed_since is None


def test_bad_rows_never_block_good_ones(world: World) -> None:
    batch = write(world.county, [firm(BEAN, 1), firm(MILL), firm("", 3)])
    assert batch.receipt["created"] == 1
    assert batch.receipt["error"] == 2


def test_an_enterprise_entered_meanwhile_is_not_entered_twice(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1)])
    write(world.county, [firm(BEAN, 1)], source="tax")
    batch = apply_batch(actor=None, batch=batch)
    assert batch.receipt["created"] == 0
    assert Enterprise.objects.filter(name=BEAN).count() == 1


def test_an_edit_at_the_last_moment_is_not_overwritten(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    batch = stage(world.county, [firm(BEAN, 1, 法定代表人="李新民")], day=NEXT_SPRING)
    change_enterprise(
        actor=world.clerk,
        enterprise=registered(BEAN),
        facts={"legal_representative": "周正"},
        reason="走访",
    )
    batch.register_mark = register_mark(batch)  # as if the edit had come after the look
    batch.save()
    batch = apply_batch(actor=None, batch=batch)
    assert registered(BEAN).legal_representative == "周正"
    assert batch.receipt["waiting"] == 1


def test_a_register_that_never_rests_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def edited(batch: CensusBatch) -> dict[str, Any]:
        raise EditedMeanwhileError

    monkeypatch.setattr(apply, "_write", edited)
    with pytest.raises(NotApplicableError, match="正在被他人修改"):
        apply_batch(actor=None, batch=stage(world.county, [firm(BEAN, 1)]))


def test_a_clash_with_somebody_elses_entry_is_told_in_words(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1)])
    make_enterprise("同码公司", county=world.county, uscc=code(1))
    batch.register_mark = register_mark(batch)
    batch.save()
    with pytest.raises(NotApplicableError, match="正在被他人修改"):
        apply_batch(actor=None, batch=batch)


def test_applying_twice_writes_once(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1)])
    apply_batch(actor=None, batch=batch)
    before = table_sizes()
    apply_batch(actor=None, batch=batch)
    assert table_sizes() == before


def test_reconciling_twice_gives_the_same_outcomes(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm("西泉豆制品公司", 5)])
    batch = stage(world.county, [firm(BEAN, 1, 法定代表人="李新民"), firm(MILL, 2)])
    first = buckets(batch)
    CensusBatch.objects.filter(pk=batch.pk).update(state="staged")
    batch.refresh_from_db()
    assert buckets(pipeline.prepare(batch)) == first


def test_rows_that_vanished_from_staging_stop_the_write(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    StagedRow.objects.filter(batch=batch, row_number=3).delete()
    with pytest.raises(NotApplicableError, match="行数核对不符"):
        apply_batch(actor=None, batch=batch)
    assert not Enterprise.objects.filter(name=BEAN).exists()


def test_rows_nobody_accounts_for_stop_the_write(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1)])
    batch.counts = {**batch.counts, "physical": 9}
    batch.save()
    with pytest.raises(NotApplicableError, match="文件共 9 行"):
        apply_batch(actor=None, batch=batch)


def test_a_cancelled_batch_cannot_be_written(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1)])
    CensusBatch.objects.filter(pk=batch.pk).update(state="cancelled")
    with pytest.raises(NotApplicableError, match="已取消"):
        apply_batch(actor=None, batch=batch)


def test_a_source_record_is_written_only_when_the_source_says_something_new(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    write(world.county, [firm(BEAN, 1)], day=NEXT_SPRING)
    assert SourceRecord.objects.filter(enterprise=registered(BEAN)).count() == 1
