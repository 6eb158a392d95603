"""The chain over the log: whatever is done to sealed entries is found, and the first one named."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from core import audit, chain, heads, verification
from core.heads import Head
from core.jobs import run_now, submit
from core.models import AuditEntry, AuditSeal, Job, Message
from tests.core.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def notes(settings: Settings, tmp_path: Path) -> Path:
    settings.AUDIT_HEADS = tmp_path / "audit" / "heads.txt"
    return Path(settings.AUDIT_HEADS)


def write(number: int) -> list[AuditEntry]:
    job = Job.objects.create(kind="toy", title="导入", idempotency_key=uuid.uuid4().hex)
    return [
        audit.record(actor=None, verb="job.retry", target=job, reason=f"第{one}次")
        for one in range(number)
    ]


@pytest.fixture
def sealed() -> list[AuditEntry]:
    """Five sealed entries, with the guards off that would refuse to touch them."""
    entries = write(5)
    chain.seal()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE core_auditseal DISABLE TRIGGER USER")
    return entries


def fault() -> str:
    return chain.verify(heads.noted()).fault


def test_an_untouched_log_is_whole(sealed: list[AuditEntry]) -> None:
    verdict = chain.verify(heads.noted())

    assert (verdict.count, verdict.fault) == (5, "")
    assert heads.noted() == [Head(5, verdict.head)]


def changed(entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=entries[2].pk).update(reason="另一个原因")


def rewritten_state(entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=entries[2].pk).update(after={"state": "done"})


def deleted(entries: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=entries[2].pk).delete()


def deleted_with_its_link(entries: list[AuditEntry]) -> None:
    AuditSeal.objects.filter(entry_id=entries[2].pk).delete()
    deleted(entries)


def reordered(entries: list[AuditEntry]) -> None:
    AuditSeal.objects.filter(seq=3).update(entry_id=0)
    AuditSeal.objects.filter(seq=4).update(entry_id=entries[2].pk)
    AuditSeal.objects.filter(seq=3).update(entry_id=entries[3].pk)


def inserted(entries: list[AuditEntry]) -> None:
    for one in AuditSeal.objects.filter(seq__gte=3).order_by("-seq"):
        AuditSeal.objects.filter(seq=one.seq).update(seq=one.seq + 1)
    AuditSeal.objects.create(seq=3, entry=write(1)[0], digest="0" * 64)


def forged_link(entries: list[AuditEntry]) -> None:
    AuditSeal.objects.filter(seq=3).update(digest="0" * 64)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (changed, "第 3 号日志"),
        (rewritten_state, "第 3 号日志"),
        (deleted, "已被删除"),
        (deleted_with_its_link, "第 3 号封存记录缺失"),
        (reordered, "内容或次序与封存时不符"),
        (inserted, "第 3 号日志"),
        (forged_link, "第 3 号日志"),
    ],
)
def test_tampering_is_found_at_the_first_broken_entry(
    sealed: list[AuditEntry], tamper: Callable[[list[AuditEntry]], None], said: str
) -> None:
    tamper(sealed)

    verdict = chain.verify(heads.noted())
    assert verdict.count == 2
    assert "第 3 号" in verdict.fault
    assert said in verdict.fault


def test_a_cut_tail_is_missed_in_the_file_outside(sealed: list[AuditEntry]) -> None:
    AuditSeal.objects.filter(seq__gt=3).delete()
    AuditEntry.objects.filter(pk__gt=sealed[2].pk).delete()

    assert chain.verify([]).fault == ""  # the chain alone cannot know
    assert fault() == "库外留存的链头已到第 5 号，库中只到第 3 号：日志尾部被截去。"


def test_a_chain_made_anew_differs_from_the_heads_outside(sealed: list[AuditEntry]) -> None:
    changed(sealed)
    AuditSeal.objects.all().delete()
    chain.seal()

    assert chain.verify([]).fault == ""
    assert "第 5 号与库外留存的链头不符" in fault()


def test_an_entry_slipped_in_afterwards_is_named(sealed: list[AuditEntry]) -> None:
    slipped = write(1)[0]
    AuditEntry.objects.filter(pk=slipped.pk).update(at=timezone.now() - timedelta(days=30))
    chain.seal()

    assert fault().startswith(f"有日志未经封存（日志编号 {slipped.pk}，")


def test_the_command_names_the_fault_and_fails(sealed: list[AuditEntry]) -> None:
    said = StringIO()
    call_command("verify_audit", stdout=said)
    head = said.getvalue().split("链头 ")[1].split()[0]
    call_command("verify_audit", "--head", head, stdout=said)
    deleted(sealed)

    with pytest.raises(CommandError, match=r"第 3 号日志.*已被删除"):
        call_command("verify_audit")
    with pytest.raises(CommandError, match="链头无法读取"):
        call_command("verify_audit", "--head", "nonsense")


def test_a_head_is_noted_once_in_a_while(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        write(1)
        chain.seal()
    assert [head.seq for head in heads.noted()] == [1]

    monkeypatch.setattr(heads, "EVERY", -1.0)
    chain.seal()
    chain.seal()
    assert [head.seq for head in heads.noted()] == [1, 3]
    assert notes.stat().st_mode & 0o077 == 0


def test_a_full_disk_does_not_stop_the_sealing(notes: Path) -> None:
    notes.parent.write_text("in the way")

    write(1)
    assert chain.seal() == 1


def test_the_night_tells_the_auditor_of_a_broken_log(
    sealed: list[AuditEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    auditor = person("shenji", "冯审计")
    monkeypatch.setattr(verification, "holders", lambda permission: [auditor])
    run_now(submit(verification.KIND, owner=None, bell_rings=False))
    assert verification.mark().tone == "ok"
    assert not Message.objects.filter(recipient=auditor).exists()

    changed(sealed)
    job = submit(verification.KIND, owner=None, bell_rings=False)
    run_now(job)
    told = Message.objects.get(recipient=auditor)
    assert "第 3 号日志" in told.body
    assert verification.mark().tone == "broken"


def test_a_log_that_nobody_seals_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    (entry,) = write(1)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER USER")
    AuditEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - timedelta(minutes=11))

    assert chain.is_stalled()
    monkeypatch.setattr(verification, "holders", lambda permission: [])
    job = submit(verification.KIND, owner=None, bell_rings=False)
    run_now(job)
    job.refresh_from_db()
    assert job.result["faults"] == [verification.STALLED]
    assert not chain.is_stalled()


# Together -------------------------------------------------------------------------------------


def seal_elsewhere() -> int:
    try:
        return chain.seal()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_never_wait_for_each_other() -> None:
    with ThreadPoolExecutor(3) as pool:
        write(60)
        with transaction.atomic():
            late = write(1)[0]  # not committed while the others work
            write_too = write(3)
            sealed = [pool.submit(seal_elsewhere) for _ in range(3)]
            assert sum(one.result(timeout=20) for one in sealed) == 60
            assert late.pk < write_too[0].pk
    assert chain.seal() == 4
    assert [one.seq for one in AuditSeal.objects.all()] == list(range(1, 65))
    assert chain.verify([]).fault == ""
