"""What will become of each row of a coverage file, judged against the register as it is now."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from core.validity import valid_on
from enterprises.coverage_import.naming import organization_key, own_name, shared_name
from enterprises.coverage_import.reading import Form, Stated
from enterprises.models import CoverageBatch, CoverageLink, CoverageRow, Enterprise, FormationMode
from enterprises.names import name_key
from organizations.models import OrganizationKind, PartyOrganization

Outcome = CoverageRow.Outcome
# 依托建、挂靠建在台账中记入联合建立
_IN_LEDGER = {FormationMode.HOSTED: "joint", FormationMode.ATTACHED: "joint"}


@dataclass
class Register:
    """What the batch may touch: enterprises, organizations and links of its scope."""

    by_uscc: dict[str, Enterprise] = field(default_factory=dict)
    by_name: dict[str, list[Enterprise]] = field(default_factory=lambda: defaultdict(list))
    organizations: dict[str, list[PartyOrganization]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_code: dict[str, PartyOrganization] = field(default_factory=dict)
    links: dict[int, list[CoverageLink]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, batch: CoverageBatch) -> "Register":
        found = cls()
        for enterprise in _enterprises(batch):
            if enterprise.uscc:
                found.by_uscc[enterprise.uscc] = enterprise
            found.by_name[name_key(enterprise.name)].append(enterprise)
        organizations = PartyOrganization.objects.existing(batch.as_of)
        for organization in organizations.subtree_of(batch.scope_path):
            found.by_code[organization.code] = organization
            for name in {organization.name, organization.short_name} - {""}:
                found.organizations[organization_key(name)].append(organization)
        links = CoverageLink.objects.filter(
            valid_on(batch.as_of), enterprise__county=batch.county
        ).select_related("organization")
        for link in links:
            found.links[link.enterprise_id].append(link)
        return found

    def enterprise(self, stated: Stated) -> list[Enterprise]:
        """By code, else by a name that only one enterprise bears."""
        if stated.uscc in self.by_uscc:
            return [self.by_uscc[stated.uscc]]
        return self.by_name.get(name_key(stated.name), []) if stated.name else []

    def organization(self, stated: Stated, name: str) -> list[PartyOrganization]:
        if stated.organization_code in self.by_code:
            return [self.by_code[stated.organization_code]]
        return self.organizations.get(organization_key(name), [])


def _enterprises(batch: CoverageBatch) -> Iterable[Enterprise]:
    """Enterprises of the batch's scope; the unclaimed belong to the county's own batches."""
    county = Enterprise.objects.filter(county=batch.county)
    inside = county.filter(reporting_area__committee__path__startswith=batch.scope_path)
    if batch.county.committee.path.startswith(batch.scope_path):
        inside = county
    return inside.select_related("reporting_area__committee", "county__committee")


@dataclass
class Planned:
    """A statement with its outcome. `organization` exists, else `new` is to be formed."""

    stated: Stated
    outcome: Outcome = Outcome.ERROR
    message: str = ""
    enterprise: Enterprise | None = None
    organization: PartyOrganization | None = None
    new: str = ""
    takes_file: bool = False  # of a conflict: what the register holds shall end

    @property
    def is_linked(self) -> bool:
        """Whether the statement becomes a link: it is new, or replaces what the system had."""
        if self.outcome is Outcome.CONFLICT:
            return self.takes_file and bool(self.stated.mode)
        return self.outcome is Outcome.LINK

    @property
    def since(self) -> date | None:
        return self.stated.since

    def settle(self, outcome: Outcome, message: str = "") -> None:
        self.outcome, self.message = outcome, message


def plan(batch: CoverageBatch, rows: Iterable[Stated]) -> list[Planned]:
    """Every row with what would be written; the same rows and register give the same plan."""
    register = Register.of(batch)
    planned = [Planned(stated) for stated in rows]
    for one in planned:
        _identify(one, register)
    _refuse_duplicates(planned, by_organization=batch.form == Form.SHORT)
    if batch.form == Form.LEDGER:
        _name_organizations(planned, register)
    for one in planned:
        if one.enterprise and one.message == "":
            _judge(one, register, batch)
    return planned


def counts_of(planned: Iterable[Planned]) -> dict[str, int]:
    """How many rows of each outcome, and how many organizations would be formed."""
    rows = list(planned)
    counts: Counter[str] = Counter(one.outcome.value for one in rows)
    formed = {one.new for one in rows if one.new and one.outcome is Outcome.LINK}
    return {outcome.value: counts[outcome.value] for outcome in Outcome} | {
        "rows": len(rows),
        "organizations": len(formed),
    }


def _identify(one: Planned, register: Register) -> None:
    """Find the enterprise; a row that cannot be used or found ends here."""
    stated = one.stated
    if not stated.is_usable:
        first = next(problem for problem in stated.problems if problem["fatal"])
        one.settle(Outcome.ERROR, f"“{first['column']}”{first['sentence']}")
        return
    found = register.enterprise(stated)
    if not found:
        one.settle(Outcome.NOT_FOUND, "企业库没有这家企业，请先导入企业名单或核对名称、代码")
    elif len(found) > 1:
        one.settle(
            Outcome.ERROR, f"企业库有{len(found)}家企业叫这个名称，请在表中加写统一社会信用代码"
        )
    else:
        one.enterprise = found[0]


def _refuse_duplicates(planned: Iterable[Planned], *, by_organization: bool) -> None:
    """The second row of an enterprise names the first; a short sheet may name two bodies."""
    first: dict[tuple[int, str], Planned] = {}
    for one in planned:
        if one.enterprise is None:
            continue
        body = organization_key(one.stated.organization) if by_organization else ""
        earlier = first.setdefault((one.enterprise.pk, body), one)
        if earlier is not one:
            number = earlier.stated.number
            one.settle(Outcome.ERROR, f"与第 {number} 行是同一家企业，只采用第 {number} 行")


def _name_organizations(planned: list[Planned], register: Register) -> None:
    """Give each statement of a ledger the name of its organization, which the form leaves out.

    Joint rows of one unit with the same secretary, kind and founding day share one body. A body
    that the system already knows for one of them is the body of all.
    """
    groups: dict[tuple[object, ...], list[Planned]] = defaultdict(list)
    for one in planned:
        stated = one.stated
        if not (one.enterprise and stated.mode):
            continue
        if stated.mode == FormationMode.SINGLE:
            stated.organization = own_name(stated.name, stated.kind)
            continue
        key = (stated.unit, stated.mode, stated.kind, stated.established_on, stated.secretary)
        groups[key].append(one)
    numbers: Counter[tuple[str, str]] = Counter()
    for rows in groups.values():
        stated = rows[0].stated
        numbers[stated.unit, stated.mode] += 1
        name = _known_body(rows, register) or _free_name(stated, numbers, register)
        for one in rows:
            one.stated.organization = name


def _known_body(rows: list[Planned], register: Register) -> str:
    """The one organization that already covers some of the rows in the stated way."""
    known = {link.organization.name for one in rows for link in _alike(one, register)}
    return known.pop() if len(known) == 1 else ""


def _free_name(stated: Stated, numbers: Counter[tuple[str, str]], register: Register) -> str:
    """A name for a new joint body of the unit that no other organization bears."""
    while True:
        name = shared_name(stated.unit, stated.mode, numbers[stated.unit, stated.mode])
        if not register.organizations.get(organization_key(name)):
            return name
        numbers[stated.unit, stated.mode] += 1


def _alike(one: Planned, register: Register) -> list[CoverageLink]:
    """Links of the enterprise that a ledger could not tell from the stated one."""
    assert one.enterprise
    links = register.links.get(one.enterprise.pk, [])
    return [
        link
        for link in links
        if _IN_LEDGER.get(FormationMode(link.mode), link.mode) == one.stated.mode
    ]


def _judge(one: Planned, register: Register, batch: CoverageBatch) -> None:
    """Compare the statement with the links that hold on the day."""
    stated = one.stated
    assert one.enterprise
    links = register.links.get(one.enterprise.pk, [])
    if not stated.mode:
        if links:
            one.settle(Outcome.CONFLICT, f"表中未建党组织，系统中{_words(links)}")
        else:
            one.settle(Outcome.FACTS)
        return
    if stated.since and stated.since > batch.as_of:
        one.settle(Outcome.ERROR, f"起始日期 {stated.since} 晚于时点 {batch.as_of}")
        return
    if batch.form == Form.LEDGER and (same := _alike(one, register)):
        one.organization = same[0].organization
        one.settle(Outcome.SAME)
        return
    _find_organization(one, register)
    if one.message:
        return
    if any(_is_same(link, one) for link in links):
        one.settle(Outcome.SAME)
    elif links:
        one.settle(Outcome.CONFLICT, f"系统中{_words(links)}")
    else:
        one.settle(Outcome.LINK)


def _find_organization(one: Planned, register: Register) -> None:
    stated = one.stated
    found = register.organization(stated, stated.organization)
    if len(found) > 1:
        one.settle(
            Outcome.ERROR, f"有{len(found)}个党组织叫“{stated.organization}”，请加写党组织代码"
        )
    elif found:
        one.organization = found[0]
    else:
        one.new = stated.organization


def _is_same(link: CoverageLink, one: Planned) -> bool:
    return link.organization == one.organization and link.mode == one.stated.mode


def _words(links: Iterable[CoverageLink]) -> str:
    return "、".join(
        f"由“{link.organization.name}”{link.get_mode_display()}（自{link.valid_from}）"
        for link in links
    )


def kind_for(stated: Stated, guessed: str) -> str:
    """The kind of a new organization: stated, else as its name says, else as its mode asks."""
    if stated.mode == FormationMode.JOINT and stated.kind in {"", OrganizationKind.BRANCH}:
        return OrganizationKind.JOINT_BRANCH
    return stated.kind or guessed or OrganizationKind.BRANCH


def outcomes(rows: Iterable[CoverageRow]) -> Mapping[int, str]:
    """What the stored plan says of each row, to see whether the register has moved since."""
    return {row.pk: f"{row.outcome}{row.enterprise_id}{row.organization_id}" for row in rows}
