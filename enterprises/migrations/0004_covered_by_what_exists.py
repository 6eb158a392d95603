"""No organization covers an enterprise on or after the day it is abolished, whoever writes."""

from typing import ClassVar

from django.db import migrations

RULE = """
CREATE FUNCTION enterprises_check_cover() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
DECLARE
    link bigint;
BEGIN
    IF TG_TABLE_NAME = 'enterprises_coveragelink' THEN
        SELECT l.id INTO link FROM enterprises_coveragelink l
        JOIN organizations_partyorganization o ON o.id = l.organization_id
        WHERE l.id = NEW.id AND COALESCE(l.valid_to, 'infinity') > o.abolished_on;
    ELSE
        SELECT l.id INTO link FROM organizations_partyorganization o
        JOIN enterprises_coveragelink l ON l.organization_id = o.id
        WHERE o.id = NEW.id AND COALESCE(l.valid_to, 'infinity') > o.abolished_on LIMIT 1;
    END IF;
    IF link IS NOT NULL THEN
        RAISE EXCEPTION '党组织已撤销或将要撤销，不能再覆盖企业' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'enterprises_coverage_exists';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER enterprises_coverage_exists
    AFTER INSERT OR UPDATE ON enterprises_coveragelink
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enterprises_check_cover();
CREATE CONSTRAINT TRIGGER enterprises_coverage_ends
    AFTER UPDATE OF abolished_on ON organizations_partyorganization
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.abolished_on IS NOT NULL)
    EXECUTE FUNCTION enterprises_check_cover();
"""
NO_RULE = """
DROP TRIGGER enterprises_coverage_exists ON enterprises_coveragelink;
DROP TRIGGER enterprises_coverage_ends ON organizations_partyorganization;
DROP FUNCTION enterprises_check_cover();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0003_areas_by_kind")]
    operations: ClassVar = [
        migrations.RunSQL(RULE, NO_RULE),
    ]
