"""The members of an organization: how many, and who of them needs an act."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from activities.checkup.result import ORGANIZER, SECRETARY, Check, none_open, recorded
from core.validity import valid_on
from members.codes import Category
from members.dues.arrears import late
from members.dues.services import CHANGE as DUES
from members.models import DevelopmentCase, LostContact, LostState, PartyMember
from organizations.models import PartyOrganization


def of_members(organization: PartyOrganization, user: Any, day: date) -> Iterator[Check]:
    url = f"{reverse('members:member_list')}?organization={organization.pk}"
    own = PartyMember.objects.filter(
        valid_on(day, "memberships__"), memberships__organization=organization
    )
    counted = own.count()
    probation = own.filter(category=Category.PROBATIONARY)
    overdue = probation.filter(probation_until__lt=day).count()
    yield recorded(
        "党员",
        f"党员{counted}人，其中预备党员{probation.count()}人" if counted else "",
        "没有登记党员",
        url,
        ORGANIZER,
    )
    yield none_open("预备党员转正", overdue, "预备期已满未转正{}人", url, SECRETARY)
    cases = DevelopmentCase.objects.open().filter(organization=organization, next_by__lt=day)
    yield none_open(
        "发展党员",
        cases.count(),
        "逾期未办的发展对象和积极分子{}人",
        reverse("members:development_list"),
        ORGANIZER,
    )
    lost = LostContact.objects.filter(organization=organization, state=LostState.LOST)
    yield none_open(
        "失联党员", lost.count(), "正在查找{}人", reverse("members:lost_list"), SECRETARY
    )
    if user.has_perm(DUES):
        yield none_open(
            "党费交纳",
            late(own, day).count(),
            "长期未交纳{}人",
            reverse("members:dues_sheet", args=[organization.pk]),
            ORGANIZER,
        )
