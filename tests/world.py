"""One small county and its neighbour: the people and firms that tests speak of.

Every name inside a unit carries the unit's word (东岭, 西河, 北湖, 外县), so that a page which
shows a foreign word has leaked.
"""

from dataclasses import dataclass

from accounts.models import User
from enterprises.models import Enterprise, FormationMode
from members.models import Instructor
from organizations.models import Area, AreaKind, OrganizationKind, PartyOrganization
from tests.builders import (
    assign,
    cover,
    make_area,
    make_enterprise,
    make_instructor,
    make_organization,
    make_user,
)

EAST, WEST, PARK, ABROAD = "东岭", "西河", "北湖", "外县"


@dataclass
class Tree:
    """Committees, branches and areas of the county and its neighbour."""

    county_committee: PartyOrganization
    park_committee: PartyOrganization
    east_committee: PartyOrganization
    west_committee: PartyOrganization
    own_branch: PartyOrganization  # of one firm in the park
    joint_branch: PartyOrganization  # of two firms in the eastern township
    foreign_committee: PartyOrganization
    county: Area
    park: Area
    east: Area
    west: Area
    foreign_county: Area
    foreign_township: Area


@dataclass
class Firms:
    own: Enterprise  # park, own branch
    joint: Enterprise  # east, joint branch
    joint_too: Enterprise
    uncovered: Enterprise  # west, an instructor comes
    unclaimed: Enterprise  # county, no reporting area
    foreign: Enterprise


@dataclass
class People:
    clerk: User
    park_officer: User
    east_officer: User
    west_officer: User
    secretary: User  # of the own branch
    guide: User  # the instructor of the uncovered firm
    leader: User
    system_administrator: User
    security_administrator: User
    audit_administrator: User
    outsider: User  # county clerk of the neighbour


@dataclass
class World(Tree, Firms, People):
    instructor: Instructor


def build_world() -> World:
    tree = _tree()
    firms = _firms(tree)
    people = _people(tree)
    instructor = make_instructor(f"吴{WEST}", home=tree.west_committee, user=people.guide)
    assign(instructor, firms.uncovered)
    return World(**vars(tree), **vars(firms), **vars(people), instructor=instructor)


def _tree() -> Tree:
    committee, work = OrganizationKind.COMMITTEE, OrganizationKind.WORK_COMMITTEE
    top = make_organization("中共江南县委两新工委", kind=work)
    park = make_organization(f"{PARK}园区综合党委", kind=committee, parent=top)
    east = make_organization(f"{EAST}镇党委", kind=committee, parent=top)
    west = make_organization(f"{WEST}镇党委", kind=committee, parent=top)
    abroad = make_organization(f"中共{ABROAD}委两新工委", kind=work)
    county = make_area("江南县", committee=top, kind=AreaKind.COUNTY, code="340899")
    neighbour = make_area(ABROAD, committee=abroad, kind=AreaKind.COUNTY, code="340898")
    return Tree(
        county_committee=top,
        park_committee=park,
        east_committee=east,
        west_committee=west,
        own_branch=make_organization(f"{PARK}电子党支部", parent=park),
        joint_branch=make_organization(
            f"{EAST}第一联合党支部", parent=east, kind=OrganizationKind.JOINT_BRANCH
        ),
        foreign_committee=abroad,
        county=county,
        park=make_area(f"{PARK}园区", committee=park, kind=AreaKind.PARK, parent=county),
        east=make_area(f"{EAST}镇", committee=east, parent=county),
        west=make_area(f"{WEST}镇", committee=west, parent=county),
        foreign_county=neighbour,
        foreign_township=make_area(f"{ABROAD}山口镇", committee=abroad, parent=neighbour),
    )


def _firms(tree: Tree) -> Firms:
    def firm(name: str, area: Area | None) -> Enterprise:
        return make_enterprise(name, county=tree.county, area=area)

    firms = Firms(
        own=firm(f"{PARK}电子有限公司", tree.park),
        joint=firm(f"{EAST}茶业有限公司", tree.east),
        joint_too=firm(f"{EAST}竹器厂", tree.east),
        uncovered=firm(f"{WEST}纺织有限公司", tree.west),
        unclaimed=firm("待领商贸有限公司", None),
        foreign=make_enterprise(
            f"{ABROAD}矿业有限公司", county=tree.foreign_county, area=tree.foreign_township
        ),
    )
    cover(firms.own, tree.own_branch)
    cover(firms.joint, tree.joint_branch, mode=FormationMode.JOINT)
    cover(firms.joint_too, tree.joint_branch, mode=FormationMode.JOINT)
    return firms


def _people(tree: Tree) -> People:
    return People(
        clerk=make_user("王县办", role="county_clerk", at=tree.county_committee),
        park_officer=make_user(f"周{PARK}", role="organizer", at=tree.park_committee),
        east_officer=make_user(f"陈{EAST}", role="organizer", at=tree.east_committee),
        west_officer=make_user(f"林{WEST}", role="organizer", at=tree.west_committee),
        secretary=make_user(f"郑{PARK}", role="branch_secretary", at=tree.own_branch),
        guide=make_user(f"吴{WEST}", role="instructor", at=tree.west_committee),
        leader=make_user("李县长", role="leader", at=tree.county_committee),
        system_administrator=make_user("孙系统", role="system_administrator"),
        security_administrator=make_user("赵安全", role="security_administrator"),
        audit_administrator=make_user("冯审计", role="audit_administrator"),
        outsider=make_user(f"何{ABROAD}", role="county_clerk", at=tree.foreign_committee),
    )
