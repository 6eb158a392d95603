"""In which way an enterprise should get its organization: rules R01-R12 as two frozen tables.

The first row of DECISIONS that fits decides; every row of REMINDERS that fits stands beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from enterprises.models import FormationMode
from reports.rules import CoverageRules, is_due_to_form

BRANCH_RULES = "《中国共产党支部工作条例（试行）》"
OPINION_2012 = "中办发〔2012〕11号《关于加强和改进非公有制企业党的建设工作的意见（试行）》"
SYMPOSIUM = "全国非公有制企业党建工作座谈会材料（2010年）"
PROVINCE = "省级非公有制企业党建工作推进会讲话（2010年）"
COUNTY_REPORT = "县委组织部非公有制企业党建工作情况报告"
COUNTY_TALK = "县级非公有制企业党建工作会议讲话"
COUNTY_MASSES = "县委关于“两新”组织党建带群建的意见（2011年）"
CITY_SERVICE = "县级市非公有制企业党建服务发展经验材料（2022年）"
CITY_2020 = "市级“两新”组织党建工作会议讲话（2020年）"

NOT_YET = "暂不具备"


@dataclass(frozen=True)
class Situation:
    """What is known of one enterprise and its neighbours on a day; None is a number not reported.

    `neighbours` are uncovered enterprises of the same area with members, but too few; `host` and
    `grid` name bodies near it on which a branch can rely.
    """

    members: int | None = None
    full_members: int | None = None
    employees: int | None = None
    is_above_scale: bool = False
    scale_is_open: bool = False
    mode: FormationMode | None = None
    organization: str = ""
    joint_size: int = 0
    neighbours: int = 0
    neighbour_members: int = 0
    area: str = ""
    host: str = ""
    grid: str = ""
    is_new: bool = False
    was_public: bool = False
    has_instructor: bool = False
    has_mass: bool = False

    @property
    def full(self) -> int:
        """预备党员不计入：支部工作条例，“正式党员3人以上”。"""
        return self.full_members or 0

    @property
    def has_members(self) -> bool:
        return (self.members or 0) > 0 or self.full > 0

    @property
    def is_unknown(self) -> bool:
        return self.members is None and self.full_members is None

    def can_join(self, rules: CoverageRules) -> bool:
        """Whether it reaches the number together with its neighbours."""
        return self.neighbours > 0 and self.full + self.neighbour_members >= rules.minimum


Test = Callable[[Situation, CoverageRules], bool]


@dataclass(frozen=True)
class Rule:
    """`number` as in the requirements; `why` is filled from the situation and the rules."""

    number: str
    applies: Test
    why: str
    source: str
    mode: FormationMode | None = None
    keeps: bool = False  # the mode that covers it already


@dataclass(frozen=True)
class Basis:
    """A rule that applies, in words, and the document it comes from."""

    number: str
    sentence: str
    source: str


@dataclass(frozen=True)
class Advice:
    """`mode` None: not ripe for an organization yet."""

    mode: FormationMode | None
    is_covered: bool
    basis: Basis
    reminders: tuple[Basis, ...]

    @property
    def label(self) -> str:
        return self.mode.label if self.mode else NOT_YET


_M = FormationMode

DECISIONS: tuple[Rule, ...] = (
    Rule(
        "R12",
        lambda s, r: s.mode not in (None, _M.SINGLE) and s.full >= r.minimum,
        "现由“{s.organization}”{mode}，正式党员已有 {s.full} 名，达到 {r.minimum} 名，"
        "应当从中孵化出单独的党组织。",
        f"{CITY_2020}：大联合变小联合、小联合变单独组建；{COUNTY_REPORT}",
        _M.SINGLE,
    ),
    Rule(
        "R06",
        lambda s, r: s.mode is not None and s.was_public,
        "由国有、集体企业改制而来，原有党组织“{s.organization}”应当保留。",
        f"{SYMPOSIUM}：改制企业党组织不因改制而撤销",
        keeps=True,
    ),
    Rule(
        "R01",
        lambda s, r: s.mode == _M.SINGLE,
        "已由“{s.organization}”单独组建，保持。",
        f"{BRANCH_RULES}：凡有正式党员3人以上的，应当成立党支部",
        keeps=True,
    ),
    Rule(
        "R02",
        lambda s, r: s.mode is not None,
        "已由“{s.organization}”{mode}，正式党员不足 {r.minimum} 名，保持。",
        f"{BRANCH_RULES}：正式党员不足3人的，按照地域相邻、行业相近的原则联合组建",
        keeps=True,
    ),
    Rule(
        "R01",
        lambda s, r: s.full >= r.minimum,
        "有正式党员 {s.full} 名，达到 {r.minimum} 名，应当单独组建。",
        f"{BRANCH_RULES}：凡有正式党员3人以上的，应当成立党支部；{COUNTY_REPORT}",
        _M.SINGLE,
    ),
    Rule(
        "R02",
        lambda s, r: s.has_members and s.can_join(r),
        "正式党员 {s.full} 名，不足 {r.minimum} 名；{s.area}另有 {s.neighbours} 家未覆盖企业共有"
        "正式党员 {s.neighbour_members} 名，可以联合组建。",
        f"{BRANCH_RULES}：按照地域相邻、行业相近、规模适当、便于管理的原则，成立联合党支部",
        _M.JOINT,
    ),
    Rule(
        "R02",
        lambda s, r: s.has_members and bool(s.host),
        "正式党员不足 {r.minimum} 名，附近没有可联合的企业；可以依托“{s.host}”组建。",
        f"{SYMPOSIUM}：依托市场主管单位、协会、村（社区）等党组织组建；{OPINION_2012}",
        _M.HOSTED,
    ),
    Rule(
        "R02",
        lambda s, r: s.has_members and bool(s.grid),
        "正式党员不足 {r.minimum} 名，附近没有可联合的企业；可以纳入网格“{s.grid}”组建。",
        f"{COUNTY_REPORT}：网格建",
        _M.GRID,
    ),
    Rule(
        "R02",
        lambda s, r: s.has_members,
        "正式党员不足 {r.minimum} 名，附近没有可联合的企业；党员组织关系挂靠所在乡镇、村（社区）"
        "党组织。",
        f"{SYMPOSIUM}：组织关系挂靠乡镇、村（社区）党组织；{COUNTY_REPORT}",
        _M.ATTACHED,
    ),
    Rule(
        "R04",
        lambda s, r: s.is_above_scale and s.can_join(r),
        "规模以上企业，没有党员；{s.area}另有 {s.neighbours} 家未覆盖企业共有正式党员"
        " {s.neighbour_members} 名，可以联合组建。",
        f"{PROVINCE}：规模以上企业应建未建的，倒排时限组建",
        _M.JOINT,
    ),
    Rule(
        "R05",
        lambda s, r: s.is_above_scale,
        "规模以上企业，没有党员，附近也没有可联合的企业；先选派党组织书记或党建指导员。",
        f"{SYMPOSIUM}：有一定规模、没有合适书记人选的，由乡镇街道选派",
    ),
    Rule(
        "R17",
        lambda s, r: s.is_unknown,
        "党员人数没有填报，请先核实党员人数再定组建方式。",
        f"{SYMPOSIUM}：党组织、党员人数和基本状况清楚",
    ),
    Rule(
        "R08",
        lambda s, r: True,
        "没有党员，暂不具备组建条件；先做好工作覆盖。",
        f"{COUNTY_MASSES}：没有党员的，选派指导员、先建群团组织",
    ),
)

REMINDERS: tuple[Rule, ...] = (
    Rule(
        "R03",
        lambda s, r: s.scale_is_open,
        "从业人员 {r.scale_staff} 至 {r.scale_staff_alone} 人而营业收入没有填报，"
        "是否规模以上待核实。",
        f"{COUNTY_MASSES}：从业人员50人以上且营业收入500万元以上，或者从业人员100人以上",
    ),
    Rule(
        "R04",
        lambda s, r: (
            s.mode is None and is_due_to_form(r, s.full_members, above_scale=s.is_above_scale)
        ),
        "属于应建未建，须有组建计划、责任单位和时限。",
        f"{PROVINCE}：应建未建的逐一制定计划，明确责任单位，倒排时限",
    ),
    Rule(
        "R07",
        lambda s, r: s.is_new and s.mode is None,
        "新办企业，登记和签订投资合同时同步考虑党组织和群团组织。",
        f"{COUNTY_MASSES}；{SYMPOSIUM}：新建企业同步筹划党建工作",
    ),
    Rule(
        "R08",
        lambda s, r: s.mode is None and not s.has_members and not (s.has_instructor or s.has_mass),
        "还没有党建指导员，也没有工会、共青团、妇联组织，没有工作覆盖。",
        f"{COUNTY_MASSES}；{PROVINCE}：没有党员的企业实现工作覆盖",
    ),
    Rule(
        "R09",
        lambda s, r: s.mode is None and (s.employees or 0) >= r.covered_staff and s.has_members,
        "从业人员 {r.covered_staff} 人以上且有党员的企业，应当全部有党组织覆盖。",
        f"{CITY_SERVICE}：50人以上有党员的企业党组织覆盖率100%",
    ),
    Rule(
        "R10",
        lambda s, r: s.mode is None and s.full >= r.minimum,
        "党员 {r.minimum} 名以上的企业，组建率应当为 100%。",
        f"{COUNTY_TALK}：有3名以上党员的企业组建率100%",
    ),
    Rule(
        "R11",
        lambda s, r: s.mode == _M.JOINT and s.joint_size > r.joint_alarm,
        "所在联合党支部覆盖 {s.joint_size} 家企业，超过 {r.joint_alarm} 家，应当拆分。",
        f"{CITY_2020}：一个联合党支部覆盖十几家企业的，质量难以保证",
    ),
    Rule(
        "R11",
        lambda s, r: s.mode == _M.JOINT and r.joint_limit < s.joint_size <= r.joint_alarm,
        "所在联合党支部覆盖 {s.joint_size} 家企业，一般不超过 {r.joint_limit} 家。",
        f"{BRANCH_RULES}：联合党支部覆盖单位一般不超过5个",
    ),
)


def advise(situation: Situation, rules: CoverageRules) -> Advice:
    """Which way, why and by which document; pure, the same facts always give the same advice."""
    decided = next(rule for rule in DECISIONS if rule.applies(situation, rules))
    return Advice(
        mode=situation.mode if decided.keeps else decided.mode,
        is_covered=situation.mode is not None,
        basis=_basis(decided, situation, rules),
        reminders=tuple(
            _basis(rule, situation, rules) for rule in REMINDERS if rule.applies(situation, rules)
        ),
    )


def _basis(rule: Rule, situation: Situation, rules: CoverageRules) -> Basis:
    mode = situation.mode.label if situation.mode else ""
    return Basis(rule.number, rule.why.format(s=situation, r=rules, mode=mode), rule.source)
