"""Addresses of instructors."""

from tests.sweeps.row import GUIDE, SIBLING, SUPERIOR, Row, of, page

ROWS: dict[str, Row] = {
    "members:instructor_list": page("members.view"),
    "members:instructor": Row(
        "members.view", of("instructor"), frozenset({SUPERIOR, GUIDE, SIBLING})
    ),
}
