"""What the superior committee does with a record: return, accept, lock."""

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.models import Activity
from activities.services.steps import stepped
from core.models import MessageKind
from core.notices import notify as tell
from members.services.persons import Actor

OTHER = "其他"
RETURN_REASONS = ("内容过简", "到会情况不符", "类型不对", "时间地点有误", "缺少决议", OTHER)


def return_key(activity: Activity) -> str:
    """How the keys of messages begin that tell of its returns."""
    return f"activity-return-{activity.pk}-"


@transaction.atomic
def return_record(*, actor: Actor, activity: Activity, reason: str) -> Activity:
    """Raises ValidationError keyed by reason; who recorded it is told."""
    if not reason.strip():
        raise ValidationError({"reason": "退回必须说明原因。"})
    activity = stepped(actor, activity, "activity.return", reason)
    if activity.created_by:
        tell(
            [activity.created_by],
            kind=MessageKind.ACTION,
            title=f"会议记录被退回：{activity.title}",
            body=reason,
            url=activity.get_absolute_url(),
            key=f"{return_key(activity)}{activity.version}",
        )
    return activity


@transaction.atomic
def accept(*, actor: Actor, activity: Activity) -> Activity:
    return stepped(actor, activity, "activity.accept")


@transaction.atomic
def lock(*, actor: Actor, activity: Activity) -> Activity:
    """From now on only a correction, which is a version of its own, changes it."""
    return stepped(actor, activity, "activity.lock")
