"""Makes the toy tables, a county and its clerk, as the owner of the database."""

import django
from django.db import connection

if __name__ == "__main__":
    django.setup()
    from organizations.models import AreaKind, OrganizationKind
    from tests.builders import make_area, make_organization, make_user
    from tests.chaos.toys import TABLES

    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    committee = make_organization("中共江南县委两新工委", kind=OrganizationKind.WORK_COMMITTEE)
    make_area("江南县", committee=committee, kind=AreaKind.COUNTY, code="340899")
    make_user("王经办", username="clerk", role="county_clerk", at=committee)
