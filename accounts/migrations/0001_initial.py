import django.contrib.postgres.operations
from django.db import migrations, models

import core.schema


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        core.schema.CreateModels(
            creations=[
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.CharField(max_length=60, unique=True, verbose_name="账号"),
                        ),
                        ("full_name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        (
                            "must_change_password",
                            models.BooleanField(default=True, verbose_name="须改密码"),
                        ),
                        (
                            "password_changed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="改密时间"),
                        ),
                        (
                            "temporary_until",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="临时密码有效期至"
                            ),
                        ),
                        (
                            "rights_version",
                            models.PositiveIntegerField(default=1, verbose_name="权限版本"),
                        ),
                        (
                            "preferences",
                            models.JSONField(blank=True, default=dict, verbose_name="个人设置"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="创建时间"),
                        ),
                        (
                            "second_factor_since",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="动态口令启用时间"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "用户",
                        "verbose_name_plural": "用户",
                        "ordering": ["username"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
