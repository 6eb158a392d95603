"""The API shows what the screens show: within scope, masked, in one shape of error."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import tokens
from accounts.models import TokenScope, User
from core.jobs import submit
from tests.builders import make_enterprise
from tests.world import World

ALL = TokenScope.values


@pytest.fixture(autouse=True)
def _no_memory_of_earlier_calls() -> None:
    cache.clear()


def caller(user: User, *scopes: str) -> Client:
    _, text = tokens.create_token(user=user, name="测试", scopes=scopes or ALL, days=1)
    return Client(headers={"Authorization": f"Bearer {text}"})


def names(client: Client, url: str) -> set[str]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()
    return {row["name"] for row in answer.json()["results"]}


def sentence(answer: Any, status: int) -> str:
    assert answer.status_code == status
    body = answer.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"code", "message", "fields"}
    return str(body["error"]["message"])


def test_an_officer_reads_the_own_firms_only(world: World) -> None:
    client = caller(world.east_officer)

    assert names(client, "/api/v1/enterprises") == {world.joint.name, world.joint_too.name}
    assert names(client, "/api/v1/areas") == {world.east.name}
    assert names(client, "/api/v1/organizations") == {
        world.east_committee.name,
        world.joint_branch.name,
    }


def test_a_neighbours_row_is_as_absent_as_one_that_never_was(world: World) -> None:
    client = caller(world.east_officer)

    neighbour = client.get(f"/api/v1/enterprises/{world.own.pk}")
    never = client.get("/api/v1/enterprises/987654321")

    assert sentence(neighbour, 404) == "没有这条记录，或不在您的范围内"
    assert neighbour.content == never.content


def test_a_phone_is_masked(world: World) -> None:
    firm = make_enterprise(county=world.county, area=world.east, phone="13812345678")

    row = caller(world.east_officer).get(f"/api/v1/enterprises/{firm.pk}").json()

    assert row["phone"] == "138****5678"
    assert "13812345678" not in str(row)


def test_filters_narrow_the_list(world: World) -> None:
    client = caller(world.clerk)

    assert names(client, f"/api/v1/enterprises?area={world.park.code}") == {world.own.name}
    assert names(client, f"/api/v1/enterprises?uscc={world.joint.uscc}") == {world.joint.name}
    assert names(client, "/api/v1/enterprises?q=纺织") == {world.uncovered.name}
    assert names(client, "/api/v1/areas?kind=park") == {world.park.name}
    assert sentence(client.get("/api/v1/areas?kind=nonsense"), 400) == "参数有误"


def test_pages_lead_through_the_whole_list(world: World) -> None:
    client = caller(world.clerk)
    found, url, pages = set(), "/api/v1/enterprises?page_size=2", 0
    while url:
        body = client.get(url).json()
        found |= {row["id"] for row in body["results"]}
        url, pages = body["next"], pages + 1

    assert (len(found), pages) == (5, 3)


def test_a_list_takes_as_many_queries_for_many_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    client = caller(world.clerk)
    client.get("/api/v1/enterprises")
    for _ in range(20):
        make_enterprise(county=world.county, area=world.east)
    with django_assert_max_num_queries(4):
        assert len(client.get("/api/v1/enterprises").json()["results"]) == 25


def test_coverage_speaks_of_the_callers_units(world: World) -> None:
    body = caller(world.clerk).get("/api/v1/coverage?as_of=2026-06-30").json()

    county, *areas = body["units"]
    assert county["indicators"]["organization_coverage"] == {"numerator": 3, "denominator": 4}
    assert [unit["name"] for unit in areas] == ["北湖园区", "东岭镇", "西河镇"]
    township = caller(world.east_officer).get("/api/v1/coverage").json()
    assert [unit["name"] for unit in township["units"]] == ["东岭镇"]


def test_a_wrong_day_is_named(world: World) -> None:
    answer = caller(world.clerk).get("/api/v1/coverage?as_of=昨天")

    assert sentence(answer, 400) == "参数有误"
    assert answer.json()["error"]["fields"].keys() == {"as_of"}


def test_jobs_are_the_callers_own(world: World) -> None:
    submit("core.list_bulk", owner=world.clerk, params={}, idempotency_key="1", title="导入名单")

    mine = caller(world.clerk).get("/api/v1/jobs").json()["results"]
    assert [(job["title"], job["state_label"]) for job in mine] == [("导入名单", "排队中")]
    assert caller(world.leader).get("/api/v1/jobs").json()["results"] == []


def test_a_token_reads_only_what_it_was_made_for(world: World) -> None:
    client = caller(world.clerk, "areas")

    assert names(client, "/api/v1/areas")
    assert "没有读取这类数据的权限" in sentence(client.get("/api/v1/enterprises"), 403)


@pytest.mark.parametrize("who", ["system", "security", "audit"])
def test_the_three_administrators_read_no_business_data(world: World, who: str) -> None:
    client = caller(getattr(world, f"{who}_administrator"))

    for url in ("enterprises", "areas", "organizations", "coverage"):
        sentence(client.get(f"/api/v1/{url}"), 403)


@pytest.mark.parametrize("header", ["Bearer", "Bearer fg_wrong", "Bearer a b", "Bearer \xff"])
def test_a_wrong_token_is_refused_in_chinese(world: World, header: str) -> None:
    answer = Client(headers={"Authorization": header}).get("/api/v1/areas")

    assert sentence(answer, 401) == "令牌无效或已过期"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_nothing_is_read_without_signing_in(db: None) -> None:
    assert sentence(Client().get("/api/v1/areas"), 401) == "请先登录，或带上接口令牌"
    assert sentence(Client().get("/api/v1/schema"), 401)


def test_the_api_only_reads(world: World) -> None:
    answer = caller(world.clerk).delete(f"/api/v1/enterprises/{world.own.pk}")

    assert "只能读取" in sentence(answer, 405)


def test_an_unknown_address_answers_in_the_same_shape(world: World) -> None:
    assert sentence(caller(world.clerk).get("/api/v1/nothing/here"), 404) == "没有这个接口"


def test_who_calls_too_often_is_told_when_to_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rest_framework.throttling import UserRateThrottle

    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min", "anon": "2/min"})
    client = caller(world.clerk)
    assert [client.get("/api/v1/areas").status_code for _ in range(2)] == [200, 200]

    answer = client.get("/api/v1/areas")

    assert "请求过于频繁" in sentence(answer, 429)
    assert int(answer["Retry-After"]) > 0


def test_a_signed_in_reader_opens_the_schema(world: World) -> None:
    client = Client()
    client.force_login(world.clerk)

    document = client.get("/api/v1/schema").json()

    assert document["openapi"].startswith("3.")
    assert "/api/v1/enterprises" in document["paths"]


@pytest.mark.parametrize("size", ["0", "-1", "abc", "100000", "%00", "9" * 30, "2.5", ""])
@pytest.mark.parametrize("name", ["page_size", "limit"])
def test_a_size_that_means_nothing_gets_a_usual_page(world: World, name: str, size: str) -> None:
    client = caller(world.clerk)

    assert len(client.get(f"/api/v1/enterprises?{name}={size}").json()["results"]) == 5


def test_no_page_is_larger_than_its_limit() -> None:
    from rest_framework.request import Request
    from rest_framework.test import APIRequestFactory

    from core.api import Pages

    request = Request(APIRequestFactory().get("/", {"page_size": "100000"}))
    assert Pages().get_page_size(request) == 500


@pytest.mark.parametrize("value", ["%00", "a%00b", "%ED%A0%80", "9" * 30])
@pytest.mark.parametrize(
    "address", ["enterprises?q", "enterprises?area", "enterprises?uscc", "areas?kind", "jobs?state"]
)
def test_odd_text_finds_nothing_or_is_named(world: World, address: str, value: str) -> None:
    answer = caller(world.clerk).get(f"/api/v1/{address}={value}")

    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert sentence(answer, 400) == "参数有误"


def test_the_root_of_the_api_ends_where_it_begins(world: World) -> None:
    client = caller(world.clerk)

    assert sentence(client.get("/api/v1/"), 404) == "没有这个接口"
    assert sentence(client.get("/api/v1", follow=True), 404) == "没有这个接口"


def test_a_last_slash_leads_to_the_address_without(world: World) -> None:
    client = caller(world.clerk)

    answer = client.get("/api/v1/enterprises/?page_size=2")

    assert (answer.status_code, answer["Location"]) == (308, "/api/v1/enterprises?page_size=2")
    assert client.get("/api/v1//evil.example/")["Location"] == "/api/v1//evil.example"
    assert sentence(client.get("/api/v1/nothing/", follow=True), 404) == "没有这个接口"
