"""Indexes of the name look-up, and room on the register's pages for updates that touch none."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(
            "ALTER TABLE enterprises_enterprise SET (fillfactor = 85)",
            "ALTER TABLE enterprises_enterprise RESET (fillfactor)",
        ),
    ]
