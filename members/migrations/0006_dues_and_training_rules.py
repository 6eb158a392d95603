from typing import ClassVar

from django.db import migrations

RULES = """
CREATE FUNCTION members_check_dues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM members_membership m
        WHERE m.member_id = NEW.member_id AND m.organization_id = NEW.organization_id
          AND daterange(m.valid_from, m.valid_to)
              && daterange(NEW.month, (NEW.month + interval '1 month')::date)
    ) THEN
        RAISE EXCEPTION '该党员当月的组织关系不在这个党支部，不收缴党费' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_dues_held';
    END IF;
    IF EXISTS (
        SELECT 1 FROM members_partymember p
        WHERE p.id = NEW.member_id AND p.standing IN ('suspended', 'left', 'deceased')
    ) AND NOT EXISTS (
        SELECT 1 FROM members_membership m
        WHERE m.member_id = NEW.member_id
          AND daterange(m.valid_from, m.valid_to) @> NEW.paid_on
    ) THEN
        RAISE EXCEPTION '该党员已停止党籍、出党或死亡，不再收缴党费' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_dues_stopped';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_dues_held
    AFTER INSERT OR UPDATE ON members_duesrecord
    FOR EACH ROW EXECUTE FUNCTION members_check_dues();
"""
NO_RULES = """
DROP TRIGGER members_dues_held ON members_duesrecord;
DROP FUNCTION members_check_dues();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0005_transfers_and_losses_rules")]
    operations: ClassVar = [
        migrations.RunSQL(RULES, NO_RULES),
    ]
