import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields
from core.schema import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_audit_seal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="MailChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("address", core.fields.EncryptedTextField(verbose_name="邮箱地址")),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                default=list,
                                size=None,
                                verbose_name="类别",
                            ),
                        ),
                        ("is_on", models.BooleanField(default=True, verbose_name="启用")),
                        (
                            "sent_on",
                            models.DateField(blank=True, null=True, verbose_name="最近发送"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_choice",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="用户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "邮件提醒",
                        "verbose_name_plural": "邮件提醒",
                    },
                ),
                migrations.CreateModel(
                    name="Outgoing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数"),
                        ),
                        (
                            "next_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now,
                                null=True,
                                verbose_name="下次发送",
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="送达时间"),
                        ),
                        (
                            "problem",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
                        ),
                        (
                            "message",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outgoing",
                                to="core.message",
                                verbose_name="消息",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "外发消息",
                        "verbose_name_plural": "外发消息",
                        "indexes": [
                            models.Index(
                                models.F("next_at"),
                                condition=models.Q(("next_at__isnull", False)),
                                name="core_outgoing_due",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
