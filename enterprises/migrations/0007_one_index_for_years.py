"""Yearly records are found by the index of their constraint, which begins with the enterprise."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0006_requests_follow_mergers")]

    operations = [
        migrations.AlterField(
            model_name="enterpriseyear",
            name="enterprise",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="years",
                to="enterprises.enterprise",
                verbose_name="企业",
            ),
        ),
    ]
