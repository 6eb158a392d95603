"""The benchmark's lists hold what their document promises, and its modules fit together."""

import csv
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.generate import CODE, DAY, STAFF, Row, first_year, second_year, write_csv
from benchmarks.reference import Reference
from core.identifiers import Verdict, check_uscc

COUNT = 4_000


@pytest.fixture(scope="module")
def years() -> tuple[list[Row], list[Row]]:
    return list(first_year(COUNT)), list(second_year(COUNT))


def share(number: int) -> float:
    return number / COUNT


def test_the_first_year_holds_valid_codes_that_occur_once(
    years: tuple[list[Row], list[Row]],
) -> None:
    codes = [row[CODE] for row in years[0]]
    assert len(set(codes)) == COUNT
    assert all(check_uscc(code) is Verdict.OK for code in codes)


def test_the_same_seed_gives_the_same_lists(years: tuple[list[Row], list[Row]]) -> None:
    assert list(second_year(COUNT)) == years[1]


def test_the_second_year_loses_changes_and_adds_the_promised_shares(
    years: tuple[list[Row], list[Row]],
) -> None:
    before = {row[CODE]: row for row in years[0]}
    after = {row[CODE]: row for row in years[1]}
    common = before.keys() & after.keys()
    sound = [code for code in common if after[code][DAY] != "2023-02-30"]
    changed = [code for code in sound if before[code] != after[code]]
    assert share(COUNT - len(common)) == pytest.approx(0.055, abs=0.012)
    assert share(len(after) - len(common)) == pytest.approx(0.065, abs=0.012)
    assert share(len(changed)) == pytest.approx(0.08, abs=0.015)


def test_faults_are_dealt_out_in_the_promised_shares(years: tuple[list[Row], list[Row]]) -> None:
    rows = years[1]
    codes = [row[CODE] for row in rows]
    wrong = sum(check_uscc(code) is not Verdict.OK for code in codes)
    assert share(wrong) == pytest.approx(0.005, abs=0.003)
    assert share(sum(row[DAY] == "2023-02-30" for row in rows)) == pytest.approx(0.003, abs=0.003)
    assert share(sum(row[STAFF] == "约十人" for row in rows)) == pytest.approx(0.003, abs=0.003)
    assert share(len(codes) - len(set(codes))) == pytest.approx(0.002, abs=0.002)


def test_the_reference_accounts_for_every_row_of_the_second_year(
    years: tuple[list[Row], list[Row]], tmp_path: Path
) -> None:
    files = tmp_path / "y1.csv", tmp_path / "y2.csv"
    for file, rows in zip(files, years, strict=True):
        write_csv(file, iter(rows))
    found = Reference.of(*files)
    assert found.new + found.changed + found.same + found.error == len(years[1])
    buckets = {kind: getattr(found, kind) for kind in ("changed", "same", "not_seen", "error")}
    assert found.agrees({**buckets, "new": found.new - 2, "possible_match": 2})
    assert not found.agrees({**buckets, "new": found.new - 1, "possible_match": 2})
    with files[1].open(encoding="utf-8", newline="") as written:
        assert len(list(csv.reader(written))) == len(years[1]) + 1


@pytest.mark.parametrize("module", ["run", "plan", "databases", "meter", "county", "register"])
def test_the_modules_of_the_benchmark_import(module: str) -> None:
    assert import_module(f"benchmarks.{module}").__doc__


def test_every_case_that_a_plan_names_exists() -> None:
    from benchmarks.case import cases

    plans = Path(import_module("benchmarks.plan").__file__ or "").read_text(encoding="utf-8")
    for case in cases():
        if not case.startswith("floor_"):
            assert f'"{case}"' in plans, case
