"""The columns that a list can bring, and what the pipeline does with each of them."""

from core.columns import Vocabulary
from core.masking import mask
from enterprises.columns import VOCABULARY
from enterprises.models.staging import StagedRow

# Facts compared as three values; the register keeps them under the same names.
REGISTRY_FIELDS = (
    "name",
    "uscc",
    "registration_number",
    "organization_code",
    "enterprise_type",
    "legal_representative",
    "registered_capital",
    "capital_currency",
    "established_on",
    "approved_on",
    "registered_address",
    "business_address",
    "registration_authority",
    "operating_status",
    "industry_code",
    "industry",
    "business_scope",
    "phone",
)
# Judged from the stated facts; an officer's confirmed judgement stays above them.
JUDGED_FIELDS = ("unit_kind", "ownership", "reporting_area_id")
MEASURES = (
    "employee_count",
    "annual_revenue",
    "member_count",
    "full_member_count",
    "is_statistical_scale",
)
AREA_HINTS = ("township_code", "township", "park")
DROPPED = ("serial", "origin_row", "fault_text")
IDENTITY_FIELDS = ("name", "uscc", "registration_number", "organization_code")
STATED_FIELDS = (*REGISTRY_FIELDS, *MEASURES)

CENSUS = Vocabulary(*VOCABULARY.pick(*STATED_FIELDS, *AREA_HINTS, *DROPPED))

_LABELS = {"reporting_area_id": "统计辖区", "extra": "其他登记信息"}


def label_of(field: str) -> str:
    """The field's Chinese name for receipts, decisions and filters."""
    return _LABELS.get(field) or VOCABULARY[field].header


def is_text(field: str) -> bool:
    """Whether "nothing said" is an empty text and not NULL."""
    return not StagedRow._meta.get_field(field.removesuffix("_id")).null


def shown(field: str, value: str) -> str:
    """The value as a page shows it to a normal role."""
    sensitive = CENSUS[field].sensitive if field in CENSUS else ""
    return mask(sensitive, value) if sensitive else value
