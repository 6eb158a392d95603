"""The tree of party organizations and the areas they answer for."""

from organizations.models.area import Area, AreaKind, AreaResponsibility, ParkLevel
from organizations.models.change import ChangeKind, ChangePart, OrganizationChange
from organizations.models.dual import DualManagement
from organizations.models.election import ElectionState, ElectionStep, TermElection
from organizations.models.organization import (
    OrganizationKind,
    OrganizationNature,
    PartyOrganization,
)
from organizations.models.period import OrganizationPeriod
from organizations.models.placement import Placement
from organizations.models.rating import (
    Rating,
    RatingCriterion,
    RatingItem,
    RatingScheme,
    RatingState,
)
from organizations.models.rectification import Rectification, RectificationState
from organizations.models.site import (
    DemonstrationPoint,
    ServiceCentre,
    Site,
    SiteCheck,
    SiteCheckItem,
    SiteStage,
)
from organizations.models.term import ElectionForm, LeadershipTerm

__all__ = [
    "Area",
    "AreaKind",
    "AreaResponsibility",
    "ChangeKind",
    "ChangePart",
    "DemonstrationPoint",
    "DualManagement",
    "ElectionForm",
    "ElectionState",
    "ElectionStep",
    "LeadershipTerm",
    "OrganizationChange",
    "OrganizationKind",
    "OrganizationNature",
    "OrganizationPeriod",
    "ParkLevel",
    "PartyOrganization",
    "Placement",
    "Rating",
    "RatingCriterion",
    "RatingItem",
    "RatingScheme",
    "RatingState",
    "Rectification",
    "RectificationState",
    "ServiceCentre",
    "Site",
    "SiteCheck",
    "SiteCheckItem",
    "SiteStage",
    "TermElection",
]
