"""What a county may decide about its coverage figures, each decision with its source."""

from datetime import date
from decimal import Decimal

from core.parameters import Parameter, values
from enterprises.models import FormationMode
from reports.conditions import POPULATIONS
from reports.rules import CoverageRules, DueRule, ScaleDefinition

MINIMUM = Parameter(
    "coverage.full_members_minimum",
    "单独成立党支部所需正式党员数",
    3,
    "人",
    "《中国共产党支部工作条例(试行)》：正式党员3人以上",
)
DUE_RULE = Parameter(
    "coverage.due_rule",
    "应建党组织的认定",
    DueRule.THREE_FULL_MEMBERS.value,
    "",
    "党内统计报表：有正式党员3名以上；县级应建清单可加列规上企业",
    choices=dict(DueRule.choices()),
)
COUNTED_MODES = Parameter(
    "coverage.counted_modes",
    "计入组织覆盖的组建形式",
    tuple(FormationMode.values),
    "",
    "县级口径：默认单独、联合、依托、挂靠、网格均计入",
    choices=dict(FormationMode.choices),
)
COUNTS_TEMPORARY = Parameter(
    "coverage.counts_temporary",
    "临时和功能型党组织计入组织覆盖",
    False,
    "",
    "组织关系不在其中，默认不计入；县级另有规定的除外",
)
SCALE_DEFINITION = Parameter(
    "coverage.scale_definition",
    "规上指标采用的口径",
    ScaleDefinition.PARTY.value,
    "",
    "统计口径以统计局名录为准，党建口径按从业人员和营业收入认定",
    choices=dict(ScaleDefinition.choices()),
)
SCALE_STAFF = Parameter(
    "scale.party.staff", "规上(党建口径)从业人员下限", 50, "人", "须同时达到营业收入下限"
)
SCALE_REVENUE = Parameter(
    "scale.party.revenue", "规上(党建口径)营业收入下限", Decimal(5_000_000), "元", "年营业收入"
)
SCALE_STAFF_ALONE = Parameter(
    "scale.party.staff_alone", "仅凭从业人员即为规上(党建口径)", 100, "人", "不论营业收入"
)
JOINT_LIMIT = Parameter(
    "coverage.joint_limit",
    "联合党支部覆盖企业数提醒",
    5,
    "家",
    "《中国共产党支部工作条例(试行)》：联合组建一般不超过5个单位",
)
JOINT_ALARM = Parameter(
    "coverage.joint_alarm", "联合党支部覆盖企业过多", 10, "家", "县级口径：覆盖十几家企业的应当拆分"
)
COVERED_STAFF = Parameter(
    "formation.covered_staff",
    "有党员即应全部覆盖的从业人员数",
    50,
    "人",
    "县级市经验材料：50人以上且有党员的企业党组织覆盖率100%",
)
NEW_MONTHS = Parameter(
    "formation.new_months", "视为新办企业的月数", 12, "月", "县级口径：登记一年以内"
)
FORMATION_DAYS = Parameter(
    "formation.days",
    "组建时限",
    90,
    "天",
    "县级口径：应建未建的倒排时限组建，自列入计划之日起",
)
DEFAULT_POPULATION = Parameter(
    "coverage.population",
    "覆盖率默认口径",
    "operating",
    "",
    "以实体运营的非公有制企业为分母；其他口径并列可选",
    choices={population.key: population.label for population in POPULATIONS},
)


def rules_on(day: date) -> CoverageRules:
    """The county's decisions that hold on a day, in one query."""
    found = values(on=day)
    return CoverageRules(
        minimum=found[MINIMUM.key],
        due_rule=DueRule(found[DUE_RULE.key]),
        counted_modes=found[COUNTED_MODES.key],
        counts_temporary=found[COUNTS_TEMPORARY.key],
        scale_definition=ScaleDefinition(found[SCALE_DEFINITION.key]),
        scale_staff=found[SCALE_STAFF.key],
        scale_revenue=found[SCALE_REVENUE.key],
        scale_staff_alone=found[SCALE_STAFF_ALONE.key],
        joint_limit=found[JOINT_LIMIT.key],
        joint_alarm=found[JOINT_ALARM.key],
        population=found[DEFAULT_POPULATION.key],
        covered_staff=found[COVERED_STAFF.key],
        new_months=found[NEW_MONTHS.key],
        formation_days=found[FORMATION_DAYS.key],
    )
