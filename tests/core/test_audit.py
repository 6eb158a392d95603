"""The log of actions: complete, in the same transaction, never changed afterwards."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import InternalError, ProgrammingError, connection, transaction

from core import audit
from core.models import AuditEntry, Job
from core.request import Origin, acting_as
from tests.core.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def renaming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_labels", dict(audit._labels))
    audit.register_verb("test.rename", "改名")


def a_job() -> Job:
    return Job.objects.create(kind="test.toy", title="导入", idempotency_key=uuid.uuid4().hex)


def test_an_entry_names_actor_object_request_and_address() -> None:
    wang, job = person("wang", "王经办"), a_job()
    with acting_as(Origin("r-1", "10.1.2.3")):
        audit.record(actor=wang, verb="test.rename", target=job, scope_path="/1/", reason="更正")
    entry = AuditEntry.objects.get()
    assert (entry.actor_name, entry.target_label, entry.reason) == ("王经办", "导入", "更正")
    assert (entry.target_type, entry.target_id) == ("core.job", str(job.pk))
    assert (entry.request_id, entry.address, entry.scope_path) == ("r-1", "10.1.2.3", "/1/")


def test_work_of_the_system_has_no_actor() -> None:
    audit.record(actor=None, verb="test.rename", target=a_job())
    assert AuditEntry.objects.get().actor_name == "系统"


def test_a_verb_without_a_chinese_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"test\.unnamed"):
        audit.record(actor=None, verb="test.unnamed", target=a_job())


def test_a_verb_has_one_name() -> None:
    audit.register_verb("test.rename", "改名")
    with pytest.raises(ValueError, match="改名"):
        audit.register_verb("test.rename", "换名")


def test_an_entry_goes_when_its_change_is_rolled_back() -> None:
    job = a_job()
    with transaction.atomic():
        audit.record(actor=None, verb="test.rename", target=job)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_history_speaks_of_fields_in_chinese_newest_first() -> None:
    job = a_job()
    audit.record(actor=None, verb="test.rename", target=job, after={"title": "导入"})
    before, after = audit.difference(
        {"title": "导入", "queue": "short"}, {"title": "名录导入", "queue": "short"}
    )
    audit.record(actor=None, verb="test.rename", target=job, before=before, after=after)
    audit.record(actor=None, verb="test.rename", target=a_job())
    latest, first = audit.history_of(job)
    assert (latest.verb, latest.changes) == ("改名", [("名称", "导入", "名录导入")])
    assert first.changes == [("名称", None, "导入")]


def test_dates_and_sums_may_be_recorded() -> None:
    job = a_job()
    state = {"since": date(2026, 7, 1), "capital": Decimal("50.5")}
    audit.record(actor=None, verb="test.rename", target=job, after=state)
    assert AuditEntry.objects.get().after == {"since": "2026-07-01", "capital": "50.5"}


def test_a_bulk_action_writes_one_entry_for_each_object() -> None:
    changes = [audit.Change(a_job(), after={"title": "甲"}) for _ in range(3)]
    audit.record_many(actor=None, verb="test.rename", changes=changes)
    assert AuditEntry.objects.count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET reason = 'x'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
    ],
)
def test_not_even_the_owner_of_the_tables_changes_the_log(
    statement: str, guarded_log: None
) -> None:
    audit.record(actor=None, verb="test.rename", target=a_job())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises((ProgrammingError, InternalError), match="操作日志只能追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


@pytest.fixture
def guarded_log() -> None:
    """Tests that empty all tables switch the guard against TRUNCATE off; here it is on."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry ENABLE TRIGGER core_audit_not_emptied")


@pytest.mark.parametrize(
    ("right", "granted"),
    [("SELECT", True), ("INSERT", True), ("UPDATE", False), ("DELETE", False), ("TRUNCATE", False)],
)
def test_the_serving_role_may_only_read_and_add(right: str, granted: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'core_auditentry', %s)",
            [str(settings.DATABASE_APP_ROLE), right],
        )
        assert cursor.fetchone() == (granted,)
