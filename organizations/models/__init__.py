"""The tree of party organizations and the areas they answer for."""

from organizations.models.area import Area, AreaKind, AreaResponsibility, ParkLevel
from organizations.models.organization import (
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)
from organizations.models.placement import Placement

__all__ = [
    "Area",
    "AreaKind",
    "AreaResponsibility",
    "OrganizationKind",
    "OrganizationNature",
    "ParkLevel",
    "PartyOrganization",
    "Placement",
]
