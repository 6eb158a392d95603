"""A clerk imports existing coverage in the browser: upload, look, write, take back."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from core.jobs import run_now
from core.models import Job
from enterprises.models import CoverageBatch, CoverageLink, Enterprise
from organizations.models import PartyOrganization
from tests.builders import cover, make_organization, make_user
from tests.enterprises.coverage_import.files import csv_file, planned, received
from tests.reports.county import DAY, County

UPLOAD = "/imports/coverage/"


def signed_in(county: County, place: str = "", role: str = "") -> Client:
    at = getattr(county, f"{place}_committee") if place else county.committee
    client = Client()
    role = role or ("organizer" if place else "county_clerk")
    client.force_login(make_user("王县办", role=role, at=at))
    return client


def send(client: Client, county: County, content: BytesIO, place: str = "area") -> Any:
    return client.post(
        UPLOAD,
        {
            "unit": getattr(county, place).pk,
            "as_of": DAY.isoformat(),
            "file": SimpleUploadedFile("覆盖.csv", content.read()),
        },
    )


def run_jobs() -> None:
    for job in Job.objects.filter(state="queued", kind__startswith="coverage_import"):
        run_now(job)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_upload_to_receipt_and_undo(county: County) -> None:
    county.enterprise("甲有限公司")
    client = signed_in(county)
    row = ("", "甲有限公司", "甲支部", "单独", "")
    answer = send(client, county, csv_file(row, ("", "没有的公司", "乙支部", "联合", "")))
    assert answer.status_code == 302
    url = answer["Location"]
    assert "ui-jobbar" in text(client, url)
    run_jobs()
    seen = text(client, url)
    assert "将新建党组织 <b>1</b> 个、建立覆盖关系 <b>1</b> 条" in seen
    assert "企业库没有这家企业" in seen
    assert not CoverageLink.objects.exists()

    client.post(f"{url}/apply")
    client.post(f"{url}/apply")
    run_jobs()
    assert CoverageLink.objects.count() == 1
    assert "新建党组织 1 个，建立覆盖关系 1 条" in text(client, url)
    assert Job.objects.filter(kind="coverage.recompute").count() == 1

    client.post(f"{url}/undo")
    run_jobs()
    assert not CoverageLink.objects.exists()
    assert "1 条覆盖关系、1 个党组织" in text(client, url)


def test_rows_can_be_narrowed_to_one_outcome(county: County) -> None:
    county.enterprise("甲有限公司")
    batch = planned(
        county,
        ("", "甲有限公司", "甲支部", "单独", ""),
        ("", "没有的公司", "乙支部", "联合", ""),
    )
    seen = text(signed_in(county), f"{UPLOAD}{batch.pk}?outcome=not_found")
    assert "没有的公司" in seen
    assert "甲支部（新建）" not in seen


def bodies(firms: list[Enterprise]) -> list[str]:
    return [firm.coverage_links.as_of(DAY).get().organization.name for firm in firms]


def test_each_conflict_is_decided_by_itself_or_all_that_a_filter_leaves(county: County) -> None:
    names = ("甲茶业有限公司", "乙茶业有限公司", "丙竹器厂")
    firms = [county.enterprise(name) for name in names]
    for firm in firms:
        cover(firm, make_organization(f"{firm.name[0]}旧支部", parent=county.east_committee))
    batch = planned(county, *(("", name, f"{name[0]}新支部", "联合", "") for name in names))
    client, url = signed_in(county), f"{UPLOAD}{batch.pk}"
    tea, _, bamboo = batch.rows.order_by("id")

    client.post(f"{url}/decide", {"all": "file", "q": "茶业"})
    assert list(batch.rows.order_by("id").values_list("takes_file", flat=True)) == [1, 1, 0]
    client.post(f"{url}/decide", {f"row-{tea.pk}": "keep", f"row-{bamboo.pk}": "file"})
    seen = text(client, url)
    assert "<b>2</b> 行以文件为准" in seen
    assert "将新建党组织 <b>2</b> 个、建立覆盖关系 <b>2</b> 条" in seen
    client.post(f"{url}/apply")
    run_jobs()
    assert bodies(firms) == ["甲旧支部", "乙新支部", "丙新支部"]
    client.post(f"{url}/decide", {"all": "keep"})
    assert "以文件为准" in text(client, f"{url}?outcome=conflict")  # what was decided stays told
    client.post(f"{url}/undo")
    run_jobs()
    assert bodies(firms) == ["甲旧支部", "乙旧支部", "丙旧支部"]
    assert not PartyOrganization.objects.filter(name__contains="新支部").exists()


def test_a_moved_register_is_told_and_asks_again(county: County) -> None:
    firm = county.enterprise("甲有限公司")
    batch = planned(county, ("", "甲有限公司", "新支部", "联合", ""))
    cover(firm, make_organization("旧支部", parent=county.east_committee))
    client = signed_in(county)
    client.post(f"{UPLOAD}{batch.pk}/apply")
    run_jobs()
    seen = text(client, f"{UPLOAD}{batch.pk}")
    assert "预览之后企业库或党组织有变化" in seen
    assert "有 1 行与现有关系不一致" in seen


def test_a_file_that_cannot_be_read_says_why(county: County) -> None:
    client = signed_in(county)
    url = send(client, county, BytesIO(b"\x00\x01")).headers["Location"]
    run_jobs()
    assert "alert-danger" in text(client, url)
    assert CoverageBatch.objects.get().state == CoverageBatch.State.FAILED


def test_a_township_uploads_for_itself_and_sees_only_its_own(county: County) -> None:
    client = signed_in(county, "east")
    assert send(client, county, csv_file(), "west").status_code == 200
    assert not CoverageBatch.objects.exists()
    assert send(client, county, csv_file(), "east").status_code == 302
    own = CoverageBatch.objects.get()
    assert own.scope_path == county.east_committee.path
    foreign = received(county, committee=county.west_committee)
    assert client.get(f"{UPLOAD}{foreign.pk}").status_code == 404
    assert client.get(f"{UPLOAD}{received(county).pk}").status_code == 404


@pytest.mark.parametrize("role", ["leader", "system_administrator"])
def test_only_who_keeps_coverage_may_import_it(county: County, role: str) -> None:
    client = signed_in(county, role=role)
    assert client.get(UPLOAD).status_code == 403
    assert client.post(f"{UPLOAD}1/apply").status_code == 403


def test_a_day_to_come_is_refused(county: County) -> None:
    answer = signed_in(county).post(
        UPLOAD,
        {
            "unit": county.area.pk,
            "as_of": "2999-01-01",
            "file": SimpleUploadedFile("覆盖.csv", b"x"),
        },
    )
    assert "日期不能晚于今天" in answer.content.decode()


def test_the_filled_template_lists_every_enterprise_and_comes_back_unchanged(
    county: County,
) -> None:
    covered, free = county.enterprise("甲有限公司"), county.enterprise("乙有限公司")
    cover(covered, make_organization("甲支部", parent=county.east_committee))
    client = signed_in(county)
    blank = load_workbook(BytesIO(client.get(f"{UPLOAD}template").getvalue()))
    assert [cell.value for cell in blank.worksheets[0][2]][:2] == ["统一社会信用代码", "企业名称"]
    answer = client.get(f"{UPLOAD}template?filled=1")
    sheet = load_workbook(BytesIO(answer.getvalue())).worksheets[0]
    lines = list(sheet.iter_rows(min_row=3, max_row=4, values_only=True))
    assert [line[1] for line in lines] == ["甲有限公司", "乙有限公司"]
    assert lines[0][2:5] == ("甲支部", "党支部", "单独组建")
    assert free.uscc == lines[1][0]
