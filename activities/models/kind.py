"""Kinds of activities: data, so that a county adds its own without code."""

from django.core.validators import RegexValidator
from django.db import models


class Voters(models.TextChoices):
    """Who forms the quorum of a kind of meeting; none where nothing is decided."""

    NOBODY = "nobody", "不计法定人数"
    MEMBERS = "members", "有表决权的党员过半数"
    COMMITTEE = "committee", "支部委员半数以上"


class Circle(models.TextChoices):
    """Who is asked to come, and which organizations hold such a meeting at all."""

    BRANCH = "branch", "全体党员"
    COMMITTEE = "committee", "支部委员会成员"
    GROUP = "group", "党小组成员"
    OPEN = "open", "不限"


class ActivityKind(models.Model):
    """One kind; what is out of use stays for the records that name it."""

    key = models.CharField(
        "代码",
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", "代码由小写字母、数字和下划线组成。")],
    )
    name = models.CharField("名称", max_length=30, unique=True)
    official_order = models.PositiveSmallIntegerField("排序号", default=100)
    circle = models.CharField(
        "参加范围", max_length=9, choices=Circle.choices, default=Circle.BRANCH
    )
    voters = models.CharField(
        "法定人数", max_length=9, choices=Voters.choices, default=Voters.NOBODY
    )
    topics = models.TextField("常用议题", blank=True, help_text="每行一个")
    gives_hours = models.BooleanField("计入党员学时", default=False)
    in_use = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "活动类型"
        ordering = ["official_order", "key"]

    def __str__(self) -> str:
        return self.name
