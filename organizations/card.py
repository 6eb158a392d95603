"""What the screens say of one organization on one day: beside the tree, on its page, on paper."""

from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.dates import today
from core.detail import NOT_APPLICABLE, Fact, FactGroup
from core.masking import Sensitive, mask
from core.validity import valid_on
from organizations import past, secretaries
from organizations.branches import Branches
from organizations.models import Area, OrganizationNature, PartyOrganization
from organizations.tabs import Mark, Visit, counts, marks_of, number_of


@dataclass(frozen=True)
class Counted:
    """A number of the card, with how many there are when all levels below are counted too."""

    label: str
    direct: int
    total: int
    tab: str

    @property
    def said(self) -> str:
        return f"直接 {self.direct:,}，含各级 {self.total:,}"


@dataclass(frozen=True)
class Card:
    visit: Visit
    superior: PartyOrganization | None
    guide: PartyOrganization | None
    is_superior_open: bool  # whether the reader may open its page
    marks: list[Mark]
    counts: list[Counted]

    @property
    def organization(self) -> PartyOrganization:
        return self.visit.organization


def card_of(visit: Visit, branches: Branches | None = None) -> Card:
    """`branches` are those of the same reader and day, where there are some already."""
    branches = branches or Branches(visit.user, visit.day)
    superior = branches.superior(visit.organization)
    guide = past.guided_by(visit.organization, visit.day)
    shown = [one for one in (visit.organization, superior, guide) if one]
    branches.dress(shown)
    if visit.day != today():  # today's name stands at the organization
        visit.organization.secretary_name = secretaries.name_on(visit.organization, visit.day)
    return Card(
        visit=visit,
        superior=superior,
        guide=guide,
        is_superior_open=superior is not None and visit.user.scope.covers(superior.path),
        marks=[*_state(visit, branches), *marks_of(visit)],
        counts=_counts(visit, branches),
    )


def _state(visit: Visit, branches: Branches) -> list[Mark]:
    organization, marks = visit.organization, []
    if organization.nature != OrganizationNature.REGULAR:
        marks.append(Mark(organization.get_nature_display(), "running"))
    if organization.abolished_on and organization.abolished_on <= visit.day:
        marks.append(Mark("已撤销"))
    elif organization.established_on and organization.established_on > visit.day:
        marks.append(Mark("尚未成立", "attention"))
    elif _is_away(visit, branches):
        marks.append(Mark("已撤销"))
    return marks


def _is_away(visit: Visit, branches: Branches) -> bool:
    """Whether the day lies between an abolition and the restoration that undid it."""
    if visit.day != today() and branches.line(visit.organization):
        return False
    begun = visit.organization.placements.filter(valid_from__lte=visit.day)
    last = begun.order_by("-valid_from").first()
    return last is not None and last.valid_to is not None and last.valid_to <= visit.day


def _counts(visit: Visit, branches: Branches) -> list[Counted]:
    below, *totals = _totals(visit, branches.within(visit.organization))
    return [
        Counted("下级党组织", branches.size(visit.organization), below, "below"),
        *(
            Counted(count.label, branches.number(count, visit.organization), total, count.tab)
            for count, total in zip(counts(), totals, strict=True)
        ),
    ]


def _totals(visit: Visit, within: QuerySet[PartyOrganization]) -> tuple[int, ...]:
    """Organizations below, then each registered count over all levels, in one query."""
    queries = [number_of(within.exclude(pk=visit.organization.pk))]
    queries += [count.total(visit.user, within, visit.day) for count in counts()]
    numbers = (Coalesce(Subquery(query), 0) for query in queries)
    one = PartyOrganization.objects.filter(pk=visit.organization.pk)
    found: tuple[int, ...] = one.values_list(*numbers).get()
    return found


def facts(card: Card) -> list[FactGroup]:
    """The facts of the page and of the printed card."""
    one = card.organization
    areas = Area.objects.visible_to(card.visit.user).filter(
        valid_on(card.visit.day, "responsibilities__"), responsibilities__organization=one
    )
    return [
        FactGroup(
            "基本情况",
            (
                Fact("党组织名称", one.name, wide=True),
                Fact("组织代码", one.code),
                Fact("简称", one.short_name),
                Fact("类别", one.get_kind_display()),
                Fact("性质", one.get_nature_display()),
                Fact("书记", secretaries.name_on(one, card.visit.day)),
                Fact("上级党组织", card.superior or NOT_APPLICABLE),
                Fact("指导上级", card.guide or NOT_APPLICABLE),
                Fact("成立日期", one.established_on),
                Fact("撤销日期", one.abolished_on),
                Fact("排序号", one.official_order),
                *(Fact(count.label, count.said) for count in card.counts),
                Fact("联系人", one.contact_name),
                Fact("联系电话", mask(Sensitive.PHONE, one.phone)),
                Fact("详细地址", one.address, wide=True),
                Fact("负责的辖区", "、".join(map(str, areas)) or NOT_APPLICABLE, wide=True),
            ),
        )
    ]
