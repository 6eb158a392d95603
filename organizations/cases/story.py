"""An act in the reader's words: what changed, who took part, what followed from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from organizations.models import (
    ChangePart,
    OrganizationChange,
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)

LABELS = {
    "name": "名称",
    "kind": "类别",
    "nature": "性质",
    "parent": "上级党组织",
    "superior": "指导上级",
    "established_on": "成立日期",
    "abolished_on": "撤销日期",
    "organizations": "党组织",
    "kept": "保留本组织",
}
CHOICES = {**dict(OrganizationKind.choices), **dict(OrganizationNature.choices)}


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Story:
    change: OrganizationChange
    differences: list[Difference]
    parts: list[ChangePart]
    moves: list[dict[str, Any]]  # label, count, home
    figures: list[dict[str, Any]]  # group, label, before, after, concern

    @property
    def subject(self) -> PartyOrganization:
        return next(
            part for part in self.parts if part.role == ChangePart.Role.SUBJECT
        ).organization

    def __str__(self) -> str:
        return f"{self.change.get_kind_display()}：{self.subject}"


def story(change: OrganizationChange) -> Story:
    lines = change.consequences
    return Story(
        change,
        list(_differences(change)),
        list(change.parts.all()),
        [line for line in lines if line.get("home")],
        [line for line in lines if "group" in line],
    )


def _differences(change: OrganizationChange) -> Iterator[Difference]:
    for name in {**change.before, **change.after}:
        before, after = _said(change.before.get(name)), _said(change.after.get(name))
        if before or after:
            yield Difference(LABELS.get(name, name), before, after)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(CHOICES.get(value, value)) if value else ""
