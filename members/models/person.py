"""A natural person, once."""

from django.db import models

from members.querysets import PersonQuerySet
from organizations.models import PartyOrganization


class Person(models.Model):
    class Sex(models.TextChoices):
        MALE = "male", "男"
        FEMALE = "female", "女"

    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=6, choices=Sex.choices, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    position = models.CharField("工作单位及职务", max_length=120, blank=True)
    home_organization = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        verbose_name="所在党组织",
        related_name="persons",
        help_text="决定谁可以看到这个人",
    )
    search_key = models.CharField("拼音检索码", max_length=200, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["search_key", "id"]

    def __str__(self) -> str:
        return self.name
