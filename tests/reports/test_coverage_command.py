"""`manage.py coverage` prints what the board shows."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.builders import cover, make_organization
from tests.reports.county import County

KEYS = [
    "organization_coverage",
    "single_formation_rate",
    "above_scale_single_rate",
    "above_scale_coverage",
    "three_member_coverage",
    "work_coverage",
    "instructor_coverage",
]


def run(*options: str) -> str:
    out = StringIO()
    call_command("coverage", "--as-of", "2025-12-31", *options, stdout=out)
    return out.getvalue()


def test_json_has_the_county_first_and_integers_for_each_indicator(county: County) -> None:
    cover(
        county.enterprise("甲", county.west),
        make_organization("甲支部", parent=county.west_committee),
    )
    county.enterprise("乙", county.park)
    county.unclaimed("丙")
    found = json.loads(run("--population", "all", "--json"))
    assert list(found) == ["as_of", "population", "units"]
    assert (found["as_of"], found["population"]) == ("2025-12-31", "all")
    assert [unit["name"] for unit in found["units"]] == [
        "怀川县",
        "怀川县经济开发区",
        "东河镇",
        "西岭镇",
    ]
    whole = found["units"][0]
    assert list(whole) == ["code", "name", "path", "indicators"]
    assert (whole["code"], whole["path"]) == (county.area.code, county.committee.path)
    assert list(whole["indicators"]) == KEYS
    assert whole["indicators"]["organization_coverage"] == {"numerator": 1, "denominator": 2}


def test_the_default_population_is_the_countys_parameter(county: County) -> None:
    assert json.loads(run("--json"))["population"] == "operating"


def test_text_names_the_day_the_population_and_the_unclaimed(county: County) -> None:
    county.unclaimed("丙")
    words = run()
    assert "时点 2025-12-31  口径 实体运营" in words
    assert "未认领企业  1 家" in words
    assert "党的组织覆盖率  —" in words


def test_a_day_that_is_no_day_is_refused_in_chinese(county: County) -> None:
    with pytest.raises(CommandError, match="不是日期"):
        call_command("coverage", "--as-of", "明天")
