"""The register of enterprises, their yearly record, coverage links and mass organizations."""

from enterprises.models.coverage import CoverageLink, FormationMode
from enterprises.models.enterprise import (
    Enterprise,
    EnterprisePeriod,
    NameHistory,
    OperatingStatus,
    Ownership,
    UnitKind,
)
from enterprises.models.mass import MassOrganization, MassOrganizationKind
from enterprises.models.yearly import EnterpriseYear

__all__ = [
    "CoverageLink",
    "Enterprise",
    "EnterprisePeriod",
    "EnterpriseYear",
    "FormationMode",
    "MassOrganization",
    "MassOrganizationKind",
    "NameHistory",
    "OperatingStatus",
    "Ownership",
    "UnitKind",
]
