from typing import ClassVar

from django.db import migrations

RULES = """
CREATE FUNCTION activities_require_roster(attended activities_attendance) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
BEGIN
    IF attended.status <> 'guest' AND NOT EXISTS (
        SELECT 1 FROM activities_activity a
        JOIN organizations_partyorganization o ON o.id = a.organization_id
        JOIN members_partymember p ON p.person_id = attended.person_id
        JOIN members_membership m ON m.member_id = p.id
            AND daterange(m.valid_from, m.valid_to) @> a.held_on
        JOIN organizations_partyorganization held ON held.id = m.organization_id
        WHERE a.id = attended.activity_id AND starts_with(held.path, o.path)
    ) AND NOT EXISTS (
        SELECT 1 FROM activities_activity a
        JOIN members_leadershippost p ON p.organization_id = a.organization_id
        WHERE a.id = attended.activity_id AND p.person_id = attended.person_id
            AND p.state = 'in_force'
            AND daterange(p.valid_from, p.valid_to) @> a.held_on
    ) THEN
        RAISE EXCEPTION '到会名单中有人当日不在这个党组织' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'activities_on_roster';
    END IF;
END $$;
CREATE FUNCTION activities_check_roster() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
BEGIN
    IF TG_TABLE_NAME = 'activities_attendance' THEN
        PERFORM activities_require_roster(t) FROM activities_attendance t WHERE t.id = NEW.id;
    ELSE
        PERFORM activities_require_roster(t) FROM activities_attendance t
        WHERE t.activity_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER activities_on_roster
    AFTER INSERT OR UPDATE ON activities_attendance
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION activities_check_roster();
CREATE CONSTRAINT TRIGGER activities_on_roster_that_day
    AFTER UPDATE OF held_on, organization_id ON activities_activity
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.held_on IS DISTINCT FROM OLD.held_on
        OR NEW.organization_id <> OLD.organization_id)
    EXECUTE FUNCTION activities_check_roster();
CREATE FUNCTION activities_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '组织生活的记录和版本不能删除或改写' USING
        ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER activities_kept BEFORE DELETE ON activities_activity
    FOR EACH ROW EXECUTE FUNCTION activities_refuse();
CREATE TRIGGER activities_version_kept BEFORE UPDATE OR DELETE ON activities_activityversion
    FOR EACH ROW EXECUTE FUNCTION activities_refuse();
CREATE TRIGGER activities_step_kept BEFORE UPDATE OR DELETE ON activities_activitystep
    FOR EACH ROW EXECUTE FUNCTION activities_refuse();
CREATE TRIGGER activities_locked BEFORE UPDATE ON activities_activity
    FOR EACH ROW WHEN (OLD.state = 'locked' AND NEW.version <= OLD.version)
    EXECUTE FUNCTION activities_refuse();
"""
NO_RULES = """
DROP TRIGGER activities_locked ON activities_activity;
DROP TRIGGER activities_step_kept ON activities_activitystep;
DROP TRIGGER activities_version_kept ON activities_activityversion;
DROP TRIGGER activities_kept ON activities_activity;
DROP FUNCTION activities_refuse();
DROP TRIGGER activities_on_roster_that_day ON activities_activity;
DROP TRIGGER activities_on_roster ON activities_attendance;
DROP FUNCTION activities_check_roster();
DROP FUNCTION activities_require_roster(activities_attendance);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("activities", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(RULES, NO_RULES),
    ]
