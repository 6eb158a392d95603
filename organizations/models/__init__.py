"""The tree of party organizations and the areas they answer for."""

from organizations.models.area import Area, AreaKind, AreaResponsibility, ParkLevel
from organizations.models.change import ChangeKind, ChangePart, OrganizationChange
from organizations.models.dual import DualManagement
from organizations.models.organization import (
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)
from organizations.models.period import OrganizationPeriod
from organizations.models.placement import Placement

__all__ = [
    "Area",
    "AreaKind",
    "AreaResponsibility",
    "ChangeKind",
    "ChangePart",
    "DualManagement",
    "OrganizationChange",
    "OrganizationKind",
    "OrganizationNature",
    "OrganizationPeriod",
    "ParkLevel",
    "PartyOrganization",
    "Placement",
]
