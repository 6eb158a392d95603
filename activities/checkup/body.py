"""How an organization is set up and led."""

from collections.abc import Iterator
from datetime import date

from activities.checkup.result import SECRETARY, SUPERIOR, Check, Verdict, recorded
from core.dates import chinese_date
from enterprises.models import CoverageLink
from members.body import BodyOfDay, body_on
from members.models import PostKind
from organizations.models import PartyOrganization

_OF_SECRETARY = frozenset({"secretary"})
_OF_TERM = frozenset({"term", "overdue"})


def of_body(organization: PartyOrganization, day: date) -> Iterator[Check]:
    url, body = organization.get_absolute_url(), body_on(organization, day)
    founded = organization.established_on
    reached = "联系人和电话已登记" if organization.contact_name and organization.phone else ""
    firms = CoverageLink.objects.as_of(day).filter(organization=organization).count()
    covered = f"覆盖企业{firms}家" if firms else ""
    yield recorded(
        "成立日期", chinese_date(founded) if founded else "", "没有登记成立日期", url, SUPERIOR
    )
    yield recorded("联系方式", reached, "联系人或电话没有登记", url, SECRETARY)
    yield recorded("覆盖企业", covered, "没有登记覆盖的企业", f"{url}?tab=coverage", SUPERIOR)
    yield _secretary(body, f"{url}?tab=body")
    yield _term(body, f"{url}?tab=body")
    yield _rest(body, f"{url}?tab=body")


def _secretary(body: BodyOfDay, url: str) -> Check:
    names = [post.person.name for post in body.posts if post.kind == PostKind.SECRETARY]
    reported = body.organization.secretary_name
    found = "、".join(names) or (f"{reported}（未登记任职）" if reported else "")
    verdict = Verdict.MET if names else Verdict.UNKNOWN if reported else Verdict.OPEN
    return Check("书记", verdict, found or "没有登记在任的书记", url, SUPERIOR)


def _term(body: BodyOfDay, url: str) -> Check:
    if not body.is_elected:
        return Check("按期换届", Verdict.NOT_REQUIRED, "不实行任期选举", url, SECRETARY)
    if body.term is None:
        return Check("按期换届", Verdict.UNKNOWN, "没有登记本届任期", url, SECRETARY)
    overdue = body.term.days_left(body.day) < 0
    ends = chinese_date(body.term.ends_on)
    found = f"第{body.term.number}届，任期至{ends}" + ("，已届满" if overdue else "")
    return Check("按期换届", Verdict.OPEN if overdue else Verdict.MET, found, url, SECRETARY)


def _rest(body: BodyOfDay, url: str) -> Check:
    """What else the rules ask of the body; each sentence is theirs."""
    others = [one for one in body.demands if one.key not in _OF_SECRETARY | _OF_TERM]
    if others:
        found = "".join(one.sentence for one in others)
        return Check("班子配备", Verdict.OPEN, found, url, SUPERIOR)
    seats = len({post.person_id for post in body.posts})
    return recorded(
        "班子配备", f"班子成员{seats}人" if seats else "", "没有登记班子成员", url, SUPERIOR
    )
