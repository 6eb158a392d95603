"""The shelf in the browser: preview, generate, download, hand out, correct."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from accounts.models import ScopeGrant
from core.dates import today
from core.jobs import run_now
from core.models import AuditEntry, Job
from reports.ledgers.issues import path_of
from reports.models import LedgerIssue
from tests.builders import make_user
from tests.reports.county import DAY, County


@pytest.fixture(autouse=True)
def _kept_in_a_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def signed_in(county: County, role: str = "county_clerk", place: str = "") -> Client:
    at = getattr(county, f"{place}_committee") if place else county.committee
    client = Client()
    client.force_login(make_user("王县办", role=role, at=at))
    return client


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def asked(county: County, **more: str) -> dict[str, str]:
    return {"area": county.area.code, "as_of": DAY.isoformat(), **more}


def generate(client: Client, county: County, **more: str) -> Job:
    answer = client.post("/ledgers/enterprises/generate", asked(county, **more))
    assert answer.status_code == 302
    return run_now(Job.objects.filter(kind="ledger.generate").latest("created_at"))


def test_a_ledger_opened_directly_is_of_today(county: County) -> None:
    page = text(signed_in(county), "/ledgers/coverage")

    assert f'name="as_of" value="{today()}"' in page
    assert "生成 Excel" in page


def test_what_is_asked_for_wrongly_is_said_in_whole_sentences(county: County) -> None:
    page = text(signed_in(county), "/ledgers/coverage?as_of=昨天&area=999999")

    assert "请填写有效的日期，如 2026-03-31" in page
    assert "没有这个单位，或不在您的范围内" in page
    assert "日期应在 2000 年以后，且不晚于今天" in text(
        signed_in(county), "/ledgers/coverage?as_of=1999-01-01"
    )


def test_the_shelf_offers_both_ledgers_and_the_users_units(county: County) -> None:
    seen = text(signed_in(county, "organizer", "east"), "/ledgers/")
    assert "非公有制企业党组织覆盖情况统计表" in seen
    assert "非公有制企业党建工作台账" in seen
    assert "东河镇" in seen
    assert "西岭镇" not in seen


def test_the_preview_shows_the_printed_page(county: County) -> None:
    county.enterprise("甲有限公司")
    seen = text(signed_in(county), f"/ledgers/enterprises?area={county.area.code}&as_of={DAY}")
    for words in (
        "怀川县非公有制企业党建工作台账",
        "填报单位（盖章）：怀川县",
        "甲有限公司",
        "合计",
    ):
        assert words in seen
    assert 'colspan="13">党组织设置情况' in seen


def test_generate_makes_a_file_that_can_be_fetched_and_is_logged(county: County) -> None:
    county.enterprise("甲有限公司")
    client = signed_in(county)
    job = generate(client, county)
    assert (job.state, job.message) == ("done", "共 1 行")
    issue = LedgerIssue.objects.get()
    assert "第 1 版" in text(client, f"/ledgers/issues/{issue.pk}")
    answer = client.get(f"/ledgers/issues/{issue.pk}/file")
    content = answer.getvalue()
    assert hashlib.sha256(content).hexdigest() == issue.sha256
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    assert (
        load_workbook(BytesIO(content)).worksheets[0]["A1"].value
        == "怀川县非公有制企业党建工作台账"
    )
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs == {"ledger.issue", "ledger.fetch"}


def test_a_draft_is_replaced_and_a_locked_edition_is_followed_by_the_next(county: County) -> None:
    client = signed_in(county)
    generate(client, county)
    old = path_of(LedgerIssue.objects.get())
    generate(client, county)
    draft = LedgerIssue.objects.get()
    assert draft.version == 1
    assert not old.exists()

    client.post(f"/ledgers/issues/{draft.pk}/lock")
    draft.refresh_from_db()
    assert draft.is_locked
    client.post("/ledgers/enterprises/generate", asked(county))
    assert LedgerIssue.objects.count() == 1
    generate(client, county, reason="补报两家")
    assert [(one.version, one.reason) for one in LedgerIssue.objects.order_by("version")] == [
        (1, ""),
        (2, "补报两家"),
    ]
    assert path_of(draft).exists()


def test_a_locked_edition_cannot_be_changed_or_removed(county: County) -> None:
    client = signed_in(county)
    generate(client, county)
    issue = LedgerIssue.objects.get()
    client.post(f"/ledgers/issues/{issue.pk}/lock")
    for change in (
        lambda: LedgerIssue.objects.update(sha256="x"),
        lambda: LedgerIssue.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="已发布的台账"), transaction.atomic():
            change()
    again = client.post(f"/ledgers/issues/{issue.pk}/lock", follow=True)
    assert "已经锁定发布" in again.content.decode()


def test_a_leader_sees_what_was_handed_out_and_makes_nothing(county: County) -> None:
    clerk, leader = signed_in(county), signed_in(county, "leader")
    generate(clerk, county)
    issue = LedgerIssue.objects.get()
    assert leader.get(f"/ledgers/issues/{issue.pk}").status_code == 404
    clerk.post(f"/ledgers/issues/{issue.pk}/lock")
    answer = leader.get(f"/ledgers/issues/{issue.pk}/file")
    assert len(answer.getvalue()) > 1000
    assert leader.post("/ledgers/enterprises/generate", asked(county)).status_code == 403


def test_another_townships_edition_does_not_exist(county: County) -> None:
    generate(signed_in(county), county)
    issue = LedgerIssue.objects.get()
    east = signed_in(county, "organizer", "east")
    assert east.get(f"/ledgers/issues/{issue.pk}/file").status_code == 404
    assert east.post("/ledgers/enterprises/generate", asked(county)).status_code == 404


def test_rights_lost_before_the_job_runs_end_it(county: County) -> None:
    client = signed_in(county)
    client.post("/ledgers/enterprises/generate", asked(county))
    ScopeGrant.objects.all().delete()
    job = run_now(Job.objects.get(kind="ledger.generate"))
    assert (job.state, job.message) == ("failed", "没有生成这份台账的权限。")
    assert not LedgerIssue.objects.exists()


def test_a_ledger_that_does_not_exist_is_no_page(county: County) -> None:
    client = signed_in(county)
    assert client.get("/ledgers/nothing").status_code == 404
    assert "paper-table" not in text(client, "/ledgers/coverage?area=x")
