"""Which enterprise a row is: numbers first, a name with its person next, a name alone never."""

import pytest

from core.identifiers import complete_registration_number
from enterprises.census.apply import apply_batch
from enterprises.census.decisions import decide
from enterprises.census.filters import RowFilter
from enterprises.models import Bucket, CensusIssue, Choice, Enterprise, NameHistory
from enterprises.services import merge_enterprises
from tests.builders import make_enterprise
from tests.enterprises.census.lists import (
    NEXT_SPRING,
    buckets,
    code,
    firm,
    outcome,
    registered,
    stage,
    write,
)
from tests.world import World

pytestmark = pytest.mark.django_db
OLD_NUMBER = complete_registration_number("34089900000001")


def test_by_unified_code_whatever_the_name(world: World) -> None:
    write(world.county, [firm("东岭茶叶公司", 1)])
    batch = stage(world.county, [firm("东岭茶业股份公司", 1)], day=NEXT_SPRING)
    assert outcome(batch, "东岭茶业股份公司").basis == "uscc"
    assert outcome(batch, "东岭茶业股份公司").changed == ["name"]


def test_by_the_organization_code_inside_the_unified_one(world: World) -> None:
    old = make_enterprise(
        "东岭旧厂", county=world.county, uscc=None, organization_code=code(1)[8:17]
    )
    found = outcome(stage(world.county, [firm("东岭新厂", 1)]), "东岭新厂")
    assert (found.basis, found.enterprise) == ("organization_code", old)
    assert "uscc" in found.changed


def test_by_the_old_registration_number_that_then_gives_way_to_a_code(world: World) -> None:
    old = make_enterprise(
        "东岭旧厂", county=world.county, uscc=None, registration_number=OLD_NUMBER
    )
    row = firm("东岭旧厂", 1, 注册号=OLD_NUMBER, 法定代表人="钱三")
    batch = write(world.county, [row])
    assert outcome(batch, "东岭旧厂").basis == "registration_number"
    old.refresh_from_db()
    assert (old.uscc, old.registration_number) == (code(1), OLD_NUMBER)


def test_by_name_and_person_where_one_side_has_no_code(world: World) -> None:
    make_enterprise(
        "东岭（集团）茶厂", county=world.county, uscc=None, legal_representative="王建国"
    )
    batch = stage(world.county, [firm("东岭(集团)茶厂", 1)])
    assert outcome(batch, "东岭（集团）茶厂").basis == "name"


def test_the_same_name_under_another_person_is_only_possibly_the_same(world: World) -> None:
    other = make_enterprise("东岭茶厂", county=world.county, uscc=None, legal_representative="李四")
    found = outcome(stage(world.county, [firm("东岭茶厂", 1)]), "东岭茶厂")
    assert (found.bucket, found.candidates) == (Bucket.POSSIBLE_MATCH, [other.pk])


def test_the_same_name_under_another_code_never_merges_by_itself(world: World) -> None:
    write(world.county, [firm("东岭茶厂", 1)])
    batch = write(world.county, [firm("东岭茶厂", 2)], day=NEXT_SPRING)
    assert buckets(batch) == {"possible_match": 1, "not_seen": 1}
    assert Enterprise.objects.filter(name="东岭茶厂").count() == 1


def test_a_similar_name_of_an_enterprise_that_is_missing_is_shown_beside_it(world: World) -> None:
    write(world.county, [firm("江南县南鱼文化传媒有限公司", 1)])
    batch = stage(world.county, [firm("江南南鱼文化传媒有限公司", 2)], day=NEXT_SPRING)
    found = outcome(batch, "江南南鱼文化传媒有限公司")
    assert (found.bucket, found.basis) == (Bucket.POSSIBLE_MATCH, "similar")
    assert found.candidates == [registered("江南县南鱼文化传媒有限公司").pk]


def test_an_enterprise_that_has_a_row_of_its_own_is_no_candidate(world: World) -> None:
    rows = [firm("江南县南鱼文化传媒有限公司", 1)]
    write(world.county, rows)
    batch = stage(world.county, [*rows, firm("江南南鱼文化传媒有限公司", 2)], day=NEXT_SPRING)
    assert buckets(batch) == {"same": 1, "new": 1}


def test_a_former_code_still_finds_its_enterprise(world: World) -> None:
    write(world.county, [firm("东岭茶厂", 1)])
    batch = stage(world.county, [firm("东岭茶厂", 2)], day=NEXT_SPRING)
    say(world, batch, Choice.SAME_AS)
    assert outcome(batch, "东岭茶厂").basis == "officer"
    apply_batch(actor=None, batch=batch)
    assert registered("东岭茶厂").uscc == code(2)
    assert NameHistory.objects.get(what="uscc").value == code(1)
    old_list = stage(world.county, [firm("东岭茶厂", 1)], source="tax")
    assert outcome(old_list, "东岭茶厂").basis == "former_uscc"


def test_an_officer_may_say_that_it_is_another_enterprise(world: World) -> None:
    write(world.county, [firm("东岭茶厂", 1)])
    batch = stage(world.county, [firm("东岭茶厂", 2)], day=NEXT_SPRING)
    say(world, batch, Choice.SEPARATE)
    assert outcome(batch, "东岭茶厂").bucket == Bucket.NEW


def test_a_merged_enterprise_is_found_under_the_one_that_goes_on(world: World) -> None:
    write(world.county, [firm("东岭茶厂", 1), firm("西河茶厂", 2)])
    merge_enterprises(
        actor=world.clerk,
        absorbed=registered("西河茶厂"),
        into=registered("东岭茶厂"),
        on=NEXT_SPRING,
        reason="吸收合并",
    )
    alone = stage(world.county, [firm("西河茶厂", 2)], source="tax")
    assert outcome(alone, "西河茶厂").enterprise == registered("东岭茶厂")
    both = stage(world.county, [firm("东岭茶厂", 1), firm("西河茶厂", 2)], day=NEXT_SPRING)
    found = outcome(both, "西河茶厂")
    assert (found.bucket, found.basis) == (Bucket.POSSIBLE_MATCH, "former")


def test_second_rows_of_a_code_are_errors_that_name_the_first(world: World) -> None:
    rows = [firm("东岭茶厂", 1), firm("西河茶厂", 2), firm("东岭茶厂", 1, 法定代表人="李四")]
    batch = stage(world.county, rows)
    assert buckets(batch) == {"new": 2, "error": 1}
    issue = CensusIssue.objects.get(batch=batch, code="duplicate_row")
    assert (issue.row_number, issue.other_row) == (4, 2)


def test_without_a_code_the_number_and_then_name_and_person_tell_a_second_row(
    world: World,
) -> None:
    def old(name: str, person: str, number: str = "") -> dict[str, str]:
        return firm(name, 法定代表人=person) | {"统一社会信用代码": "", "注册号": number}

    rows = [
        old("东岭茶厂", "王建国", OLD_NUMBER),
        old("东岭茶业", "李四", OLD_NUMBER),
        old("西河茶厂", "王建国"),
        old("西河茶厂", "李四"),
        old("西河（茶厂）", "王建国"),
    ]
    batch = stage(world.county, rows, source="tax")
    issues = CensusIssue.objects.filter(batch=batch, code="duplicate_row").order_by("row_number")
    assert list(issues.values_list("field", "row_number", "other_row")) == [
        ("registration_number", 3, 2),
        ("name", 6, 4),
    ]


def test_two_codes_under_one_name_are_two_rows_and_a_warning(world: World) -> None:
    batch = stage(world.county, [firm("东岭茶厂", 1), firm("东岭茶厂", 2)])
    assert buckets(batch) == {"new": 2}
    assert batch.issue_counts["duplicate_name"] == 1


def test_a_code_of_another_countys_register_is_refused(world: World) -> None:
    row = firm("外来矿业公司") | {"统一社会信用代码": str(world.foreign.uscc)}
    batch = stage(world.county, [row])
    assert buckets(batch) == {"error": 1}
    assert batch.issue_counts["other_county"] == 1


def test_a_townships_own_list_cannot_touch_the_neighbours(world: World) -> None:
    row = firm("改名茶业公司") | {"统一社会信用代码": str(world.uncovered.uscc)}
    batch = stage(world.county, [row], area=world.east, source="township")
    assert buckets(batch) == {"error": 1}
    assert batch.issue_counts["out_of_scope"] == 1


def test_a_townships_own_list_is_shown_no_enterprise_of_the_neighbours(world: World) -> None:
    row = firm(world.uncovered.name, 9)
    assert buckets(stage(world.county, [row], area=world.east, source="township")) == {"new": 1}


def test_rows_equal_the_sum_of_all_buckets_but_not_seen(world: World) -> None:
    write(world.county, [firm("东岭茶厂", 1), firm("西河茶厂", 2), firm("北湖茶厂", 3)])
    rows = [
        firm("东岭茶厂", 1),
        firm("西河新茶厂", 2),
        firm("北湖茶厂", 4),
        firm("新办茶厂", 5),
        firm("没有代码的厂"),
        firm("东岭茶厂", 1),
    ]
    batch = stage(world.county, rows, day=NEXT_SPRING)
    assert buckets(batch) == {
        "same": 1,
        "changed": 1,
        "possible_match": 1,
        "new": 1,
        "error": 2,
        "not_seen": 1,
    }


def say(world: World, batch: object, choice: Choice) -> None:
    decide(
        actor=world.clerk,
        batch=batch,  # type: ignore[arg-type]
        chosen=RowFilter(bucket=Bucket.POSSIBLE_MATCH),
        choice=choice,
        reason="电话核实",
    )
