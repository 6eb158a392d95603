"""How long letters of transfer hold, and when an absence calls for action."""

from core.parameters import Parameter

LETTER_MONTHS = Parameter(
    "transfer.letter_months",
    "组织关系介绍信有效期",
    3,
    "月",
    "《中国共产党党员教育管理工作条例》和组织关系管理规定：有效期一般不超过3个月",
)
DUE_MONTHS = Parameter(
    "transfer.due_months",
    "在固定地点工作满多少个月应转组织关系",
    6,
    "月",
    "《中国共产党党员教育管理工作条例》：外出6个月以上并且地点相对固定的，应当转移组织关系",
)
MOBILE_MONTHS = Parameter(
    "mobile.months",
    "连续多少个月不能参加原支部活动即为流动党员",
    6,
    "月",
    "《关于加强新形势下流动党员管理工作的意见》（2024年）：连续6个月以上",
)
CONTACT_MONTHS = Parameter(
    "mobile.contact_months",
    "流出党组织至少多少个月联系一次流动党员",
    6,
    "月",
    "县级口径：出国（境）学习的每半年联系一次，其他流动党员参照",
)
_LOST = "《中国共产党党员教育管理工作条例》"
LOST_MONTHS = Parameter(
    "lost.suspend_months",
    "失去联系满多少个月可以停止党籍",
    6,
    "月",
    f"{_LOST}：失去联系6个月以上；可以更严，短于6个月的系统不予登记",
)
STOPPED_MONTHS = Parameter(
    "lost.remove_months",
    "停止党籍满多少个月可以除名",
    24,
    "月",
    f"{_LOST}：停止党籍2年后仍无法联系；可以更严，短于2年的系统不予登记",
)
SEARCHES = Parameter(
    "lost.searches",
    "停止党籍前至少查找次数",
    2,
    "次",
    "县级口径：经反复查找仍未取得联系；各地可规定次数",
)
VERIFY_DAYS = Parameter(
    "hidden.verify_days",
    "口袋、隐形党员发现后的核实期限",
    30,
    "日",
    "县级口径：双找发现的党员及时核实身份和组织关系",
)
