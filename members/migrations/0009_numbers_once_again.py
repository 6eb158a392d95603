"""An identity number is one person's: the alteration before took this index with its own.

Django drops every index of the column alone, and the constraint is one of them.
"""

from typing import ClassVar

from django.db import migrations

ONCE = """
CREATE UNIQUE INDEX IF NOT EXISTS members_citizen_id_once ON members_person (citizen_id_index);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0008_one_index_each")]
    operations: ClassVar = [migrations.RunSQL(ONCE, migrations.RunSQL.noop)]
