"""What always holds in the tree of any day, whoever writes; names of the past for present rows."""

from typing import ClassVar

from django.db import migrations

RULES = """
CREATE FUNCTION organizations_check_placement() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
DECLARE
    changed bigint := COALESCE(NEW.id, OLD.id);
    mover bigint := COALESCE(NEW.organization_id, OLD.organization_id);
BEGIN
    PERFORM pg_advisory_xact_lock(72616, 1);
    IF EXISTS (
        WITH RECURSIVE above(here, span, level) AS (
            SELECT p.parent_id, daterange(p.valid_from, p.valid_to), 1
            FROM organizations_placement p WHERE p.id = changed AND p.parent_id IS NOT NULL
            UNION ALL
            SELECT p.parent_id, a.span * daterange(p.valid_from, p.valid_to), a.level + 1
            FROM above a JOIN organizations_placement p ON p.organization_id = a.here
                AND daterange(p.valid_from, p.valid_to) && a.span
            WHERE p.parent_id IS NOT NULL AND a.here <> mover AND a.level < 42
        )
        SELECT 1 FROM above WHERE here = mover OR level = 42
    ) THEN
        RAISE EXCEPTION '上级党组织不能是它自己的下级' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'organizations_placement_cycle';
    END IF;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT * FROM organizations_placement WHERE id = changed
            UNION ALL SELECT * FROM organizations_placement WHERE parent_id = mover
        ) child WHERE child.parent_id IS NOT NULL AND NOT (
            SELECT COALESCE(
                range_agg(daterange(p.valid_from, p.valid_to))
                + datemultirange(daterange(NULL, min(p.valid_from))), '{}'::datemultirange)
            FROM organizations_placement p WHERE p.organization_id = child.parent_id
        ) @> daterange(child.valid_from, child.valid_to)
    ) THEN
        RAISE EXCEPTION '上级党组织已撤销，不能再有下级' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'organizations_placement_superior';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER organizations_placement_tree
    AFTER INSERT OR UPDATE OR DELETE ON organizations_placement
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION organizations_check_placement();
"""
NO_RULES = """
DROP TRIGGER organizations_placement_tree ON organizations_placement;
DROP FUNCTION organizations_check_placement();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organizations", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(RULES, NO_RULES),
    ]
