"""Records of meetings as a Word document, one record after the other, each on a page of its own."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import default_storage

from activities.models import ActivityDecision, ActivityPhoto
from activities.photos import small_path
from activities.record_card import RecordCard
from core.dates import chinese_date, today
from core.detail import Fact
from core.spreadsheets.naming import file_name
from core.word import Document

FACTS = (16, 34, 16, 34)  # shares of a line: label, value, label, value
DECISIONS = ("事项", "性质", "赞成/反对/弃权", "责任人", "期限", "完成情况")
SHARES = (30, 14, 16, 12, 14, 14)


def word_name(card: RecordCard) -> str:
    """〈党组织〉〈类型〉活动记录_〈召开日期〉.docx"""
    day = card.activity.day or today()
    return file_name(str(card.activity.organization), f"{card.title}活动记录", "", day, ".docx")


def write_word(cards: Iterable[RecordCard], target: Path | BinaryIO, *, large: bool) -> int:
    """How many there are; pictures as small as on screen where there are many records."""
    document, number = Document(), 0
    for card in cards:
        _add(document, card, large=large)
        number += 1
    document.save(target)
    return number


def _add(document: Document, card: RecordCard, *, large: bool) -> None:
    activity = card.activity
    document.title(f"{card.title}活动记录")
    document.line(f"党组织：{activity.organization}", f"第{activity.version}版")
    facts = [fact for group in card.groups for fact in group.facts]
    document.table(_pairs(facts), FACTS, head=False)
    if card.decisions:
        document.heading("决定事项")
        rows = [DECISIONS, *(_decided(one) for one in card.decisions)]
        document.table(rows, SHARES, head=True)
    if card.appraisals:
        document.heading("民主评议结果")
        found = [(str(one.person), one.get_grade_display()) for one in card.appraisals]
        document.table([("党员", "评议等次"), *found], (1, 1), head=True)
    for photo in card.photos:
        _illustrate(document, photo, large=large)
    document.line("主持人：　　　　　　", "记录人：　　　　　　", "　　　　年　　月　　日")


def _pairs(facts: Sequence[Fact]) -> Iterator[tuple[str, ...]]:
    """Two facts a line; a wide one, and one without a neighbour, has a line of its own."""
    waiting: tuple[str, ...] = ()
    for fact in facts:
        cell = (fact.label, str(fact.shown))
        if fact.wide:
            yield from filter(None, (waiting, cell))
            waiting = ()
        elif waiting:
            yield waiting + cell
            waiting = ()
        else:
            waiting = cell
    if waiting:
        yield waiting


def _decided(one: ActivityDecision) -> tuple[str, ...]:
    votes = (one.ayes, one.noes or 0, one.abstentions or 0)
    done = f"{chinese_date(one.done_on)} {one.outcome}" if one.done_on else ""
    return (
        one.text,
        one.get_kind_display(),
        "—" if one.ayes is None else "/".join(map(str, votes)),
        str(one.owner or ""),
        chinese_date(one.due_on) if one.due_on else "",
        done,
    )


def _illustrate(document: Document, photo: ActivityPhoto, *, large: bool) -> None:
    """A picture whose file is gone is left out; the record stands without it."""
    try:
        with default_storage.open(photo.path if large else small_path(photo)) as file:
            document.picture(file.read(), photo.width, photo.height)
    except FileNotFoundError:
        return
