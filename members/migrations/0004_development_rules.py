"""Developing members: dated rules, cases, steps; full members help, committees approve."""

from typing import ClassVar

from django.db import migrations

RULES = """
CREATE FUNCTION members_check_helper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM members_partymember
                   WHERE id = NEW.member_id AND category = 'full' AND standing = 'active') THEN
        RAISE EXCEPTION '培养联系人和入党介绍人应为在册的正式党员' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_helper_full';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER members_helper_full BEFORE INSERT OR UPDATE ON members_developmenthelper
    FOR EACH ROW EXECUTE FUNCTION members_check_helper();
CREATE FUNCTION members_check_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    turning text[] := ARRAY['application', 'activist', 'candidate', 'preview', 'meeting',
                            'approval', 'discussion', 'confirmation'];
    place int := array_position(turning, NEW.code);
BEGIN
    IF NEW.committee_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM organizations_partyorganization
        WHERE id = NEW.committee_id AND nature = 'regular'
          AND kind IN ('committee', 'work_committee', 'local_committee')) THEN
        RAISE EXCEPTION '党支部和党总支没有审批权，应由党委审批' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_step_committee';
    END IF;
    IF NEW.occurrence = 1 AND place IS NOT NULL AND EXISTS (
        SELECT 1 FROM members_developmentstep other
        WHERE other.case_id = NEW.case_id AND other.id <> NEW.id AND other.occurrence = 1
          AND (array_position(turning, other.code) < place AND other.done_on > NEW.done_on
               OR array_position(turning, other.code) > place AND other.done_on < NEW.done_on)
    ) THEN
        RAISE EXCEPTION '发展党员各步骤的日期应依次先后' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_step_in_order';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER members_step_checked BEFORE INSERT OR UPDATE ON members_developmentstep
    FOR EACH ROW EXECUTE FUNCTION members_check_step();
"""
NO_RULES = """
DROP TRIGGER members_step_checked ON members_developmentstep;
DROP FUNCTION members_check_step();
DROP TRIGGER members_helper_full ON members_developmenthelper;
DROP FUNCTION members_check_helper();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0003_visits_raise_requests_rules")]
    operations: ClassVar = [
        migrations.RunSQL(RULES, NO_RULES),
    ]
