"""What is known of one enterprise on one day; computed by `reports.facts`, never stored."""

from django.db import models

from enterprises.models import Enterprise, FormationMode, OperatingStatus, Ownership
from organizations.models import Area, OrganizationKind, PartyOrganization


class CoverageFact(models.Model):
    enterprise = models.OneToOneField(
        Enterprise,
        models.DO_NOTHING,
        primary_key=True,
        verbose_name="企业",
        related_name="+",
        db_constraint=False,
    )
    area = models.ForeignKey(
        Area, models.DO_NOTHING, null=True, verbose_name="统计辖区", related_name="+"
    )
    operating_status = models.CharField("登记状态", max_length=14, choices=OperatingStatus.choices)
    ownership = models.CharField("控股情况", max_length=8, choices=Ownership.choices)
    employee_count = models.IntegerField("从业人员数(人)", null=True)
    annual_revenue = models.DecimalField(
        "年营业收入(元)", max_digits=18, decimal_places=2, null=True
    )
    member_count = models.IntegerField("党员数(人)", null=True)
    full_member_count = models.IntegerField("正式党员数(人)", null=True)
    is_statistical_scale = models.BooleanField("规模以上(统计口径)", null=True)
    is_party_scale = models.BooleanField("规模以上(党建口径)", null=True)
    in_base_list = models.BooleanField("纳入党建基数", null=True)
    mode = models.CharField("组建形式", max_length=10, choices=FormationMode.choices, null=True)
    organization = models.ForeignKey(
        PartyOrganization, models.DO_NOTHING, null=True, verbose_name="党组织", related_name="+"
    )
    organization_kind = models.CharField(
        "党组织类别", max_length=16, choices=OrganizationKind.choices, null=True
    )
    since = models.DateField("覆盖起始日期", null=True)
    has_instructor = models.BooleanField("有指导员")
    has_mass = models.BooleanField("有群团组织")

    class Meta:
        managed = False
        verbose_name = verbose_name_plural = "覆盖情况"

    def __str__(self) -> str:
        return str(self.enterprise)
