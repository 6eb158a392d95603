"""How much training a year the rules ask of members and of those who lead a branch."""

from core.parameters import Parameter

_SOURCE = "《2019-2023年全国党员教育培训工作规划》及《中国共产党党员教育管理工作条例》"
TIMES = Parameter("training.times", "书记和班子成员每年集中培训次数", 1, "次", _SOURCE)
HOURS = Parameter("training.hours", "书记和班子成员每年培训学时", 56, "学时", _SOURCE)
MEMBER_HOURS = Parameter("training.member_hours", "党员每年集中学习培训学时", 32, "学时", _SOURCE)
