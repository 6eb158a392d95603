from typing import ClassVar

from django.db import migrations

STEPS = """
CREATE FUNCTION members_lost_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '失联登记不能删除' USING
            ERRCODE = 'restrict_violation', CONSTRAINT = 'members_lost_kept';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'lost' THEN
            RAISE EXCEPTION '失联应从登记失联开始，逐步办理' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_steps';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.member_id <> OLD.member_id THEN
        RAISE EXCEPTION '失联登记不能改换党员' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_member';
    END IF;
    IF OLD.state = NEW.state THEN
        IF OLD.state <> 'lost' AND (OLD.lost_since, OLD.suspended_on) IS DISTINCT FROM
            (NEW.lost_since, NEW.suspended_on) THEN
            RAISE EXCEPTION '已办理的失联步骤不能改动日期' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_steps';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('lost', 'found'), ('lost', 'suspended'),
        ('suspended', 'restored'), ('suspended', 'removed')
    ) THEN
        RAISE EXCEPTION '失联处置应逐步办理：先停止党籍，满两年后才能除名' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_steps';
    END IF;
    IF NEW.state = 'suspended' AND NOT EXISTS (
        SELECT 1 FROM members_lostsearch s WHERE s.case_id = NEW.id
            AND s.on BETWEEN NEW.lost_since AND NEW.suspended_on
    ) THEN
        RAISE EXCEPTION '停止党籍前应有查找经过' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_searched';
    END IF;
    IF NEW.state = 'removed' AND NOT EXISTS (
        SELECT 1 FROM members_lostsearch s WHERE s.case_id = NEW.id
            AND s.on BETWEEN NEW.suspended_on AND NEW.ended_on
    ) THEN
        RAISE EXCEPTION '除名前应有停止党籍以后的查找经过' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_searched';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER members_lost_step BEFORE INSERT OR UPDATE OR DELETE ON members_lostcontact
    FOR EACH ROW EXECUTE FUNCTION members_lost_step();
CREATE FUNCTION members_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '查找经过是证据，不能修改或删除' USING
        ERRCODE = 'restrict_violation', CONSTRAINT = 'members_search_kept';
END $$;
CREATE TRIGGER members_search_kept BEFORE UPDATE OR DELETE ON members_lostsearch
    FOR EACH ROW EXECUTE FUNCTION members_keep_search();
CREATE FUNCTION members_lost_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person bigint;
BEGIN
    IF TG_TABLE_NAME = 'members_partymember' THEN
        person := NEW.id;
    ELSE
        person := NEW.member_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM members_lostcontact c JOIN members_partymember m ON m.id = c.member_id
        WHERE m.id = person AND (
            (c.state = 'lost' AND m.standing <> 'active')
            OR (c.state = 'suspended' AND m.standing <> 'suspended')
        )
    ) THEN
        RAISE EXCEPTION '该党员登记为失联，党籍只能在失联登记上逐步办理' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_lost_standing';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_lost_standing
    AFTER INSERT OR UPDATE ON members_lostcontact
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION members_lost_standing();
CREATE CONSTRAINT TRIGGER members_standing_of_lost
    AFTER UPDATE OF standing ON members_partymember
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION members_lost_standing();
"""
NO_STEPS = """
DROP TRIGGER members_standing_of_lost ON members_partymember;
DROP TRIGGER members_lost_standing ON members_lostcontact;
DROP FUNCTION members_lost_standing();
DROP TRIGGER members_search_kept ON members_lostsearch;
DROP FUNCTION members_keep_search();
DROP TRIGGER members_lost_step ON members_lostcontact;
DROP FUNCTION members_lost_step();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0004_development_rules")]
    operations: ClassVar = [
        migrations.RunSQL(STEPS, NO_STEPS),
    ]
