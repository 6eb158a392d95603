"""Each row that contradicts the register has its own decision; it was one for the whole batch."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0007_one_index_for_years")]
    operations: ClassVar = [
        migrations.RemoveField(model_name="coveragebatch", name="replaces"),
        migrations.AddField(
            model_name="coveragerow",
            name="takes_file",
            field=models.BooleanField(
                default=False,
                help_text="与现有关系不一致的行：结束现有关系，不选则保留",
                verbose_name="以文件为准",
            ),
        ),
    ]
