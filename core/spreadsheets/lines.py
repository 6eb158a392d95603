"""Tells the rows of a table from what stands below and between them: totals, signatures, notes."""

import re
from collections.abc import Sequence

from core.text import fold

TOTAL = re.compile(r"(本页|总)?(合计|小计|总计|累计|共计)(:.*|\d.*)?")
SIGNATURE = re.compile(
    r"(填报|填表|制表|审核|复核|经办|打印|导出|统计|截至|单位|主要|分管|联系|数据)"
    r"(单位|日期|时间|人|领导|负责人|电话|来源|方式)?(签字|签名|盖章)?(\(.*?\))?:.*"
)
NOTE = re.compile(r"(注|备注|说明|填表说明|填报说明|注意事项)(:|\d).*")
LISTED = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2}|\(.{1,2}\))[、.,:)].*")
CODE = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{18}")
SERIAL_LABELS = frozenset(["序号", "编号", "NO.", "NO"])
SIGNATURE_CELLS = 8


class LineSorter:
    """Names the reason why a row below the header is no data; "" for data."""

    def __init__(self, header: Sequence[Sequence[str]], above: Sequence[Sequence[str]]) -> None:
        self.header = {key(cells) for cells in header}
        self.above = {key(cells) for cells in above}
        first = next((cells for cells in header), ())
        self.serials = {
            place for place, label in enumerate(first) if compact(label) in SERIAL_LABELS
        }
        self.in_notes = False

    def reason(self, cells: Sequence[str]) -> str:
        if any(map(CODE.fullmatch, cells)):  # nearly every row of data, and cheap to see
            self.in_notes = False
            return ""
        filled = [(place, compact(cell)) for place, cell in enumerate(cells) if cell.strip()]
        texts = [text for _, text in filled]
        if not texts or any(CODE.fullmatch(text) for text in texts):
            self.in_notes = False
            return ""
        if all(place in self.serials for place, _ in filled):
            return "仅有序号"
        shape = key(cells)
        if shape in self.header:
            return "重复的表头"
        if shape in self.above:
            return "重复的标题"
        if any(TOTAL.fullmatch(text) for text in texts[:2]):
            return "合计行"
        return self._below(texts)

    def _below(self, texts: list[str]) -> str:
        if SIGNATURE.fullmatch(texts[0]) and len(texts) <= SIGNATURE_CELLS:
            return "落款行"
        if len(texts) <= 2 and NOTE.fullmatch(texts[0]):
            self.in_notes = True
            return "说明行"
        if self.in_notes and len(texts) == 1 and LISTED.fullmatch(texts[0]):
            return "说明行"
        self.in_notes = False
        return ""


def compact(cell: str) -> str:
    """Half width, no blanks, upper case."""
    return fold(cell).replace(" ", "").upper()


def key(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in map(compact, cells) if text)
