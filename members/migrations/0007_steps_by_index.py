"""The trigger finds the other steps of a case by their index, however many were just written."""

from typing import ClassVar

from django.db import migrations

BY_INDEX = "ALTER FUNCTION members_check_step() SET enable_seqscan TO off"
AS_PLANNED = "ALTER FUNCTION members_check_step() RESET enable_seqscan"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0006_dues_and_training_rules")]
    operations: ClassVar = [migrations.RunSQL(BY_INDEX, AS_PLANNED)]
