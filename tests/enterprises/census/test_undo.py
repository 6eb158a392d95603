"""Taking a whole batch back: what is reversed, what is kept, what is impossible, and why."""

import pytest

from enterprises.census.apply import NotApplicableError, apply_batch
from enterprises.census.decisions import decide
from enterprises.census.filters import RowFilter
from enterprises.census.undo import undo_batch
from enterprises.models import (
    BatchState,
    Bucket,
    Choice,
    Enterprise,
    EnterprisePeriod,
    EnterpriseYear,
    NameHistory,
    RegisterChange,
    SourceRecord,
)
from enterprises.services import change_enterprise, record_measures
from tests.builders import cover
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    SPRING,
    buckets,
    code,
    firm,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
BEAN, MILL = "清泉豆制品公司", "双溪面粉厂"
WATCHED = (Enterprise, EnterprisePeriod, EnterpriseYear, NameHistory, SourceRecord)


def contents() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the register but for its version and the time of its last change."""
    found = {}
    for model in WATCHED:
        left_out = {"version", "updated_at"}
        names = [f.attname for f in model._meta.concrete_fields if f.name not in left_out]
        found[model.__name__] = sorted(model.objects.values_list(*names), key=str)
    return found


def test_a_first_list_goes_without_a_trace(world: World) -> None:
    before = contents()
    batch = write(world.county, [firm(BEAN, 1, 从业人数="30"), firm(MILL, 2)])
    undone = undo_batch(actor=world.clerk, batch=batch, reason="传错了文件")
    assert contents() == before
    assert undone.state == BatchState.UNDONE
    assert (undone.undo_receipt["reversed"], undone.undo_receipt["kept"]) == (2, 0)


def test_a_later_list_with_every_kind_of_change_goes_without_a_trace(world: World) -> None:
    write(
        world.county,
        [firm(BEAN, 1, 从业人数="30"), firm(MILL, 2, 登记状态="存续"), firm("老窑砖厂", 3)],
    )
    before = contents()
    batch = write(
        world.county,
        [
            firm("清泉食品公司", 1, 从业人数="45", 住所="江南县西河镇", 网格员="赵六"),
            firm(MILL, 2, 登记状态="注销", 注册资本="50万美元"),
            firm("新办竹编厂", 4),
        ],
        day=NEXT_SPRING,
    )
    assert buckets(batch) == {"changed": 2, "new": 1, "not_seen": 1}
    undo_batch(actor=None, batch=batch)
    assert contents() == before


def test_a_second_list_of_the_same_day_goes_without_a_trace(world: World) -> None:
    write(world.county, [firm(BEAN, 1, 从业人数="30", 登记状态="存续"), firm(MILL, 2)])
    before = contents()
    batch = write(world.county, [firm(BEAN, 1, 从业人数="45", 登记状态="注销")])
    undo_batch(actor=None, batch=batch)
    assert contents() == before


def test_a_second_source_goes_and_the_first_stays(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    before = contents()
    batch = write(world.county, [firm(BEAN, 1, 从业人数="45")], source="economy")
    undo_batch(actor=None, batch=batch)
    assert contents() == before


def test_an_officers_word_on_the_missing_goes_with_the_batch(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    before = contents()
    batch = stage(world.county, [firm(MILL, 2)], day=NEXT_SPRING)
    decide(
        actor=world.clerk,
        batch=batch,
        chosen=RowFilter(bucket=Bucket.NOT_SEEN),
        choice=Choice.DEREGISTERED,
    )
    undo_batch(actor=None, batch=apply_batch(actor=None, batch=batch))
    assert contents() == before


def test_what_was_edited_since_keeps_the_new_value(world: World) -> None:
    write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    batch = write(
        world.county,
        [
            firm(BEAN, 1, 法定代表人="李新民", 联系电话="13900000000"),
            firm(MILL, 2, 法定代表人="李新民"),
        ],
        day=NEXT_SPRING,
    )
    change_enterprise(
        actor=world.clerk,
        enterprise=registered(BEAN),
        facts={"phone": "13811111111"},
        reason="电话核实",
    )
    undone = undo_batch(actor=None, batch=batch)
    bean = registered(BEAN)
    assert (bean.legal_representative, bean.phone) == ("王建国", "13811111111")
    assert undone.undo_receipt == {
        "reversed": 1,
        "kept": 1,
        "impossible": 0,
        "rows": [[BEAN, "kept", "后来又改过，保留新值"]],
    }


def test_a_new_enterprise_that_is_covered_cannot_be_taken_back(world: World) -> None:
    batch = write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    cover(registered(BEAN), world.joint_branch)
    undone = undo_batch(actor=None, batch=batch)
    assert undone.undo_receipt["rows"] == [[BEAN, "impossible", "已有覆盖关系，不能撤销"]]
    assert Enterprise.objects.filter(name=BEAN).exists()
    assert not Enterprise.objects.filter(name=MILL).exists()
    assert registered(BEAN).years.exists()


def test_a_new_enterprise_that_another_list_knows_too_is_kept(world: World) -> None:
    batch = write(world.county, [firm(BEAN, 1)])
    write(world.county, [firm(BEAN, 1)], source="tax")
    undone = undo_batch(actor=None, batch=batch)
    assert undone.undo_receipt["rows"] == [[BEAN, "kept", "其他名单里也有这家企业，保留"]]


def test_numbers_an_officer_has_reported_since_are_kept(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    batch = write(world.county, [firm(BEAN, 1, 从业人数="45")], day=NEXT_SPRING)
    record_measures(
        actor=None,
        enterprise=registered(BEAN),
        reference_date=NEXT_SPRING,
        measures={"employee_count": 46},
    )
    undo_batch(actor=None, batch=batch)
    assert registered(BEAN).years.get(reference_date=NEXT_SPRING).employee_count == 46


def test_a_code_that_someone_else_bears_by_now_is_not_given_back(world: World) -> None:
    write(world.county, [firm(BEAN, 1)])
    batch = stage(world.county, [firm(BEAN, 2)], day=NEXT_SPRING)
    decide(
        actor=world.clerk,
        batch=batch,
        chosen=RowFilter(bucket=Bucket.POSSIBLE_MATCH),
        choice=Choice.SAME_AS,
    )
    batch = apply_batch(actor=None, batch=batch)
    Enterprise.objects.filter(name=world.own.name).update(uscc=code(1))
    undone = undo_batch(actor=None, batch=batch)
    assert registered(BEAN).uscc == code(2)
    assert undone.undo_receipt["kept"] == 1


def test_every_change_of_the_batch_says_what_became_of_it(world: World) -> None:
    batch = write(world.county, [firm(BEAN, 1), firm(MILL, 2)])
    undo_batch(actor=None, batch=batch)
    assert set(RegisterChange.objects.filter(batch=batch).values_list("undone", flat=True)) == {
        "reversed"
    }


def test_undoing_twice_is_undoing_once(world: World) -> None:
    batch = write(world.county, [firm(BEAN, 1)])
    first = undo_batch(actor=None, batch=batch)
    assert undo_batch(actor=None, batch=batch).undone_at == first.undone_at


def test_what_was_not_written_cannot_be_undone(world: World) -> None:
    with pytest.raises(NotApplicableError, match="没有可撤销的内容"):
        undo_batch(actor=None, batch=stage(world.county, [firm(BEAN, 1)]))


def test_after_an_undo_the_same_list_can_be_written_again(world: World) -> None:
    undo_batch(actor=None, batch=write(world.county, [firm(BEAN, 1)]))
    assert buckets(write(world.county, [firm(BEAN, 1)])) == {"new": 1}
    assert registered(BEAN).periods.get().valid_from == SPRING
