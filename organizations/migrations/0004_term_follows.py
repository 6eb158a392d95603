"""A further term is due when the one before it expires; whoever writes it, the row must say so."""

from typing import ClassVar

from django.db import migrations

FOLLOW = """
CREATE FUNCTION organizations_term_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected date;
BEGIN
    SELECT expires_on INTO expected FROM organizations_leadershipterm
    WHERE organization_id = NEW.organization_id AND valid_from < NEW.valid_from
    ORDER BY valid_from DESC LIMIT 1;
    IF NEW.due_on IS DISTINCT FROM expected THEN
        RAISE EXCEPTION '应换届日期应为上届届满日期'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organizations_term_follows';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER organizations_term_follows AFTER INSERT ON organizations_leadershipterm
    FOR EACH ROW EXECUTE FUNCTION organizations_term_follows();
"""
FORGET = """
DROP TRIGGER organizations_term_follows ON organizations_leadershipterm;
DROP FUNCTION organizations_term_follows();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organizations", "0003_used_criteria_stand")]
    operations: ClassVar = [
        migrations.RunSQL(FOLLOW, FORGET),
    ]
