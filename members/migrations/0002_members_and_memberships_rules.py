from typing import ClassVar

from django.db import migrations

RULES = """
CREATE FUNCTION members_require_home(held members_membership) RETURNS void LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM organizations_organizationperiod p
        WHERE p.organization_id = held.organization_id AND p.nature <> 'regular'
          AND daterange(p.valid_from, p.valid_to) && daterange(held.valid_from, held.valid_to)
    ) THEN
        RAISE EXCEPTION '功能型、临时和流动党员党组织不转接组织关系' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_membership_regular';
    END IF;
    IF EXISTS (
        SELECT 1 FROM organizations_partyorganization o
        WHERE o.id = held.organization_id
          AND COALESCE(held.valid_to, 'infinity') > o.abolished_on
    ) THEN
        RAISE EXCEPTION '党组织已撤销或将要撤销，党员应先转出' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'members_membership_exists';
    END IF;
END $$;
CREATE FUNCTION members_check_membership() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan TO off AS $$
BEGIN
    IF TG_TABLE_NAME = 'members_membership' THEN
        PERFORM members_require_home(m) FROM members_membership m WHERE m.id = NEW.id;
    ELSE
        PERFORM members_require_home(m) FROM members_membership m WHERE m.organization_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_membership_held
    AFTER INSERT OR UPDATE ON members_membership
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION members_check_membership();
CREATE CONSTRAINT TRIGGER members_membership_stands
    AFTER UPDATE OF abolished_on, nature ON organizations_partyorganization
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.abolished_on IS NOT NULL OR NEW.nature <> 'regular')
    EXECUTE FUNCTION members_check_membership();
CREATE FUNCTION members_refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '党员档案不能删除，请登记减少方式' USING
        ERRCODE = 'restrict_violation', CONSTRAINT = 'members_kept';
END $$;
CREATE TRIGGER members_kept BEFORE DELETE ON members_partymember
    FOR EACH ROW EXECUTE FUNCTION members_refuse_deletion();
"""
NO_RULES = """
DROP TRIGGER members_kept ON members_partymember;
DROP FUNCTION members_refuse_deletion();
DROP TRIGGER members_membership_stands ON organizations_partyorganization;
DROP TRIGGER members_membership_held ON members_membership;
DROP FUNCTION members_check_membership();
DROP FUNCTION members_require_home(members_membership);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(RULES, NO_RULES),
    ]
