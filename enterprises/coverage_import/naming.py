"""Names of organizations: how they are compared, and what a ledger's nameless bodies are called."""

import re

from core.text import fold
from enterprises.models import FormationMode
from organizations.models import OrganizationKind

_ENDINGS = {
    OrganizationKind.BRANCH: "支部委员会",
    OrganizationKind.JOINT_BRANCH: "联合支部委员会",
    OrganizationKind.GENERAL_BRANCH: "总支部委员会",
    OrganizationKind.COMMITTEE: "委员会",
}
_SHARED = {FormationMode.JOINT: "联合", FormationMode.GRID: "网格"}
_DIGITS = "零一二三四五六七八九"
_SHORT_FORMS = (
    (re.compile(r"^中共|^中国共产党"), ""),
    (re.compile(r"(党)?总支部?(委员会)?$"), "总支"),
    (re.compile(r"(党)?支部(委员会)?$"), "支部"),
    (re.compile(r"(党的)?(工委|工作委员会)$"), "工委"),
    (re.compile(r"(党委|委员会)$"), "党委"),
)


def organization_key(name: str) -> str:
    """Equal for the long and the short spelling of one organization's name."""
    key = re.sub(r"[\s()（）]", "", fold(name))
    for shape, word in _SHORT_FORMS:
        key = shape.sub(word, key, count=1)
    return key


def own_name(enterprise: str, kind: str) -> str:
    """中共 + 单位名称 + 党组织类型."""
    ending = _ENDINGS.get(OrganizationKind(kind), "") if kind else ""
    return f"中共{enterprise}{ending or _ENDINGS[OrganizationKind.BRANCH]}"


def shared_name(unit: str, mode: str, number: int) -> str:
    """A body of several enterprises of a unit; from the second on it is numbered."""
    order = "" if number == 1 else f"第{chinese_number(number)}"
    return f"中共{unit}{order}{_SHARED.get(FormationMode(mode), '')}支部委员会"


def chinese_number(number: int) -> str:
    """1 to 99 in words, beyond that in digits."""
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    if number < 10:
        return _DIGITS[number]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
