"""The chain over the log of actions: committed entries are numbered and sealed one by one.

A link is a keyed digest of the link before, its number and the entry; the key never lies in the
database. Writers never wait for it: a sealer takes what it can see, so the entries of a long
transaction come later, and of two sealers at once the slower one gives way.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core import heads
from core.crypto import mac
from core.models import AuditEntry, AuditSeal

PURPOSE = "chain of the log"
START = "0" * 64
CHUNK = 2000
LATE = timedelta(days=1)  # no transaction stays open that long: a job ends after two hours
FIELDS = (
    "pk",
    "at",
    "actor_id",
    "actor_name",
    "verb",
    "target_type",
    "target_id",
    "target_label",
    "before",
    "after",
    "reason",
    "scope_path",
    "request_id",
    "address",
)


@dataclass(frozen=True)
class Verdict:
    """What a verification found; `fault` is a sentence about the first broken entry, or empty."""

    count: int
    head: str
    fault: str = ""


def seal() -> int:
    """Seal what has been committed since and note the newest link; how many entries."""
    total = 0
    while number := _seal_chunk():
        total += number
    if head := AuditSeal.objects.last():
        heads.note(heads.Head(head.seq, head.digest))
    return total


def _seal_chunk() -> int:
    """The next entries; 0 also when another sealer was quicker."""
    try:
        with transaction.atomic():
            last = AuditSeal.objects.last()
            seq, digest = (last.seq, last.digest) if last else (0, START)
            links = []
            for entry in _unsealed(last)[:CHUNK]:
                seq += 1
                digest = link(digest, seq, entry)
                links.append(AuditSeal(seq=seq, entry=entry, digest=digest))
            AuditSeal.objects.bulk_create(links)
    except IntegrityError:
        return 0
    return len(links)


def _unsealed(last: AuditSeal | None, using: str = "default") -> QuerySet[AuditEntry]:
    """Entries without a link; those far older than the newest link can only be slipped in."""
    entries = AuditEntry.objects.using(using).filter(seal=None).order_by("pk")
    return entries.filter(at__gte=last.sealed_at - LATE) if last else entries


def link(before: str, seq: int, entry: AuditEntry) -> str:
    """The digest that ties an entry to all entries before it."""
    facts = {name: getattr(entry, name) for name in FIELDS}
    facts["at"] = entry.at.astimezone(UTC).isoformat()
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return mac(f"{before}\n{seq}\n{told}", PURPOSE)


def oldest_waiting() -> datetime | None:
    """When the oldest entry that waits for its seal was written."""
    return _unsealed(AuditSeal.objects.last()).values_list("at", flat=True).first()


def is_stalled() -> bool:
    """Whether entries have waited for longer than any sealer's pause."""
    oldest = oldest_waiting()
    return oldest is not None and timezone.now() - oldest > timedelta(minutes=10)


def verify(noted: list[heads.Head], using: str = "default") -> Verdict:
    """Go through the whole chain; heads noted outside tell whether its tail was cut off."""
    seq, digest = 0, START
    wanted = {head.seq: head.digest for head in noted}
    for found, entry in _links(using):
        if found.seq != seq + 1:
            return Verdict(seq, digest, f"第 {seq + 1} 号封存记录缺失。")
        if entry is None:
            fault = f"第 {found.seq} 号日志（日志编号 {found.entry_id}）已被删除。"
            return Verdict(seq, digest, fault)
        if link(digest, found.seq, entry) != found.digest:
            fault = f"第 {found.seq} 号日志（{_named(entry)}）内容或次序与封存时不符。"
            return Verdict(seq, digest, fault)
        seq, digest = found.seq, found.digest
        if wanted.pop(seq, digest) != digest:
            fault = f"第 {seq} 号与库外留存的链头不符，日志链可能被整体重做。"
            return Verdict(seq, digest, fault)
    if wanted:
        fault = f"库外留存的链头已到第 {max(wanted)} 号，库中只到第 {seq} 号：日志尾部被截去。"
        return Verdict(seq, digest, fault)
    return Verdict(seq, digest, _slipped_in(using))


def _links(using: str) -> Iterator[tuple[AuditSeal, AuditEntry | None]]:
    """Every link in order with its entry, read in pieces."""
    seals, after = AuditSeal.objects.using(using).order_by("seq"), 0
    while chunk := list(seals.filter(seq__gt=after)[:CHUNK]):
        entries = AuditEntry.objects.using(using).in_bulk([one.entry_id for one in chunk])
        for one in chunk:
            yield one, entries.get(one.entry_id)
        after = chunk[-1].seq


def _slipped_in(using: str) -> str:
    last = AuditSeal.objects.using(using).last()
    late = AuditEntry.objects.using(using).filter(seal=None)
    if last is None or not (late := late.filter(at__lt=last.sealed_at - LATE)).exists():
        return ""
    return f"有日志未经封存（{_named(late.earliest('pk'))}），系事后插入。"


def _named(entry: AuditEntry) -> str:
    return f"日志编号 {entry.pk}，{timezone.localtime(entry.at):%Y-%m-%d %H:%M}，{entry.actor_name}"
