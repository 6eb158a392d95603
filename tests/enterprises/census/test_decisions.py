"""An officer's word on rows of a batch, and what it does when the batch is written."""

import pytest

from enterprises.census.apply import apply_batch
from enterprises.census.decisions import decide
from enterprises.census.filters import RowFilter
from enterprises.models import (
    Bucket,
    CensusBatch,
    Choice,
)
from enterprises.services import change_enterprise
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    buckets,
    firm,
    outcome,
    outsider,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
BEAN, MILL = "清泉豆制品公司", "双溪面粉厂"


def test_a_confirmed_error_is_written_with_the_officers_reason(world: World) -> None:
    wrong = {"统一社会信用代码": "91340899MA2N6D5U71"}
    batch = stage(world.county, [firm(BEAN) | wrong])
    say(world, batch, Choice.CONFIRM, bucket=Bucket.ERROR)
    batch.refresh_from_db()
    assert buckets(batch) == {"new": 1}
    apply_batch(actor=world.clerk, batch=batch)
    assert registered(BEAN).uscc == "91340899MA2N6D5U71"


def test_a_fatal_error_cannot_be_confirmed(world: World) -> None:
    batch = stage(world.county, [firm("", 1)])
    assert say(world, batch, Choice.CONFIRM, bucket=Bucket.ERROR) == 0


def test_adopting_and_keeping_one_field_each(world: World) -> None:
    batch = conflict(world)
    say(world, batch, Choice.ADOPT, field="legal_representative")
    say(world, batch, Choice.KEEP, field="phone")
    apply_batch(actor=world.clerk, batch=batch)
    bean = registered(BEAN)
    assert (bean.legal_representative, bean.phone) == ("李新民", "13811111111")


def test_a_kept_value_is_not_asked_about_again(world: World) -> None:
    batch = conflict(world)
    say(world, batch, Choice.KEEP)
    apply_batch(actor=world.clerk, batch=batch)
    again = stage(world.county, [changed_row()], day=NEXT_SPRING)
    assert buckets(again) == {"same": 1}


def test_a_row_put_off_is_not_written_at_all(world: World) -> None:
    batch = conflict(world)
    say(world, batch, Choice.LATER)
    batch = apply_batch(actor=world.clerk, batch=batch)
    assert registered(BEAN).legal_representative == "周正"
    assert batch.receipt["waiting"] == 1


def test_a_decision_taken_before_a_later_edit_does_not_count(world: World) -> None:
    batch = conflict(world)
    say(world, batch, Choice.ADOPT)
    change_enterprise(
        actor=world.clerk,
        enterprise=registered(BEAN),
        facts={"legal_representative": "吴正"},
        reason="电话核实",
    )
    batch = apply_batch(actor=world.clerk, batch=batch)
    assert registered(BEAN).legal_representative == "吴正"
    assert batch.receipt["waiting"] == 1


def test_an_officer_may_include_an_outsider(world: World) -> None:
    batch = stage(world.county, [outsider()])
    say(world, batch, Choice.INCLUDE, bucket=Bucket.NEW)
    apply_batch(actor=world.clerk, batch=batch)
    assert registered(BEAN).years.get().in_base_list


def changed_row() -> dict[str, str]:
    return firm(BEAN, 1, 法定代表人="李新民", 联系电话="13922222222")


def conflict(world: World) -> CensusBatch:
    """A batch that asks about person and telephone of one enterprise."""
    write(world.county, [firm(BEAN, 1, 联系电话="13900000000")])
    change_enterprise(
        actor=world.clerk,
        enterprise=registered(BEAN),
        facts={"legal_representative": "周正", "phone": "13811111111"},
        reason="走访核实",
    )
    batch = stage(world.county, [changed_row()], day=NEXT_SPRING)
    assert outcome(batch, BEAN).asked == ["legal_representative", "phone"]
    return batch


def say(
    world: World,
    batch: CensusBatch,
    choice: Choice,
    *,
    field: str = "",
    bucket: str = Bucket.CHANGED,
) -> int:
    return decide(
        actor=world.clerk,
        batch=batch,
        chosen=RowFilter(bucket=bucket),
        choice=choice,
        field=field,
        reason="电话核实",
    )
