"""Groups of labelled values: what a detail page and its printed form consist of."""

from dataclasses import dataclass
from datetime import date, datetime

from core.templatetags.ui import day, moment

NOT_APPLICABLE = "—"


@dataclass(frozen=True)
class Fact:
    """One cell of the grid; None shows as blank (unknown), NOT_APPLICABLE as a dash."""

    label: str
    value: object
    wide: bool = False

    @property
    def shown(self) -> object:
        """The value in the reader's words; text and safe markup pass as they are."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        if isinstance(self.value, datetime):
            return moment(self.value)
        if isinstance(self.value, date):
            return day(self.value)
        return f"{self.value:,}" if isinstance(self.value, int) else self.value


@dataclass(frozen=True)
class FactGroup:
    title: str
    facts: tuple[Fact, ...]
