"""The indicators of organization and work coverage (I01-I07)."""

from enterprises.models import FormationMode
from reports.conditions import (
    COVERED,
    EVERYTHING,
    HAS_INSTRUCTOR,
    WORK_COVERED,
    above_scale,
    always,
    by_mode,
    has_minimum,
)
from reports.indicators.base import Indicator

_EVERY = always(EVERYTHING)
_SINGLE = by_mode(FormationMode.SINGLE)
_COVERED = always(COVERED)

INDICATORS = (
    Indicator(
        "organization_coverage",
        "党的组织覆盖率",
        _EVERY,
        _COVERED,
        "有单独、联合、依托、挂靠或网格党组织的企业 ÷ 口径内企业；功能型、临时党组织不计",
        needs_all_links=True,
    ),
    Indicator(
        "single_formation_rate",
        "单独组建率",
        _EVERY,
        _SINGLE,
        "单独建立党组织的企业 ÷ 口径内企业",
    ),
    Indicator(
        "above_scale_single_rate",
        "规上单独组建率",
        above_scale,
        _SINGLE,
        "单独建立党组织的规上企业 ÷ 规上企业",
    ),
    Indicator(
        "above_scale_coverage",
        "规上覆盖率",
        above_scale,
        _COVERED,
        "有党组织的规上企业 ÷ 规上企业",
        needs_all_links=True,
    ),
    Indicator(
        "three_member_coverage",
        "三名以上党员企业组建率",
        has_minimum,
        _COVERED,
        "有党组织的三名以上正式党员企业 ÷ 三名以上正式党员企业；预备党员不计",
        needs_all_links=True,
    ),
    Indicator(
        "work_coverage",
        "党的工作覆盖率",
        _EVERY,
        always(WORK_COVERED),
        "有党组织、在任指导员或群团组织的企业 ÷ 口径内企业",
        needs_all_links=True,
    ),
    Indicator(
        "instructor_coverage",
        "指导员覆盖率",
        _EVERY,
        always(HAS_INSTRUCTOR),
        "有在任指导员的企业 ÷ 口径内企业；按企业计，一名指导员可派驻多家",
    ),
)
INDICATOR = {indicator.key: indicator for indicator in INDICATORS}
