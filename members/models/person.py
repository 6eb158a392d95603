"""A natural person, once; what identifies the person is encrypted at rest."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models

from core.fields import (
    BlindIndexField,
    CitizenIdField,
    DerivedField,
    EncryptedTextField,
    PersonNameField,
    PhoneField,
)
from core.pinyin import MAX_PERSON, person_key
from core.strokes import stroke_key
from members import codes
from members.querysets import PersonQuerySet
from organizations.models import PartyOrganization


class Person(models.Model):
    """`home_organization` follows the membership of a member; see members/services."""

    Sex = codes.Sex

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    name = PersonNameField("姓名", max_length=60)
    citizen_id = CitizenIdField("身份证号", null=True, blank=True)
    citizen_id_index = BlindIndexField(of="citizen_id", db_index=False)
    sex = models.CharField("性别", max_length=6, choices=codes.Sex.choices, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    ethnicity = models.CharField("民族", max_length=2, choices=codes.Ethnicity.choices, blank=True)
    native_place = models.CharField("籍贯", max_length=60, blank=True)
    is_taiwanese = models.BooleanField("是否台湾省籍", default=False)
    marital_status = models.CharField(
        "婚姻状况", max_length=8, choices=codes.MaritalStatus.choices, blank=True
    )
    education = models.CharField("学历", max_length=12, choices=codes.Education.choices, blank=True)
    school = models.CharField("毕业院校", max_length=100, blank=True)
    started_work_on = models.DateField("参加工作日期", null=True, blank=True)
    position = models.CharField("工作单位及职务", max_length=120, blank=True)
    title = models.CharField("技术职称", max_length=60, blank=True)
    job_class = models.CharField(
        "工作岗位", max_length=14, choices=codes.JobClass.choices, blank=True
    )
    new_stratum = models.CharField(
        "新社会阶层类型", max_length=13, choices=codes.NewStratum.choices, blank=True
    )
    is_migrant_worker = models.BooleanField("是否农民工", default=False)
    is_in_hardship = models.BooleanField("生活困难", default=False)
    phone = PhoneField("联系电话", null=True, blank=True)
    phone_index = BlindIndexField(of="phone")
    home_address = EncryptedTextField("家庭住址", null=True, blank=True)
    home_organization = models.ForeignKey(
        PartyOrganization,
        models.PROTECT,
        verbose_name="所在党组织",
        related_name="persons",
        help_text="决定谁可以看到这个人",
    )
    search_key = DerivedField(
        "拼音检索码", of="name", by=person_key, max_length=MAX_PERSON, db_collation="C"
    )
    stroke_key = DerivedField(
        "笔画排序码", of="name", by=stroke_key, max_length=120, db_collation="C"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ["search_key", "id"]
        indexes: ClassVar = [
            models.Index("search_key", "id", name="members_person_by_sound"),
            models.Index("stroke_key", "id", name="members_person_by_strokes"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "citizen_id_index",
                name="members_citizen_id_once",
                violation_error_message="这个身份证号已经登记在另一人名下",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the member; of others that of the organization."""
        member = getattr(self, "party_member", None) or self.home_organization
        return str(member.get_absolute_url())

    def clean(self) -> None:
        """Digest what identifies the person before PostgreSQL is asked who has it already."""
        super().clean()
        self.citizen_id_index = self.digest("citizen_id", self.citizen_id or "")

    @classmethod
    def digest(cls, name: str, text: str) -> str | None:
        """The blind index of what somebody typed into the encrypted field of that name."""
        index = cls._meta.get_field(f"{name}_index")
        assert isinstance(index, BlindIndexField)
        return index.digest(text) if text else None
