"""Leaders of the demonstration county, whom they look after, and requests at every stage."""

from datetime import date, timedelta
from typing import Any

from enterprises.contacts.services import pair, record_visit
from enterprises.models import Enterprise, EnterpriseRequest
from enterprises.requests.services import advance, receive
from reports.demo.firms import Firm
from reports.demo.names import Names

POSTS = (
    ("county", "县委书记"),
    ("county", "县委副书记、县长"),
    ("county", "县委常委、组织部部长"),
    ("county", "副县长"),
    ("department", "县委组织部副部长、两新工委书记"),
    ("department", "县市场监督管理局局长"),
    ("department", "县工商联党组书记"),
    ("department", "县经济和信息化局局长"),
)
# Category, request and unit; each gets one act further than the one before.
ASKED = (
    ("labour", "一线技术工人招聘难", "县人力资源和社会保障局"),
    ("land", "扩建厂房用地指标不足", "县自然资源和规划局"),
    ("utilities", "生产高峰期供电容量不够", "县供电公司"),
    ("finance", "流动资金贷款续贷手续繁琐", "县地方金融监督管理局"),
    ("permits", "环评手续办理时间长", "县生态环境分局"),
    ("policy", "研发费用加计扣除政策不清楚", "县税务局"),
    ("market", "希望参加省级展销会", "县商务局"),
)
STEP = timedelta(days=2)


def store_contacts(firms: list[Firm], names: Names, today: date) -> None:
    """This year's list, visits to the first half of it, and what was heard there."""
    year, january = today.year, date(today.year, 1, 1)
    chosen = [firm.enterprise for firm in firms if not firm.is_own][3::29][: len(POSTS)]
    begun = max(january, today - timedelta(days=30))
    for order, (firm, (level, post)) in enumerate(zip(chosen, POSTS, strict=True), 1):
        point = pair(
            actor=None,
            enterprise=firm,
            year=year,
            level=level,
            leader=names.person(),
            post=post,
            official_order=order,
            document=f"怀办〔{year}〕5号",
        )
        if order % 2:
            record_visit(
                actor=None, contact=point, visited_on=begun, content="走访车间，与出资人和职工座谈"
            )
    for far, (firm, (category, title, unit)) in enumerate(zip(chosen[1:], ASKED, strict=True)):
        row = receive(
            actor=None,
            enterprise=firm,
            source="contact" if far % 2 else "instructor",
            category=category,
            title=title,
            received_on=begun,
        )
        _carry_on(row, unit, begun, today, far)
    _again(chosen[1], begun, today)


def _carry_on(
    row: EnterpriseRequest, unit: str, begun: date, today: date, far: int
) -> EnterpriseRequest:
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {}),
        ("assign", {"unit": unit, "due_on": begun + timedelta(days=15)}),
        ("handle", {"result": "已与企业对接，问题已经解决"}),
        ("answer", {"answer": "已当面答复企业"}),
        ("confirm", {"satisfaction": "satisfied"}),
        ("close", {}),
    )
    for number, (act, says) in enumerate(acts[:far], 1):
        on = min(begun + number * STEP, today)
        row = advance(actor=None, request=row, act=f"request.{act}", on=on, **says)
    return row


def _again(firm: Enterprise, begun: date, today: date) -> None:
    """The same enterprise asks for the same once more."""
    first = firm.requests.get()
    row = receive(
        actor=None,
        enterprise=firm,
        source="hotline",
        category=first.category,
        title="招工难问题仍未缓解",
        received_on=min(begun + STEP, today),
    )
    advance(
        actor=None,
        request=row,
        act="request.accept",
        on=min(begun + 2 * STEP, today),
        earlier=first,
    )
