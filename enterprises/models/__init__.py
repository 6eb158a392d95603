"""The register of enterprises, their yearly record, coverage links and mass organizations."""

from enterprises.models.census import (
    BatchState,
    CensusBatch,
    CensusRound,
    ColumnMapping,
    Source,
)
from enterprises.models.classification import EnterpriseClassification
from enterprises.models.contact import ContactLevel, ContactPoint, ContactVisit
from enterprises.models.coverage import CoverageLink, FormationMode
from enterprises.models.coverage_import import CoverageBatch, CoverageRow
from enterprises.models.enterprise import (
    Enterprise,
    EnterprisePeriod,
    NameHistory,
    OperatingStatus,
    Ownership,
    UnitKind,
)
from enterprises.models.formation import (
    FormationObstacle,
    FormationPlan,
    FormationReason,
    FormationState,
    FormationStep,
)
from enterprises.models.mass import MassOrganization, MassOrganizationKind
from enterprises.models.request import (
    EnterpriseRequest,
    RequestCategory,
    RequestSource,
    RequestState,
    RequestStep,
    Satisfaction,
)
from enterprises.models.staging import (
    Bucket,
    CensusIssue,
    Choice,
    Fault,
    RegisterChange,
    RowDecision,
    RowOutcome,
    Severity,
    SourceRecord,
    StagedRow,
)
from enterprises.models.yearly import EnterpriseYear

__all__ = [
    "BatchState",
    "Bucket",
    "CensusBatch",
    "CensusIssue",
    "CensusRound",
    "Choice",
    "ColumnMapping",
    "ContactLevel",
    "ContactPoint",
    "ContactVisit",
    "CoverageBatch",
    "CoverageLink",
    "CoverageRow",
    "Enterprise",
    "EnterpriseClassification",
    "EnterprisePeriod",
    "EnterpriseRequest",
    "EnterpriseYear",
    "Fault",
    "FormationMode",
    "FormationObstacle",
    "FormationPlan",
    "FormationReason",
    "FormationState",
    "FormationStep",
    "MassOrganization",
    "MassOrganizationKind",
    "NameHistory",
    "OperatingStatus",
    "Ownership",
    "RegisterChange",
    "RequestCategory",
    "RequestSource",
    "RequestState",
    "RequestStep",
    "RowDecision",
    "RowOutcome",
    "Satisfaction",
    "Severity",
    "Source",
    "SourceRecord",
    "StagedRow",
    "UnitKind",
]
