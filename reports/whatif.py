"""What a change would make of an enterprise's coverage: done, judged, and undone again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from enterprises.models import Enterprise
from reports.standing import Standing, standing


@dataclass(frozen=True)
class Effect:
    """The judgement without and with the change, on the same day."""

    before: Standing
    after: Standing

    @property
    def sentence(self) -> str:
        """What it means for the figures of the enterprise's unit."""
        unit = self.after.area or self.before.area
        where = f"{unit}的" if unit else ""
        gained = self._counts(self.after) - self._counts(self.before)
        if gained > 0:
            return f"{where}组织覆盖企业增加 1 家。"
        if gained < 0:
            return f"{where}组织覆盖企业减少 1 家。"
        return "组织覆盖的企业数不变。"

    @staticmethod
    def _counts(found: Standing) -> bool:
        return found.is_covered and bool(found.populations)


class _Undone(Exception):
    """Takes the savepoint back."""


def effect_of(change: Callable[[], object], enterprise: Enterprise, day: date) -> Effect:
    """Judge the enterprise before and after the change, which is taken back.

    What the change refuses is raised as it is.
    """
    before = standing(enterprise, day)
    found: list[Standing] = []
    try:
        with transaction.atomic():
            change()
            found.append(standing(enterprise, day))
            raise _Undone
    except _Undone:
        return Effect(before, found[0])
