"""One index each: the constraint leads to the same rows as the field's own index did."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_posts_and_suggestions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attendance",
            name="activity",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attendances",
                to="activities.activity",
                verbose_name="组织生活",
            ),
        ),
    ]
