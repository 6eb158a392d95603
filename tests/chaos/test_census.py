"""The main job under fire: a list goes from upload to receipt and back, whoever dies or rushes."""

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from core.identifiers import make_uscc
from tests.chaos.site import PATIENCE, Site
from tests.core.waiting import until

TRIES = 3  # of two processes to do the same at the same moment
ROWS = 21_000  # two chunks of staging, three of comparing
TABLES = "SELECT string_agg(tablename, ', ') FROM pg_tables WHERE tablename LIKE 'enterprises_%'"
REGISTER = """
SELECT count(*), count(DISTINCT uscc), md5(string_agg(concat_ws(
    '|', uscc, name, legal_representative, registered_address, operating_status
), ';' ORDER BY uscc)) FROM enterprises_enterprise
"""
TRACES = """
SELECT (SELECT count(*) FROM enterprises_enterpriseyear),
       (SELECT count(*) FROM enterprises_enterpriseperiod),
       (SELECT count(*) FROM enterprises_stagedrow),
       (SELECT count(*) FROM enterprises_registerchange)
"""
STATE = "SELECT state FROM enterprises_censusbatch WHERE id = %s"
UNFINISHED = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND xact_start < now()"
STUCK = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'app'"


@pytest.fixture
def county(site: Site) -> Iterator[Site]:
    """The installation with an empty register."""
    empty_register(site)
    yield site
    empty_register(site)


def empty_register(site: Site) -> None:
    site.query(f"TRUNCATE {site.value(TABLES)} CASCADE")


def a_list(folder: Path, name: str, rows: int, *, person: str = "王建国") -> Path:
    lines = ["企业名称,统一社会信用代码,法定代表人,住所,登记状态\n"]
    lines += [
        f"第{n}号机械有限公司,{make_uscc('340899', n)},{person},江南县振兴路{n}号,存续\n"
        for n in range(1, rows + 1)
    ]
    path = folder / f"{name}.csv"
    path.write_text("".join(lines))
    return path


def prepared(site: Site, path: Path, source: str = "registry") -> int:
    """The batch of a list that waits for the button 写入; needs a worker."""
    started = site.post("/toy/census", list=path, source=source)
    site.until_ended(started["job"])
    site.until_ended(press(site, started["batch"], "map"))
    return int(started["batch"])


def press(site: Site, batch: int, what: str) -> str:
    return str(site.post(f"/toy/census/{batch}/{what}")["job"])


def applied(site: Site, batch: int) -> tuple[Any, ...]:
    site.until_ended(press(site, batch, "apply"))
    return (*site.query(REGISTER)[0], *site.query(TRACES)[0])


def die_at(site: Site, point: str) -> None:
    """Let a worker take the job and die there."""
    doomed = site.worker("doomed", extra={"CRASH_AT": point})
    assert doomed.wait(PATIENCE) == -signal.SIGKILL
    site.processes.pop("doomed")


def survive(site: Site, job: str) -> None:
    """Let a healthy worker end the job."""
    site.worker()
    site.until_ended(job)
    site.kill("worker")


def test_a_list_survives_a_death_in_every_stage(county: Site, tmp_path: Path) -> None:
    path = a_list(tmp_path, "名录", ROWS)
    county.worker()
    undisturbed = applied(county, prepared(county, path))
    assert undisturbed[:2] == (ROWS, ROWS)
    county.kill("worker")
    empty_register(county)

    started = county.post("/toy/census", list=path, source="registry")
    die_at(county, "chunk")
    survive(county, started["job"])
    mapped = press(county, started["batch"], "map")
    die_at(county, "chunk:2")  # while staging
    die_at(county, "chunk:3")  # while comparing with the register
    survive(county, mapped)
    written = press_together(county, started["batch"])
    die_at(county, "before_finish")  # all is written and nothing committed
    until(lambda: county.value(UNFINISHED) == 0, "the dead session to end", PATIENCE)
    assert county.query(REGISTER)[0][0] == 0
    assert county.value(STATE, started["batch"]) == "reconciled"
    die_at(county, "after_finish")
    survive(county, written)
    assert (*county.query(REGISTER)[0], *county.query(TRACES)[0]) == undisturbed
    undone = press(county, started["batch"], "undo")
    die_at(county, "before_finish")
    survive(county, undone)
    assert county.value(STATE, started["batch"]) == "undone"
    assert county.query(REGISTER)[0][0] == 0


def press_together(site: Site, batch: int) -> str:
    """Thirty presses of the button 写入 at once are one job."""
    with ThreadPoolExecutor(30) as pool:
        (job,) = set(pool.map(lambda _: press(site, batch, "apply"), range(30)))
    return job


def two_clerks_at_once(site: Site, folder: Path, **environment: str) -> list[str]:
    """Two overlapping lists, prepared one after the other, written at the same moment."""
    site.worker()
    lists = [a_list(folder, "甲", 5000), a_list(folder, "乙", 6000, person="李卫东")]
    batches = [prepared(site, lists[0]), prepared(site, lists[1], source="economy")]
    site.kill("worker")
    holding = psycopg2.connect(host=str(site.postgres.sockets), user="postgres", dbname="app")
    holding.cursor().execute("LOCK TABLE enterprises_enterprise IN ACCESS EXCLUSIVE MODE")
    site.worker("one", extra=environment)
    site.worker("two", extra=environment)
    pressed = [press(site, batch, "apply") for batch in batches]
    until(lambda: site.value(STUCK) == 2, "both to arrive", PATIENCE)
    holding.close()
    site.until_ended(*pressed)
    return [site.state(job) for job in pressed]


def test_two_clerks_write_overlapping_lists_one_after_the_other(
    county: Site, tmp_path: Path
) -> None:
    assert two_clerks_at_once(county, tmp_path) == ["done", "done"]
    assert county.query(REGISTER)[0][:2] == (6000, 6000)


def test_without_the_county_lock_one_of_them_fails(county: Site, tmp_path: Path) -> None:
    """Negative control."""

    def one_fails() -> bool:
        empty_register(county)
        county.end_all(but=("web", "sweeper"))
        return "failed" in two_clerks_at_once(county, tmp_path, CHAOS_WITHOUT="county lock")

    assert any(one_fails() for _ in range(TRIES))
