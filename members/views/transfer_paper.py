"""The letter of a transfer on paper, in the three parts of its form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.permissions import require
from members.models import DuesRecord, MembershipTransfer
from members.standing import full_years
from members.views.flow import VIEW
from members.views.transfers import FLOW


@require_safe
@require(VIEW)
def transfer_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Counterfoil, letter and receipt; numbers of the person are written in by hand."""
    user: Any = request.user
    row: MembershipTransfer = FLOW.find(request, pk)
    person = row.member.person
    paid = DuesRecord.objects.visible_to(user).filter(member=row.member_id, paid__gt=0)
    context = {
        "title": "组织关系介绍信",
        "crumbs": [FLOW.crumb, (str(row), row.get_absolute_url())],
        "row": row,
        "member": row.member,
        "person": person,
        "age": person.born_on and full_years(person.born_on, row.issued_on),
        "paid_until": paid.order_by("-month").values_list("month", flat=True).first(),
        "letter_days": (row.expires_on - row.issued_on).days,
    }
    return render(request, "members/transfer_print.html", context)
