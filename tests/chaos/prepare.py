"""Makes the toy tables and the clerk, as the owner of the database."""

import django
from django.db import connection

if __name__ == "__main__":
    django.setup()
    from accounts.models import User
    from tests.chaos.toys import TABLES

    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    User.objects.get_or_create(username="clerk", defaults={"full_name": "王经办"})
