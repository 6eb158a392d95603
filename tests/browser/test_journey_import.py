"""The journeys of a census import, counted in clicks: yearly list, wrong rows, undo."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from enterprises.models import BatchState, CensusBatch, Enterprise
from tests.browser import census
from tests.browser.conftest import PHONE, Visitor
from tests.world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEARLY = 2_000
RENAMED = 40


@pytest.fixture
def county(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = f"{tmp_path}/media"
    settings.VAR_DIR = tmp_path
    return build_world()


@pytest.fixture
def working(county: World) -> Iterator[None]:
    with census.worker():
        yield


@pytest.fixture
def desk(visit: Any, county: World, working: None) -> Visitor:
    visitor: Visitor = visit(county.clerk)
    visitor.page.set_default_timeout(60_000)
    return visitor


def test_the_yearly_list_takes_ten_clicks(desk: Visitor, tmp_path: Path) -> None:
    last = census.write_list(tmp_path / "去年.csv", map(census.firm, range(1, YEARLY + 1)))
    census.carry_through(desk, last, census.LAST_YEAR)
    firms = [census.firm(serial) for serial in range(1, YEARLY + 1)]
    for row in firms[:RENAMED]:
        row["法定代表人"] = "李卫东"
    this = census.write_list(tmp_path / "今年.csv", firms)
    desk.clicks = 0
    census.upload(desk, this, census.THIS_YEAR)
    census.to_review(desk)
    expect(desk.page.locator(".tabs [aria-current]")).to_contain_text(f"有变化{RENAMED}")
    desk.click("[name=all]")
    desk.click(".review-bar >> text=采用本次")
    expect(desk.page.locator(".alert-success")).to_contain_text(f"共 {RENAMED} 行")
    census.write(desk)
    desk.page.wait_for_url("**/receipt")
    desk.open("/")  # the clerk has left; the message is on the work page
    desk.click("a:has-text('写入 今年.csv：已完成')")
    expect(desk.page.locator("h2", has_text="写入回执")).to_be_visible()
    assert CensusBatch.objects.latest("pk").receipt["changed"] == RENAMED
    assert desk.clicks <= 10
    assert Enterprise.objects.filter(legal_representative="李卫东").count() == RENAMED


def test_wrong_rows_are_mended_in_six_clicks(desk: Visitor, tmp_path: Path) -> None:
    wrong = census.firm(2, 统一社会信用代码="91340899123")
    path = census.write_list(tmp_path / "名单.csv", [census.firm(1), wrong, census.firm(3)])
    census.carry_through(desk, path, census.THIS_YEAR)
    assert not Enterprise.objects.filter(name=wrong["企业名称"]).exists()
    desk.open("/")
    desk.clicks = 0
    desk.click("a:has-text('写入 名单.csv：已完成')")
    with desk.page.expect_download() as download:
        desk.click("a:has-text('下载错误表')")
    mended = tmp_path / download.value.suggested_filename
    download.value.save_as(mended)
    _mend(mended, "91340899123", census.code_of(2))
    desk.choose_file("#corrected", mended)
    desk.page.wait_for_url("**/columns")
    census.to_review(desk)
    census.write(desk)
    desk.page.wait_for_url("**/receipt")
    assert desk.clicks <= 6
    assert Enterprise.objects.filter(name=wrong["企业名称"]).exists()
    batch = CensusBatch.objects.latest("pk")
    assert (batch.is_partial, batch.receipt["created"], batch.receipt["changed"]) == (True, 1, 0)


def _mend(path: Path, wrong: str, right: str) -> None:
    book = openpyxl.load_workbook(path)
    cells = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == wrong
    ]
    assert len(cells) == 1
    cells[0].value = right
    book.save(path)


def test_a_wrong_import_is_undone_in_five_clicks(desk: Visitor, tmp_path: Path) -> None:
    path = census.write_list(tmp_path / "错.csv", [census.firm(1), census.firm(2)])
    census.carry_through(desk, path, census.THIS_YEAR)
    edited = Enterprise.objects.get(name=census.firm(1)["企业名称"])
    Enterprise.objects.filter(pk=edited.pk).update(version=2, phone="")
    desk.open("/")
    desk.clicks = 0
    census.menu(desk, "导入中心")
    desk.click("a:has-text('错.csv')")
    desk.click("text=撤销整批")
    assert "将恢复 1 家；后来又改过、保留新值 1 家" in desk.text()
    assert desk.violations() == []
    desk.type("[name=reason]", "导错了文件")
    desk.click("text=确定撤销整批")
    expect(desk.page.locator("h2", has_text="撤销回执")).to_be_visible()
    assert desk.clicks <= 5
    assert Enterprise.objects.filter(pk=edited.pk).exists()
    assert not Enterprise.objects.filter(name=census.firm(2)["企业名称"]).exists()


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_every_step_is_accessible_and_fits(
    visit: Any, county: World, working: None, tmp_path: Path, size: dict[str, int] | None
) -> None:
    visitor = visit(county.clerk, size) if size else visit(county.clerk)
    visitor.page.set_default_timeout(60_000)
    census.carry_through(
        visitor,
        census.write_list(tmp_path / "去年.csv", map(census.firm, range(1, 8))),
        census.LAST_YEAR,
    )
    rows = [
        census.firm(1, 法定代表人="李卫东"),
        census.firm(2, 统一社会信用代码="91340899123"),
        census.firm(90, 企业名称="江南县青松7号商贸有限公司"),
        census.firm(91),
        census.firm(92, 企业名称=""),
    ]
    found: list[str] = []
    census.upload(visitor, census.write_list(tmp_path / "今年.csv", rows), census.THIS_YEAR)
    found += _looked_at(visitor)
    census.to_review(visitor)
    review = visitor.page.url.split("?")[0]
    for bucket in ("changed", "possible_match", "new", "error", "same", "not_seen"):
        visitor.page.goto(f"{review}?bucket={bucket}")
        found += _looked_at(visitor)
    visitor.click("text=下一步：确认写入")
    found += _looked_at(visitor)
    visitor.click("text=这是完整名单")
    visitor.click("button:has-text('写入') >> visible=true")
    visitor.page.wait_for_url("**/receipt")
    found += _looked_at(visitor)
    for path in ("/imports/", "/imports/new", "/rounds/"):
        visitor.open(path)
        found += _looked_at(visitor)
    assert found == []


def _looked_at(visitor: Visitor) -> list[str]:
    """Violations of the page, and whether a phone would have to scroll it sideways."""
    width = visitor.page.viewport_size["width"] if visitor.page.viewport_size else 0
    wide = visitor.page.evaluate("() => document.documentElement.scrollWidth") > width
    found = visitor.violations() + (["scrolls sideways"] if wide else [])
    return [f"{visitor.page.url} {line}" for line in found]


def test_doubtful_names_are_told_apart_by_keys(desk: Visitor, tmp_path: Path) -> None:
    census.carry_through(
        desk,
        census.write_list(tmp_path / "去年.csv", map(census.firm, range(1, 4))),
        census.LAST_YEAR,
    )
    rows = [census.firm(80 + serial, 企业名称=census.firm(serial)["企业名称"]) for serial in (1, 2)]
    census.upload(desk, census.write_list(tmp_path / "今年.csv", rows), census.THIS_YEAR)
    census.to_review(desk)
    expect(desk.page.locator(".alike-card")).to_have_count(2)
    desk.press("j")
    desk.press("1")
    expect(desk.page.locator(".alert-success")).to_contain_text("是同一家")
    expect(desk.page.locator(".alike-card")).to_have_count(1)
    desk.click("tbody button:has-text('不是同一家')")
    expect(desk.page.locator(".alike-card")).to_have_count(0)
    desk.click(".tabs a:has-text('有变化')")
    desk.click("text=撤回决定")
    desk.click(".tabs a:has-text('疑似同一企业')")
    expect(desk.page.locator(".alike-card")).to_have_count(1)


def test_the_whole_import_works_without_script(
    visit: Any, county: World, working: None, tmp_path: Path
) -> None:
    plain = visit(county.clerk, script=False)
    wrong = census.firm(2, 统一社会信用代码="91340899123")
    path = census.write_list(tmp_path / "名单.csv", [census.firm(1), wrong])
    plain.open("/imports/new")
    plain.type("[name=reference_date]", census.THIS_YEAR)
    plain.choose_file("[type=file]", path)
    plain.click("text=上传并读取")
    _until(plain, "columns")
    plain.click("text=下一步：核对差异")
    _until(plain, "review")
    plain.click(".tabs a:has-text('错误')")
    plain.click("tbody button:has-text('确认无误')")
    plain.type("[name=reason]", "已与登记机关核实")
    plain.click("text=确定")
    expect(plain.page.locator(".alert-success")).to_contain_text("确认无误")
    plain.click("text=下一步：确认写入")
    plain.click("button:has-text('写入') >> visible=true")
    _until(plain, "receipt")
    assert "写入回执" in plain.text()
    assert CensusBatch.objects.get().state == BatchState.APPLIED


def _until(visitor: Visitor, step: str) -> None:
    """What a person without script does: ask again until the step is there."""
    while f"/{step}" not in visitor.page.url:
        visitor.page.goto(visitor.page.url)
