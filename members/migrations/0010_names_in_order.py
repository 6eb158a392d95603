"""Names by sound: the surname's syllable first, whatever the collation; strokes of every name."""

from typing import Any, ClassVar

from django.db import migrations, models

from core.pinyin import person_key
from core.strokes import stroke_key

BATCH = 1000


def write_keys(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("members", "Person").objects
    batch = []
    for person in rows.only("pk", "name").iterator(BATCH):
        person.search_key, person.stroke_key = person_key(person.name), stroke_key(person.name)
        batch.append(person)
        if len(batch) == BATCH:
            rows.bulk_update(batch, ["search_key", "stroke_key"])
            batch = []
    rows.bulk_update(batch, ["search_key", "stroke_key"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0009_numbers_once_again")]
    operations: ClassVar = [
        migrations.AlterField(
            "person",
            "search_key",
            models.CharField(
                "拼音检索码", max_length=400, db_collation="C", blank=True, editable=False
            ),
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
