"""What the serving database role may do: everything but changing the schema and the log."""

from typing import Any

from django.conf import settings
from django.db import connections

READ_AND_ADD_ONLY = ("core_auditentry", "core_auditseal")


def grant_app_role(*, using: str = "default", **_: Any) -> None:
    """Grant the app role its rights on all tables; runs after each migration, as the owner."""
    role = str(settings.DATABASE_APP_ROLE)
    connection = connections[using]
    quote = connection.ops.quote_name
    if not role or role == connection.settings_dict["USER"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quote(role)}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quote(role)}"
        )
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quote(role)}")
        present = set(connection.introspection.table_names(cursor))
        for table in READ_AND_ADD_ONLY:
            if table in present:
                cursor.execute(
                    f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {quote(role)}"
                )
