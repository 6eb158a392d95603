"""One index each: the constraint leads to the same rows as the field's own index did."""

from django.db import migrations

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0007_steps_by_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="citizen_id_index",
            field=core.fields.BlindIndexField(
                db_index=False, editable=False, max_length=64, null=True, of="citizen_id"
            ),
        ),
    ]
