"""What may be done with an organization: the buttons of its page and of its card."""

from typing import Any

from organizations.card import Card
from organizations.cases.acts import cases_for
from organizations.views.common import CHANGE, link


def acts_of(user: Any, card: Card) -> list[dict[str, str]]:
    """Label and address of each; none without the right to change organizations."""
    if not user.has_perm(CHANGE):
        return []
    key = card.organization.pk
    cases = cases_for(card.organization, is_guided=card.guide is not None)
    return [
        {"label": "更正信息", "url": link("organization_edit", key)},
        *({"label": case.label, "url": link("organization_case", key, case.key)} for case in cases),
    ]
