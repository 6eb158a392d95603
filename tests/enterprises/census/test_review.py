"""What the pages of a batch are made of: filters, three values, totals, bulk decisions."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from enterprises.census.apply import NotApplicableError, apply_batch
from enterprises.census.decisions import decide, finish
from enterprises.census.filters import RowFilter, outcomes
from enterprises.census.review import row_views
from enterprises.census.totals import field_counts, issue_counts, summary
from enterprises.models import Bucket, CensusBatch, Choice, RowDecision, RowOutcome
from enterprises.services import change_enterprise
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    code,
    firm,
    outcome,
    outsider,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
BEAN, MILL, KILN = "清泉豆制品公司", "双溪面粉厂", "老窑砖厂"


@pytest.fixture
def batch(world: World) -> CensusBatch:
    """One row in nearly every bucket; the bean firm is asked about."""
    write(world.county, [firm(BEAN, 1), firm(MILL, 2), firm(KILN, 3)])
    change_enterprise(
        actor=world.clerk,
        enterprise=registered(BEAN),
        facts={"legal_representative": "周正"},
        reason="走访",
    )
    rows = [
        firm(BEAN, 1, 法定代表人="李新民"),
        firm(MILL, 2, 法定代表人="李新民", 联系电话="13900000000"),
        firm(KILN, 8),
        firm("新办竹编厂", 9, 住所="江南县新城路"),
        firm("缺码的厂"),
    ]
    return stage(world.county, rows, day=NEXT_SPRING)


def names(batch: CensusBatch, **conditions: object) -> list[str]:
    found = outcomes(batch, RowFilter(**conditions))  # type: ignore[arg-type]
    return [one.row.name if one.row else "" for one in found.select_related("row")]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"bucket": Bucket.CHANGED}, [BEAN, MILL]),
        ({"bucket": Bucket.NOT_SEEN}, [""]),
        ({"field": "phone"}, [MILL]),
        ({"issue": "uscc_missing"}, ["缺码的厂"]),
        ({"search": "面粉"}, [MILL]),
        ({"search": code(9)[:17]}, ["新办竹编厂"]),
        ({"search": "6"}, ["缺码的厂"]),
        ({"undecided": True}, [BEAN, KILN]),
        ({"outside": True}, []),
    ],
)
def test_rows_of_a_filter(
    batch: CensusBatch, conditions: dict[str, object], expected: list[str]
) -> None:
    assert names(batch, **conditions) == expected


def test_three_values_stand_side_by_side(batch: CensusBatch) -> None:
    [view] = row_views(batch, [outcome(batch, BEAN)])
    [values] = view.fields
    assert (values.label, values.last, values.this, values.ours, values.asks) == (
        "法定代表人",
        "王建国",
        "李新民",
        "周正",
        True,
    )


def test_a_possible_match_shows_its_candidates(batch: CensusBatch) -> None:
    [view] = row_views(batch, [outcome(batch, KILN)])
    assert view.candidates == [registered(KILN)]


def test_a_row_shows_its_issues(batch: CensusBatch) -> None:
    [view] = row_views(batch, [outcome(batch, "缺码的厂")])
    assert "uscc_missing" in [issue.code for issue in view.issues]


def test_two_rows_or_many_take_the_same_number_of_queries(batch: CensusBatch) -> None:
    def queries(page: list[RowOutcome]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as spent:
            row_views(batch, page)
        return len(spent)

    found = list(outcomes(batch).select_related("row", "enterprise"))
    two = [one for one in found if one.row and one.row.name in {BEAN, KILN}]
    assert queries(two) == queries(found)


def test_the_summary_says_what_would_be_written(batch: CensusBatch) -> None:
    told = summary(batch)
    assert (told.rows, told.undecided, told.waiting) == (5, 2, 2)
    assert told.to_write == {"new": 1, "changed": 1}
    assert told.sentence.startswith(
        "将新增 1 家、更新 1 家（自动采用 2 项）、本次未见 1 家标为待核；"
    )


def test_the_summary_names_the_newcomers_of_other_counties(world: World) -> None:
    batch = stage(world.county, [firm(BEAN, 1), outsider("外县糕点厂")])
    words = "新增中 1 家代码和住所均不在本县，只入库留档、不计入本县"
    assert words in summary(batch).sentence
    say(world, batch, Choice.INCLUDE, bucket=Bucket.NEW)
    assert words not in summary(batch).sentence


def test_the_summary_follows_the_decisions(world: World, batch: CensusBatch) -> None:
    say(world, batch, Choice.ADOPT, bucket=Bucket.CHANGED)
    say(world, batch, Choice.LATER, bucket=Bucket.NEW)
    told = summary(batch)
    assert told.to_write == {"new": 0, "changed": 2}
    assert (told.undecided, told.waiting) == (1, 2)


def test_the_summary_is_what_the_receipt_says_in_the_end(world: World, batch: CensusBatch) -> None:
    say(world, batch, Choice.ADOPT, bucket=Bucket.CHANGED)
    told = summary(batch)
    receipt = apply_batch(actor=world.clerk, batch=batch).receipt
    assert (receipt["created"], receipt["changed"]) == (
        told.to_write["new"],
        told.to_write["changed"],
    )


def test_counts_by_field_and_by_kind_of_issue(batch: CensusBatch) -> None:
    assert field_counts(batch) == [
        ("legal_representative", "法定代表人", 1, 1),
        ("phone", "联系电话", 1, 0),
    ]
    assert issue_counts(batch)[0] == ("uscc_missing", "error", "缺统一社会信用代码", 1)


def test_one_decision_for_all_rows_of_a_filter_leaves_one_entry(
    world: World, batch: CensusBatch
) -> None:
    assert say(world, batch, Choice.KEEP, bucket=Bucket.CHANGED) == 2
    entry = AuditEntry.objects.get(verb="census.decide")
    assert entry.after == {
        "choice": "keep",
        "field": "",
        "rows": 2,
        "chosen": {"bucket": "changed"},
    }


def test_a_word_on_the_whole_row_replaces_those_on_its_fields(
    world: World, batch: CensusBatch
) -> None:
    say(world, batch, Choice.ADOPT, bucket=Bucket.CHANGED, field="legal_representative")
    say(world, batch, Choice.KEEP, bucket=Bucket.CHANGED)
    assert set(RowDecision.objects.values_list("field", "choice")) == {("", "keep")}


def test_a_later_word_replaces_an_earlier_one(world: World, batch: CensusBatch) -> None:
    say(world, batch, Choice.LATER, bucket=Bucket.CHANGED)
    say(world, batch, Choice.ADOPT, bucket=Bucket.CHANGED)
    assert names(batch, undecided=True) == [KILN]


def test_a_decision_falls_only_on_the_rows_it_fits(world: World, batch: CensusBatch) -> None:
    assert say(world, batch, Choice.SAME_AS) == 1
    assert say(world, batch, Choice.DEREGISTERED) == 0  # the missing kiln has been found


def test_keeping_a_value_that_would_apply_by_itself(world: World, batch: CensusBatch) -> None:
    decide(
        actor=world.clerk,
        batch=batch,
        chosen=RowFilter(ids=[outcome(batch, MILL).pk]),
        choice=Choice.KEEP,
        field="phone",
    )
    apply_batch(actor=world.clerk, batch=batch)
    mill = registered(MILL)
    assert (mill.phone, mill.legal_representative) == ("", "李新民")


@pytest.mark.parametrize("choice", [Choice.CONFIRM, Choice.EXCLUDE, Choice.INCLUDE])
def test_weighty_decisions_need_a_reason(world: World, batch: CensusBatch, choice: Choice) -> None:
    with pytest.raises(ValidationError, match="请填写理由"):
        decide(actor=world.clerk, batch=batch, chosen=RowFilter(), choice=choice)


def test_an_enterprise_of_another_county_is_no_answer(world: World, batch: CensusBatch) -> None:
    with pytest.raises(ValidationError, match="不在本县名册"):
        decide(
            actor=world.clerk,
            batch=batch,
            chosen=RowFilter(),
            choice=Choice.SAME_AS,
            same_as=world.foreign,
        )


def test_a_written_batch_takes_no_more_decisions(world: World, batch: CensusBatch) -> None:
    apply_batch(actor=None, batch=batch)
    with pytest.raises(NotApplicableError, match="已写入"):
        say(world, batch, Choice.LATER)


def test_finishing_leaves_open_what_is_open(world: World, batch: CensusBatch) -> None:
    assert finish(actor=world.clerk, batch=batch).state == "decided"
    assert apply_batch(actor=world.clerk, batch=batch).receipt["waiting"] == 1


def say(
    world: World, batch: CensusBatch, choice: Choice, *, bucket: str = "", field: str = ""
) -> int:
    return decide(
        actor=world.clerk,
        batch=batch,
        chosen=RowFilter(bucket=bucket),
        choice=choice,
        field=field,
        reason="电话核实",
    )
