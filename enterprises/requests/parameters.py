"""How fast a request is to be dealt with, and what counts as the same one again."""

from core.parameters import Parameter

ACCEPT_DAYS = Parameter(
    "request.accept_days",
    "收到企业诉求后受理的期限",
    3,
    "日",
    "县级口径：可按本地企业诉求办理规定调整",
)
DUE_DAYS = Parameter(
    "request.due_days", "企业诉求的办理期限", 15, "日", "县级口径：可按本地企业诉求办理规定调整"
)
REPEAT_DAYS = Parameter(
    "request.repeat_days",
    "同一企业同类诉求在多少日内提示可能重复",
    365,
    "日",
    "县级口径：可按本地企业诉求办理规定调整",
)
