"""What journeys of an import need: lists of invented firms, a worker beside the browser."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from django.db import connections

from core import jobs
from core.identifiers import make_uscc
from core.models import Job, JobState
from tests.browser.conftest import Visitor

HEADER = ("企业名称", "统一社会信用代码", "法定代表人", "住所", "登记状态", "办事员备注")
LAST_YEAR, THIS_YEAR = "2025-03-31", "2026-03-31"
FIRST = 1_000_000  # far from the numbers of the firms that every test's county has already
LOOK = 0.05  # seconds between two looks for a job


def code_of(serial: int) -> str:
    return make_uscc("340899", FIRST + serial)


def firm(serial: int, **facts: str) -> dict[str, str]:
    """One row of a list; the same serial is the same enterprise."""
    row = dict.fromkeys(HEADER, "")
    row |= {
        "企业名称": f"江南县青松{serial}号商贸有限公司",
        "统一社会信用代码": code_of(serial),
        "法定代表人": "王建国",
        "住所": f"江南县东岭镇{serial}号",
        "登记状态": "存续",
    }
    return row | facts


def write_list(path: Path, firms: Iterable[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        rows = csv.DictWriter(target, HEADER)
        rows.writeheader()
        rows.writerows(firms)
    return path


@contextmanager
def worker() -> Iterator[None]:
    """Runs queued jobs beside the browser until the journey is over, as a worker would."""
    stop = Event()

    def work() -> None:
        try:
            while not stop.wait(LOOK):
                for job in Job.objects.filter(state=JobState.QUEUED).order_by("created_at"):
                    jobs.run_now(job)
        finally:
            connections.close_all()

    thread = Thread(target=work, name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def upload(visitor: Visitor, path: Path, day: str) -> None:
    """From the work page to the columns of an uploaded list, in four clicks."""
    visitor.open("/")
    menu(visitor, "导入中心")
    visitor.click("a:has-text('导入名单')")
    visitor.type("[name=reference_date]", day)
    visitor.choose_file("[type=file]", path)
    visitor.click("text=上传并读取")
    visitor.page.wait_for_url("**/columns")


def menu(visitor: Visitor, word: str) -> None:
    """A press in the menu; on a phone the whole menu has to be opened first."""
    entry = visitor.page.locator(f".menu a:has-text('{word}')")
    if not entry.is_visible():
        visitor.click(".bottombar summary")
        entry = visitor.page.locator(f".bottombar .all a:has-text('{word}')")
    visitor.click(entry)


def to_review(visitor: Visitor) -> None:
    visitor.click("text=下一步：核对差异")
    visitor.page.wait_for_url("**/review*")


def write(visitor: Visitor) -> None:
    visitor.click("text=下一步：确认写入")
    visitor.click("button:has-text('写入') >> visible=true")


def carry_through(visitor: Visitor, path: Path, day: str) -> None:
    """A whole import, undecided rows left for later."""
    upload(visitor, path, day)
    to_review(visitor)
    write(visitor)
    visitor.page.wait_for_url("**/receipt")
