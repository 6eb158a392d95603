"""A record in words: what a version keeps, and in what two versions differ."""

from dataclasses import dataclass

from activities.models import Activity, Attendance, AttendanceStatus

Facts = dict[str, str]


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


def facts_of(activity: Activity) -> Facts:
    """The whole record under the labels of its form."""
    people = list(activity.attendances.select_related("person").order_by("pk"))
    times = "–".join(f"{at:%H:%M}" for at in (activity.held_from, activity.held_to) if at)
    return {
        "类型": "、".join(kind.name for kind in activity.kinds.all()),
        "议题": activity.title,
        "召开时间": f"{activity.held_on} {times}".strip(),
        "地点": activity.place,
        "党小组": str(activity.group or ""),
        "主持人": str(activity.chair or ""),
        "记录人": str(activity.recorder or ""),
        "到会": _names(people, AttendanceStatus.CAME),
        "请假": _names(people, AttendanceStatus.LEAVE),
        "缺席": _names(people, AttendanceStatus.ABSENT),
        "列席和上级到会人员": activity.guests,
        "内容": activity.content,
        "决议": activity.resolution,
        "决定事项": "\n".join(_decisions(activity)),
        "照片": f"{activity.photos.count()}张",
    }


def differences(before: Facts, after: Facts) -> list[Difference]:
    return [
        Difference(label, before.get(label, ""), after.get(label, ""))
        for label in {**before, **after}
        if before.get(label, "") != after.get(label, "")
    ]


def _names(people: list[Attendance], status: AttendanceStatus) -> str:
    return "、".join(
        f"{one.person.name}（{why}）" if (why := _why(one)) else one.person.name
        for one in people
        if one.status == status
    )


def _why(one: Attendance) -> str:
    made_up = f"{one.made_up_on}补课" if one.made_up_on else ""
    return "，".join(word for word in (one.get_reason_display(), made_up) if word)


def _decisions(activity: Activity) -> list[str]:
    lines = []
    for one in activity.decisions.select_related("owner"):
        parts = [f"{one.get_kind_display()}：{one.text}"]
        if one.ayes is not None:
            parts.append(f"赞成{one.ayes}票，反对{one.noes or 0}票，弃权{one.abstentions or 0}票")
        if one.owner:
            parts.append(f"责任人{one.owner}")
        if one.due_on:
            parts.append(f"{one.due_on}前完成")
        lines.append("，".join(parts))
    return lines
