"""Words about members who move, are lost or were hidden, as the national forms fix them."""

from django.db import models


class TransferRange(models.TextChoices):
    COMMITTEE = "committee", "基层党委内部"
    PROVINCE = "province", "省（区、市）、部门（系统）范围内"
    NATION = "nation", "全国范围内"


class MobileRange(models.TextChoices):
    """流出范围, in the order of the yearly statistics."""

    NATION = "nation", "跨省（区、市）"
    PROVINCE = "province", "省内跨市"
    CITY = "city", "市内跨县"
    COUNTY = "county", "县内跨乡镇"
    ABROAD = "abroad", "出国（境）"


class FormerJob(models.TextChoices):
    """原职业."""

    FARMER = "farmer", "农牧渔民"
    WORKER = "worker", "企业职工"
    MANAGER = "manager", "企业管理和专业技术人员"
    SELF = "self", "个体劳动者"
    STUDENT = "student", "学生"
    SOLDIER = "soldier", "退役军人"
    RETIRED = "retired", "离退休人员"
    JOBLESS = "jobless", "未就业人员"
    OTHER = "other", "其他"


class LeaveReason(models.TextChoices):
    """外出原因."""

    WORK = "work", "外出务工"
    BUSINESS = "business", "外出经商"
    JOB = "job", "工作单位变动"
    STUDY = "study", "外出学习"
    UNPLACED = "unplaced", "毕业未落实单位"
    HOME = "home", "居住地变动"
    ABROAD = "abroad", "出国（境）"
    OTHER = "other", "其他"


class Destination(models.TextChoices):
    """去向, as the yearly statistics divide it."""

    PUBLIC = "public", "公有经济控制单位"
    PRIVATE = "private", "私营企业"
    OVERSEAS = "overseas", "港澳台商投资企业"
    FOREIGN = "foreign", "外商投资企业"
    NONPROFIT = "nonprofit", "民办非企业单位"
    HOUSEHOLD = "household", "个体工商户"
    COMMUNITY = "community", "社区"
    VILLAGE = "village", "村"
    OTHER = "other", "其他"
    UNKNOWN = "unknown", "不掌握流向"


class LossSituation(models.TextChoices):
    """失联情形; the stored values are the codes of the form."""

    WORK = "1", "外出务工经商"
    REFORM = "2", "单位改制或破产"
    GRADUATE = "3", "毕业后去向不明"
    JOB = "4", "工作单位改变"
    ABROAD = "5", "出国（境）"
    HOME = "6", "居住地改变"
    OTHER = "7", "其他"


class LossKind(models.TextChoices):
    """党组织类别 on the form of lost members; the stored values are its codes."""

    STATE = "1", "国有企业"
    NON_PUBLIC = "2", "非公有制企业"
    RURAL = "3", "农村"
    AGENCY = "4", "党政机关"
    SCHOOL = "5", "学校"
    INSTITUTION = "6", "其他事业单位"
    COMMUNITY = "7", "街道社区"
    SOCIAL = "8", "社会组织"
    OTHER = "9", "其他"


class SearchWay(models.TextChoices):
    PHONE = "phone", "电话、网络联系"
    VISIT = "visit", "上门走访"
    FAMILY = "family", "亲友询问"
    LETTER = "letter", "函询原单位、学校"
    POLICE = "police", "公安机关协查"
    NOTICE = "notice", "公告寻找"
    OTHER = "other", "其他"


class HiddenKind(models.TextChoices):
    POCKET = "pocket", "口袋党员"
    HIDDEN = "hidden", "隐形党员"
    EMPTY = "empty", "空挂党员"


class FindingSource(models.TextChoices):
    """By which way of 双找 somebody was found."""

    ORGANIZATION = "organization", "组织找党员"
    MEMBER = "member", "党员找组织"
    CENSUS = "census", "普查摸排"
    ENTERPRISE = "enterprise", "企业用工登记"
    VISIT = "visit", "走访"
    OTHER = "other", "其他"


class HiddenResult(models.TextChoices):
    MOVED = "moved", "转入组织关系"
    MOBILE = "mobile", "登记为流动党员"
    KEPT = "kept", "保留原组织关系"
