"""What may be done with an organization: the buttons of its page and of its card."""

from typing import Any

from organizations.models import PartyOrganization
from organizations.views.common import CHANGE, link


def acts_of(user: Any, organization: PartyOrganization) -> list[dict[str, str]]:
    """Label and address of each; none without the right to change organizations."""
    if not user.has_perm(CHANGE):
        return []
    return [
        {"label": label, "url": link(route, organization.pk)}
        for label, route in (
            ("修改", "organization_edit"),
            ("变更隶属", "organization_move"),
        )
    ]
