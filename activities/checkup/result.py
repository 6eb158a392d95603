"""What a check-up consists of: parts with checks, each with its verdict."""

from dataclasses import dataclass
from enum import StrEnum

SECRETARY, SUPERIOR, ORGANIZER = "书记", "上级党委", "组织委员"


class Verdict(StrEnum):
    """Its value is the tone of the tag on screen."""

    MET = "ok"
    OPEN = "broken"
    UNKNOWN = "attention"
    AHEAD = "running"
    NOT_REQUIRED = "none"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.MET: "符合",
    Verdict.OPEN: "待办理",
    Verdict.UNKNOWN: "未登记",
    Verdict.AHEAD: "未到期",
    Verdict.NOT_REQUIRED: "不适用",
}


@dataclass(frozen=True)
class Check:
    """`found` in words, `url` where the facts stand, `owner` who sees to it."""

    label: str
    verdict: Verdict
    found: str
    url: str
    owner: str


@dataclass(frozen=True)
class Part:
    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Checkup:
    parts: tuple[Part, ...]

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """How many checks came out how."""
        checks = [check for part in self.parts for check in part.checks]
        return [(one, sum(check.verdict is one for check in checks)) for one in Verdict]


def none_open(label: str, open_ones: int, words: str, url: str, owner: str) -> Check:
    """A check that is met when nothing is open; `words` has a place for the number."""
    verdict = Verdict.OPEN if open_ones else Verdict.MET
    return Check(label, verdict, words.format(open_ones) if open_ones else "无", url, owner)


def recorded(label: str, found: str, missing: str, url: str, owner: str) -> Check:
    """A check that is met when something is recorded at all."""
    return Check(label, Verdict.MET if found else Verdict.UNKNOWN, found or missing, url, owner)
