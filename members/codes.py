"""Words about people and their membership that the national forms fix, by stable codes."""

from django.db import models


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Education(models.TextChoices):
    """The levels that the yearly statistics ask for, the highest first."""

    POSTGRADUATE = "postgraduate", "研究生"
    BACHELOR = "bachelor", "大学本科"
    COLLEGE = "college", "大学专科"
    SECONDARY = "secondary", "中专"
    HIGH = "high", "高中"
    TECHNICAL = "technical", "中技"
    JUNIOR = "junior", "初中及以下"


class MaritalStatus(models.TextChoices):
    """GB/T 2261.2 without its subdivisions."""

    SINGLE = "single", "未婚"
    MARRIED = "married", "已婚"
    WIDOWED = "widowed", "丧偶"
    DIVORCED = "divorced", "离婚"
    UNSTATED = "unstated", "未说明"


class JobClass(models.TextChoices):
    """What a person does at work, as far as ledgers and development figures tell it apart."""

    OWNER = "owner", "出资人"
    SENIOR_MANAGER = "senior_manager", "高层管理人员"
    MANAGER = "manager", "中层管理人员"
    PROFESSIONAL = "professional", "专业技术人员"
    FRONT_LINE = "front_line", "生产经营一线职工"
    SERVICE = "service", "工勤技能人员"
    RETIRED = "retired", "离退休人员"
    OTHER = "other", "其他"


class NewStratum(models.TextChoices):
    """新社会阶层, as the yearly statistics divide it."""

    TECHNOLOGY = "technology", "民营科技企业创业和技术人员"
    FOREIGN_FIRM = "foreign_firm", "受聘于外资企业的管理技术人员"
    SELF_EMPLOYED = "self_employed", "个体劳动者"
    OWNER = "owner", "私营企业主"
    INTERMEDIARY = "intermediary", "中介组织从业人员"
    FREELANCE = "freelance", "自由职业人员"


class Ethnicity(models.TextChoices):
    """GB/T 3304, whose two digits are the stored values."""

    HAN = "01", "汉族"
    MONGOL = "02", "蒙古族"
    HUI = "03", "回族"
    TIBETAN = "04", "藏族"
    UYGUR = "05", "维吾尔族"
    MIAO = "06", "苗族"
    YI = "07", "彝族"
    ZHUANG = "08", "壮族"
    BUYEI = "09", "布依族"
    KOREAN = "10", "朝鲜族"
    MANCHU = "11", "满族"
    DONG = "12", "侗族"
    YAO = "13", "瑶族"
    BAI = "14", "白族"
    TUJIA = "15", "土家族"
    HANI = "16", "哈尼族"
    KAZAK = "17", "哈萨克族"
    DAI = "18", "傣族"
    LI = "19", "黎族"
    LISU = "20", "傈僳族"
    VA = "21", "佤族"
    SHE = "22", "畲族"
    GAOSHAN = "23", "高山族"
    LAHU = "24", "拉祜族"
    SUI = "25", "水族"
    DONGXIANG = "26", "东乡族"
    NAXI = "27", "纳西族"
    JINGPO = "28", "景颇族"
    KIRGIZ = "29", "柯尔克孜族"
    TU = "30", "土族"
    DAUR = "31", "达斡尔族"
    MULAO = "32", "仫佬族"
    QIANG = "33", "羌族"
    BLANG = "34", "布朗族"
    SALAR = "35", "撒拉族"
    MAONAN = "36", "毛南族"
    GELAO = "37", "仡佬族"
    XIBE = "38", "锡伯族"
    ACHANG = "39", "阿昌族"
    PUMI = "40", "普米族"
    TAJIK = "41", "塔吉克族"
    NU = "42", "怒族"
    UZBEK = "43", "乌孜别克族"
    RUSSIAN = "44", "俄罗斯族"
    EWENKI = "45", "鄂温克族"
    DEANG = "46", "德昂族"
    BONAN = "47", "保安族"
    YUGUR = "48", "裕固族"
    GIN = "49", "京族"
    TATAR = "50", "塔塔尔族"
    DERUNG = "51", "独龙族"
    OROQEN = "52", "鄂伦春族"
    HEZHEN = "53", "赫哲族"
    MONBA = "54", "门巴族"
    LHOBA = "55", "珞巴族"
    JINO = "56", "基诺族"
    OTHER = "97", "其他"
    FOREIGN = "98", "外国血统中国籍人士"


class Category(models.TextChoices):
    FULL = "full", "正式党员"
    PROBATIONARY = "probationary", "预备党员"


class Standing(models.TextChoices):
    """党籍状态; only ACTIVE members stand on rosters, the others left by an exit."""

    ACTIVE = "active", "在册"
    MOVED = "moved", "已转出"
    SUSPENDED = "suspended", "已停止党籍"
    LEFT = "left", "已出党"
    DECEASED = "deceased", "已死亡"
    OTHER = "other", "其他"


class EntryKind(models.TextChoices):
    """增加方式, in the order of the yearly flow."""

    DEVELOPED = "developed", "发展党员"
    READMITTED = "readmitted", "重新入党"
    RESTORED = "restored", "恢复党籍"
    TRANSFERRED = "transferred", "转入组织关系"
    WHOLE = "whole", "整建制转入"
    RECORDED = "recorded", "其他原因增加（补录）"


class ExitKind(models.TextChoices):
    """减少方式, in the order of the yearly flow."""

    EXPELLED = "expelled", "开除党籍"
    WITHDRAWN = "withdrawn", "退党除名"
    PERSUADED = "persuaded", "劝退"
    REFUSED = "refused", "劝而不退除名"
    DROPPED = "dropped", "自行脱党除名"
    CANCELLED = "cancelled", "取消预备党员资格"
    UNRECOGNISED = "unrecognised", "不予承认"
    SUSPENDED = "suspended", "停止党籍"
    DECEASED = "deceased", "死亡"
    TRANSFERRED = "transferred", "转出组织关系"
    WHOLE = "whole", "整建制转出"
    OTHER = "other", "其他原因减少"


class RelationPlace(models.TextChoices):
    """Where the relation of somebody is held who works in an enterprise."""

    HERE = "here", "本企业"
    AGENCY = "agency", "人才职介"
    FORMER = "former", "原单位或街道社区"
    TEMPORARY = "temporary", "临时组织关系"
    OTHER = "other", "其他亮身份"
