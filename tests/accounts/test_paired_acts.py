"""What takes two administrators: nobody proposes and confirms, nobody decides about himself."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.models import PairedAct, ScopeGrant, User
from accounts.services.paired import expire_acts
from core.dates import today
from core.models import AuditEntry, Message
from enterprises.models import Enterprise
from tests.accounts.test_users import desk
from tests.builders import make_user
from tests.world import World


def proposed(world: World, user: User, role: str = "audit_administrator") -> PairedAct:
    return services.propose_administrator(
        actor=world.security_administrator, user=user, role=role, since=today(), reason="轮岗"
    )


def test_a_new_administrator_takes_two(world: World) -> None:
    user = make_user("钱七")
    act = proposed(world, user)

    assert not User.objects.get(pk=user.pk).administers
    assert Message.objects.filter(dedupe_key=f"paired-act-{act.pk}").count() == 2
    services.confirm_act(actor=world.system_administrator, act=act)

    grant = User.objects.get(pk=user.pk).grants.get()
    assert (grant.role, grant.granted_by, grant.confirmed_by) == (
        "audit_administrator",
        world.security_administrator,
        world.system_administrator,
    )
    assert not Enterprise.objects.visible_to(User.objects.get(pk=user.pk)).exists()
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == [
        "act.propose",
        "act.confirmed",
        "grant.give",
    ]


def test_one_alone_is_refused_everywhere(world: World) -> None:
    user = make_user("钱七")
    act = proposed(world, user)

    with pytest.raises(ValidationError, match="提出人不能复核"):
        services.confirm_act(actor=world.security_administrator, act=act)
    with pytest.raises(ValidationError, match="须由两人办理"):
        services.grant_role(
            actor=world.security_administrator,
            user=user,
            role="audit_administrator",
            organization=None,
            since=today(),
        )
    assert not user.grants.exists()


def test_the_database_refuses_one_person_for_both(world: World) -> None:
    act = proposed(world, make_user("钱七"))
    one = world.security_administrator

    with pytest.raises(IntegrityError), transaction.atomic():
        PairedAct.objects.filter(pk=act.pk).update(outcome="confirmed", decided_by=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairedAct.objects.filter(pk=act.pk).update(user=one)
    for second in (None, one):
        with pytest.raises(IntegrityError), transaction.atomic():
            ScopeGrant.objects.create(
                user=act.user,
                role=act.role,
                valid_from=today(),
                granted_by=one,
                confirmed_by=second,
            )


def test_nobody_decides_about_himself(world: World) -> None:
    reset = services.propose_reset(
        actor=world.security_administrator, user=world.system_administrator, reason="手机遗失"
    )

    with pytest.raises(ValidationError, match="涉及本人"):
        services.confirm_act(actor=world.system_administrator, act=reset)
    with pytest.raises(ValidationError, match="涉及本人"):
        services.propose_reset(
            actor=world.system_administrator, user=world.system_administrator, reason="手机遗失"
        )
    services.confirm_act(actor=world.audit_administrator, act=reset)


def test_only_administrators_propose_and_confirm(world: World) -> None:
    act = proposed(world, make_user("钱七"))

    with pytest.raises(PermissionDenied):
        services.confirm_act(actor=world.clerk, act=act)
    with pytest.raises(PermissionDenied):
        services.propose_reset(
            actor=world.audit_administrator, user=world.system_administrator, reason="手机遗失"
        )


def test_after_a_week_a_proposal_is_worth_nothing(world: World) -> None:
    user = make_user("钱七")
    act = proposed(world, user)

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        with pytest.raises(ValidationError, match="已过期"):
            services.confirm_act(actor=world.system_administrator, act=act)
        proposed(world, user)  # and does not stand in the way of a new one
        expire_acts()

    act.refresh_from_db()
    assert act.outcome == PairedAct.Outcome.EXPIRED


def test_a_proposal_stands_once_and_is_decided_once(world: World) -> None:
    user = make_user("钱七")
    act = proposed(world, user)
    with pytest.raises(ValidationError) as problem:
        proposed(world, user, "system_administrator")
    assert problem.value.message_dict == {"role": ["该事项已提出，正在等待复核"]}
    services.refuse_act(actor=world.system_administrator, act=act, note="人选不妥")

    with pytest.raises(ValidationError, match="已办结"):
        services.confirm_act(actor=world.audit_administrator, act=act)


def test_only_who_proposed_takes_back(world: World) -> None:
    act = proposed(world, make_user("钱七"))
    with pytest.raises(ValidationError, match="只有提出人"):
        services.withdraw_act(actor=world.system_administrator, act=act)

    services.withdraw_act(actor=world.security_administrator, act=act)

    assert PairedAct.objects.get().outcome == PairedAct.Outcome.WITHDRAWN


def test_who_got_another_role_meanwhile_is_not_made_administrator(world: World) -> None:
    user = make_user("钱七")
    act = proposed(world, user)
    ScopeGrant.objects.create(
        user=user, role="leader", organization=world.east_committee, valid_from=today()
    )

    with pytest.raises(ValidationError, match="不能兼任"):
        services.confirm_act(actor=world.system_administrator, act=act)
    assert PairedAct.objects.get().outcome == PairedAct.Outcome.OPEN


def test_the_pages_lead_from_proposal_to_confirmation(world: World) -> None:
    user = make_user("钱七")
    fields = {"role": "audit_administrator", "since": "2026-01-01", "reason": "轮岗"}
    desk(world.security_administrator).post(f"/users/{user.pk}/administrator", fields)
    act, second = PairedAct.objects.get(), desk(world.audit_administrator)
    again = desk(world.security_administrator).post(f"/users/{user.pk}/administrator", fields)
    assert list(again.context["form"].errors) == ["role"]

    assert "复核同意" in second.get("/users/acts/").content.decode()
    assert "复核同意" not in desk(world.security_administrator).get("/users/acts/").content.decode()
    second.post(f"/users/acts/{act.pk}", {"do": "confirm", "note": "同意"})

    assert user.grants.get().confirmed_by == world.audit_administrator
    assert "已办理" in second.get("/users/acts/").content.decode()


@pytest.mark.parametrize("role", ["system", "security", "audit"])
def test_the_last_administrator_of_a_kind_stays(world: World, role: str) -> None:
    last = getattr(world, f"{role}_administrator")
    other = world.audit_administrator if role == "security" else world.security_administrator

    with pytest.raises(ValidationError, match="至少须保留一名"):
        services.set_active(actor=other, user=last, active=False, reason="调离")
    if role != "security":  # who alone ends posts
        with pytest.raises(ValidationError, match="至少须保留一名"):
            services.end_grant(actor=other, grant=last.grants.get(), on=today(), reason="调离")


def test_a_closed_account_keeps_its_page(client: Client, world: World) -> None:
    page = desk(world.system_administrator).post(
        f"/users/{world.audit_administrator.pk}/active", {"reason": "调离"}
    )

    assert "至少须保留一名审计管理员" in page.content.decode()
