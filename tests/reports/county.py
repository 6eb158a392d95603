"""A small county for the tests of reports: committees, areas, enterprises and who covers them."""

from datetime import date
from typing import Any

from enterprises.models import (
    Enterprise,
    EnterpriseYear,
    MassOrganization,
    MassOrganizationKind,
)
from members.models import InstructorAssignment
from organizations.models import Area, AreaKind, OrganizationKind, PartyOrganization
from tests.builders import (
    LONG_AGO,
    assign,
    make_area,
    make_enterprise,
    make_instructor,
    make_organization,
)

DAY = date(2025, 12, 31)

_MEASURES = (
    "employee_count",
    "annual_revenue",
    "member_count",
    "full_member_count",
    "is_statistical_scale",
    "is_party_scale",
    "in_base_list",
    "reported",
)


def enterprise(
    name: str, place: Area | None, county: Area, since: date = LONG_AGO, **facts: Any
) -> Enterprise:
    """An enterprise, with a yearly record if a measure is given."""
    measures = {key: facts.pop(key) for key in _MEASURES if key in facts}
    made = make_enterprise(name, county=county, area=place, since=since, **facts)
    if measures:
        EnterpriseYear.objects.create(enterprise=made, reference_date=since, **measures)
    return made


def instruct(
    guided: Enterprise, sender: PartyOrganization, until: date | None = None
) -> InstructorAssignment:
    return assign(make_instructor("何其正", home=sender), guided, until=until)


def joint_branch(name: str, parent: PartyOrganization) -> PartyOrganization:
    return make_organization(name, parent=parent, kind=OrganizationKind.JOINT_BRANCH)


def union(
    of: Enterprise, since: date = LONG_AGO, kind: MassOrganizationKind = MassOrganizationKind.UNION
) -> MassOrganization:
    return MassOrganization.objects.create(enterprise=of, kind=kind, valid_from=since)


class County:
    """怀川县: a park and two townships under the county committee."""

    def __init__(self) -> None:
        kinds = OrganizationKind
        self.committee = make_organization("中共怀川县委员会", kind=kinds.LOCAL_COMMITTEE)
        self.area = make_area("怀川县", committee=self.committee, kind=AreaKind.COUNTY)
        self.park_committee = self._committee("中共怀川县经济开发区工作委员会")
        self.east_committee = self._committee("中共怀川县东河镇委员会")
        self.west_committee = self._committee("中共怀川县西岭镇委员会")
        self.park = self._part("怀川县经济开发区", self.park_committee, AreaKind.PARK)
        self.east = self._part("东河镇", self.east_committee, AreaKind.TOWNSHIP)
        self.west = self._part("西岭镇", self.west_committee, AreaKind.TOWNSHIP)

    def _committee(self, name: str) -> PartyOrganization:
        return make_organization(name, parent=self.committee, kind=OrganizationKind.COMMITTEE)

    def _part(self, name: str, committee: PartyOrganization, kind: AreaKind) -> Area:
        return make_area(name, committee=committee, parent=self.area, kind=kind)

    def enterprise(self, name: str, place: Area | None = None, **facts: Any) -> Enterprise:
        return enterprise(name, place or self.east, self.area, **facts)

    def unclaimed(self, name: str, **facts: Any) -> Enterprise:
        return enterprise(name, None, self.area, **facts)
