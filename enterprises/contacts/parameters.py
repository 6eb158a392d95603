"""How often a leader visits."""

from core.parameters import Parameter

VISITS_A_YEAR = Parameter(
    "contact.visits_a_year",
    "联系领导每年至少走访联系企业",
    2,
    "次",
    "县级口径：可按本地领导干部联系点制度调整",
)
