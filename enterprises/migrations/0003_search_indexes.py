"""Indexes of the name look-up, and room on the register's pages for updates that touch none."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_census")]

    operations = [
        migrations.AddIndex(
            model_name="enterprise",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("pinyin", name="gin_trgm_ops"),
                name="enterprises_pinyin_trgm",
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("uscc", name="gin_trgm_ops"),
                name="enterprises_uscc_trgm",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE enterprises_enterprise SET (fillfactor = 85)",
            "ALTER TABLE enterprises_enterprise RESET (fillfactor)",
        ),
    ]
