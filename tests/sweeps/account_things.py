"""What administrators and users do with accounts, all about the eastern township."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import (
    ApiToken,
    CalendarDay,
    Handover,
    PairedAct,
    ReminderRule,
    ScopeGrant,
    User,
)
from accounts.tokens import create_token
from tests.builders import make_user
from tests.world import EAST, World

DAY = date(2026, 3, 31)


@dataclass
class AccountThings:
    """`admin_target` is an account to administer, deputy and successor of the eastern officer."""

    token: ApiToken
    admin_target: User
    grant: ScopeGrant
    delegation: ScopeGrant
    handover: Handover
    act: PairedAct
    reminder_rule: ReminderRule
    calendar_day: CalendarDay


def account_things(world: World) -> AccountThings:
    officer, place = world.east_officer, world.east_committee
    target = make_user(f"{EAST}新人")

    def post(role: str, **more: object) -> ScopeGrant:
        return ScopeGrant.objects.create(
            user=target, role=role, organization=place, valid_from=DAY, **more
        )

    return AccountThings(
        token=create_token(user=officer, name=EAST, scopes=["areas"], days=9)[0],
        admin_target=target,
        grant=post("leader"),
        delegation=post("organizer", source=officer.grants.get(), valid_to=date(2099, 1, 1)),
        handover=Handover.objects.create(
            leaver=officer, successor=target, done_by=officer, reason="调离"
        ),
        act=PairedAct.objects.create(
            kind=PairedAct.Kind.RESET,
            user=target,
            proposed_by=world.security_administrator,
            reason="手机遗失",
            expires_at=timezone.now() + timedelta(days=7),
        ),
        reminder_rule=ReminderRule.objects.create(
            name="换届", event="elections", audience=["organizer"], since=DAY
        ),
        calendar_day=CalendarDay.objects.create(day=date(2099, 1, 1), name="元旦"),
    )
