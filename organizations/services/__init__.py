"""Acts on the tree of organizations and on the areas they answer for."""

from organizations.services.areas import (
    change_area,
    establish_area,
    hand_over_area,
    refresh_committees,
)
from organizations.services.forming import (
    form_organization,
    restore_organization,
    take_over,
)
from organizations.services.merging import (
    close_organization,
    merge_organizations,
    split_organization,
)
from organizations.services.moving import (
    end_guiding_superior,
    move_organization,
    set_guiding_superior,
)
from organizations.services.naming import (
    change_organization,
    rename_organization,
    upgrade_organization,
)
from organizations.services.nightly import refresh_today
from organizations.services.withdrawing import withdraw_act

__all__ = [
    "change_area",
    "change_organization",
    "close_organization",
    "end_guiding_superior",
    "establish_area",
    "form_organization",
    "hand_over_area",
    "merge_organizations",
    "move_organization",
    "refresh_committees",
    "refresh_today",
    "rename_organization",
    "restore_organization",
    "set_guiding_superior",
    "split_organization",
    "take_over",
    "upgrade_organization",
    "withdraw_act",
]
