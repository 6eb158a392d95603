"""The way of an activity from plan to locked record: who may take which step."""

from activities.models import ActivityState
from core.states import StateTable, Transition

VIEW, RECORD, REVIEW = "activities.view", "activities.record", "activities.review"
S = ActivityState
ACTS = StateTable(
    ActivityState,
    (
        Transition("activity.notify", "发出通知", frozenset({S.PLANNED}), S.NOTIFIED, RECORD),
        Transition(
            "activity.hold", "登记已召开", frozenset({S.PLANNED, S.NOTIFIED}), S.HELD, RECORD
        ),
        Transition(
            "activity.record",
            "保存记录",
            frozenset({S.PLANNED, S.NOTIFIED, S.HELD, S.RECORDED}),
            S.RECORDED,
            RECORD,
        ),
        Transition(
            "activity.submit",
            "提交",
            frozenset({S.PLANNED, S.NOTIFIED, S.HELD, S.RECORDED, S.RETURNED}),
            S.SUBMITTED,
            RECORD,
        ),
        Transition("activity.return", "退回", frozenset({S.SUBMITTED}), S.RETURNED, REVIEW),
        Transition("activity.accept", "通过", frozenset({S.SUBMITTED}), S.ACCEPTED, REVIEW),
        Transition("activity.lock", "锁定", frozenset({S.ACCEPTED}), S.LOCKED, REVIEW),
        Transition("activity.correct", "更正", frozenset({S.LOCKED}), S.SUBMITTED, RECORD),
        Transition(
            "activity.cancel", "取消", frozenset({S.PLANNED, S.NOTIFIED}), S.CANCELLED, RECORD
        ),
    ),
)
VERBS = {
    "activity.plan": "计划组织生活",
    "activity.replan": "修改会议计划",
    "activity.task": "办结会议决定事项",
    "group.form": "登记党小组",
    "group.members": "调整党小组成员",
    "group.end": "撤销党小组",
    "activity.photo": "上传活动照片",
    **{act.name: f"{act.label}组织生活" for act in ACTS},
}
RECORDABLE = frozenset(ACTS["activity.submit"].sources | ACTS["activity.correct"].sources)
TONES: dict[str, str] = {
    S.PLANNED: "none",
    S.NOTIFIED: "running",
    S.HELD: "attention",
    S.RECORDED: "attention",
    S.SUBMITTED: "running",
    S.RETURNED: "broken",
    S.ACCEPTED: "ok",
    S.LOCKED: "ok",
    S.CANCELLED: "none",
}
