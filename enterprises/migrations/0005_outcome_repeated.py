"""Say of each outcome whether the source only repeats what it said last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0004_coverage_import")]

    operations = [
        migrations.RemoveIndex(model_name="rowoutcome", name="enterprises_outcome_row"),
        migrations.AddField(
            model_name="rowoutcome",
            name="repeated",
            field=models.BooleanField(default=False, verbose_name="与上次名单相同"),
        ),
    ]
