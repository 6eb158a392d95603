"""The month sheet of a branch: look at it, paste into it, save it; the receipt of a payment."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core.dates import EARLIEST, LATEST, today
from core.permissions import require
from core.text import key_of
from members.dues import amounts, parameters, reckoning
from members.dues.board import Board
from members.dues.forms import ReceivedForm
from members.dues.services import CHANGE, Received, record_payments
from members.dues.sheet import held_in, posts_first, rows_of
from members.models import DuesRecord
from organizations.models import PartyOrganization

LIST = ("党费收缴", "/dues/")
ON_PAGE = 60  # members; twelve fields each stay below what a form may send


@require_http_methods(["GET", "HEAD", "POST"])
@require(CHANGE)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A year (`year`) or one month (`month`) of a branch; posted with `paste` it only fills in."""
    branch, months = find(request, pk), _months(request)
    page = Paginator(posts_first(held_in(months, organization=branch), today()), ON_PAGE).get_page(
        request.GET.get("page")
    )
    board = Board(rows_of(page.object_list, months, today()), months)
    form = ReceivedForm(request.POST or None)
    faults: list[str] = []
    if "paste" in request.POST:
        form = ReceivedForm()
        board, faults = _pasted(request, board)
    elif request.method == "POST":
        board = _save(request, branch, board, form)
        if not (form.errors or board.errors):
            return redirect(request.get_full_path())
    more = {"form": form, "faults": faults, "page": page}
    if page.has_other_pages():
        more["whole"] = Board(rows_of(page.paginator.object_list, months, today()), months)
    return _drawn(request, branch, board, more)


def _save(
    request: HttpRequest, branch: PartyOrganization, board: Board, form: ReceivedForm
) -> Board:
    """Write what changed; otherwise the board with what was typed and why it was refused."""
    user: Any = request.user
    sent = request.POST.dict()
    payments, errors = board.payments(sent)
    if form.is_valid() and not errors:
        received = Received(**form.cleaned_data)
        try:
            number = record_payments(
                actor=user, organization=branch, payments=payments, received=received
            )
        except ValidationError as problem:
            for name, sentences in problem.message_dict.items():
                if name in form.fields:
                    form.add_error(name, sentences)
                else:
                    errors[name] = sentences[0]
        else:
            messages.success(request, f"已登记{number}项。" if number else "没有改动。")
    return Board(board.rows, board.months, sent, errors)


def _pasted(request: HttpRequest, board: Board) -> tuple[Board, list[str]]:
    people = [(row.member.pk, row.member.person.name) for row in board.rows]
    found = amounts.spread(request.POST.get("block", ""), people, board.months)
    typed = {f"p-{pk}-{month:%Y-%m}": text for (pk, month), text in found.texts.items()}
    if not found.texts and not found.faults:
        found.faults.append("没有粘贴内容。请从表格中连同姓名一起复制。")
    return Board(board.rows, board.months, typed), found.faults


def _drawn(
    request: HttpRequest, branch: PartyOrganization, board: Board, more: dict[str, Any]
) -> HttpResponse:
    year = board.months[0].year
    large: Decimal = parameters.LARGE.value(on=today())
    context = {
        "title": f"{branch}党费收缴",
        "crumbs": [LIST],
        "branch": branch,
        "board": board,
        "year": year,
        "links": _links(request, year, board),
        "rules": parameters.lines_on(board.months[-1]),
        "summary": board.summary(large),
        "as_of": f"数据截至 {today()}",
        **more,
    }
    return render(request, "members/dues_sheet.html", context)


def _links(request: HttpRequest, year: int, board: Board) -> list[dict[str, Any]]:
    """The year before, this one whole, its months, the year after."""
    now = board.months[0] if board.is_single else None
    months = [
        {"label": f"{month.month}月", "url": f"?month={month:%Y-%m}", "current": month == now}
        for month in reckoning.months_of(year)
    ]
    return [
        {"label": f"{year - 1}年", "url": f"?year={year - 1}", "current": False},
        {"label": f"{year}年全年", "url": f"?year={year}", "current": now is None},
        *months,
        {"label": f"{year + 1}年", "url": f"?year={year + 1}", "current": False},
    ]


def _months(request: HttpRequest) -> list[date]:
    """The months that the address asks for; this month where it asks for none."""
    year, _, month = request.GET.get("month", "").partition("-")
    asked_year, asked_month = key_of(year), key_of(month)
    if asked_year and asked_month and _is_year(asked_year) and asked_month <= 12:
        return [date(asked_year, asked_month, 1)]
    whole = key_of(request.GET.get("year", ""))
    if whole and _is_year(whole):
        return reckoning.months_of(whole)
    return [reckoning.month_of(today())]


def _is_year(year: int) -> bool:
    return EARLIEST <= year <= LATEST


def find(request: HttpRequest, pk: int) -> PartyOrganization:
    """The organization within the user's scope; a neighbour's is a 404."""
    user: Any = request.user
    found: PartyOrganization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    return found


@require_safe
@require(CHANGE)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet of paper for what a member paid to the branch on one day."""
    user: Any = request.user
    seen = DuesRecord.objects.visible_to(user).select_related("member__person", "organization")
    record: DuesRecord = get_object_or_404(seen, pk=pk)
    same = seen.filter(
        member=record.member_id, organization=record.organization_id, paid_on=record.paid_on
    ).order_by("month")
    total = sum((one.paid for one in same), Decimal(0))
    context = {
        "title": "党费收据",
        "crumbs": [
            LIST,
            (
                str(record.organization),
                reverse("members:dues_sheet", args=[record.organization_id]),
            ),
        ],
        "record": record,
        "records": same,
        "total": total,
        "capital": amounts.capital(total),
    }
    return render(request, "members/dues_receipt.html", context)
