"""What a list says of an enterprise: the same columns in the register and in staged rows."""

from django.db import models


class OperatingStatus(models.TextChoices):
    IN_OPERATION = "in_operation", "存续"
    SUSPENDED = "suspended", "歇业"
    REVOKED = "revoked", "吊销未注销"
    DEREGISTERED = "deregistered", "注销"
    RELOCATED = "relocated", "迁出"


class UnitKind(models.TextChoices):
    ENTERPRISE = "enterprise", "企业法人"
    BRANCH = "branch", "分支机构"
    INDIVIDUAL = "individual", "个体工商户"
    COOPERATIVE = "cooperative", "农民专业合作社"
    OTHER = "other", "其他单位"


class Ownership(models.TextChoices):
    """Control of the paid-in capital (国统字〔2005〕79号); UNKNOWN waits for an officer."""

    PRIVATE = "private", "私营企业"
    HMT = "hmt", "港澳台商投资企业"
    FOREIGN = "foreign", "外商投资企业"
    PUBLIC = "public", "公有控股"
    UNKNOWN = "unknown", "待认定"


NON_PUBLIC = (Ownership.PRIVATE, Ownership.HMT, Ownership.FOREIGN)


class RegistryFacts(models.Model):
    """Facts that a registry states; an empty value means that it says nothing."""

    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True)
    registration_number = models.CharField("注册号", max_length=15, blank=True)
    organization_code = models.CharField("组织机构代码", max_length=9, blank=True)
    name = models.CharField("企业名称", max_length=300)
    legal_representative = models.CharField("法定代表人", max_length=120, blank=True)
    enterprise_type = models.CharField("企业类型", max_length=120, blank=True)
    registered_capital = models.DecimalField(
        "注册资本(元)", max_digits=20, decimal_places=2, null=True, blank=True
    )
    capital_currency = models.CharField("币种", max_length=12, blank=True)
    established_on = models.DateField("成立日期", null=True, blank=True)
    approved_on = models.DateField("核准日期", null=True, blank=True)
    registered_address = models.CharField("住所", max_length=600, blank=True)
    business_address = models.CharField("经营地址", max_length=600, blank=True)
    registration_authority = models.CharField("登记机关", max_length=120, blank=True)
    industry_code = models.CharField("行业代码", max_length=8, blank=True)
    industry = models.CharField("行业", max_length=120, blank=True)
    business_scope = models.TextField("经营范围", blank=True)
    phone = models.CharField("联系电话", max_length=120, blank=True)
    extra = models.JSONField("其他登记信息", default=dict, blank=True)
    name_key = models.CharField(max_length=300, blank=True, editable=False, db_collation="C")

    class Meta:
        abstract = True


class YearMeasures(models.Model):
    """Numbers measured at one reference date; an empty value means not stated."""

    employee_count = models.PositiveIntegerField("从业人员数(人)", null=True, blank=True)
    annual_revenue = models.DecimalField(
        "年营业收入(元)", max_digits=18, decimal_places=2, null=True, blank=True
    )
    member_count = models.PositiveIntegerField("党员数(人)", null=True, blank=True)
    full_member_count = models.PositiveIntegerField("正式党员数(人)", null=True, blank=True)
    is_statistical_scale = models.BooleanField("规模以上(统计口径)", null=True, blank=True)

    class Meta:
        abstract = True
