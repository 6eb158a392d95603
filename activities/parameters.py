"""Numbers of organization life that a county may set otherwise."""

from core.parameters import Parameter

RECORD_DAYS = Parameter(
    "activity.record_days",
    "会后多少日内登记不算补录",
    7,
    "日",
    "县级口径：会后一周内登记，更晚的计入完成并标明补录",
)
EXCELLENT_SHARE = Parameter(
    "appraisal.excellent_share",
    "民主评议评为优秀的党员占比上限",
    33,
    "%",
    "县级口径：优秀等次一般掌握在参评党员的三分之一以内",
)
STUDY_MINUTES = Parameter(
    "training.minutes",
    "会议和活动多少分钟折合1学时",
    45,
    "分钟",
    "县级口径：计入党员学时的会议和活动按记录的起止时间折算",
)
