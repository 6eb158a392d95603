from typing import ClassVar

from django.db import migrations

RULES = """
CREATE FUNCTION enterprises_check_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    pairing bigint;
BEGIN
    IF TG_TABLE_NAME = 'enterprises_contactpoint' THEN
        pairing := NEW.id;
    ELSE
        pairing := NEW.contact_point_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM enterprises_contactvisit v
        JOIN enterprises_contactpoint p ON p.id = v.contact_point_id
        WHERE p.id = pairing AND (v.visited_on < p.valid_from OR v.visited_on >= p.valid_to)
    ) THEN
        RAISE EXCEPTION '走访日期应在联系起止日期之内' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'enterprises_visit_in_time';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enterprises_visit_in_time AFTER INSERT OR UPDATE ON enterprises_contactvisit
    FOR EACH ROW EXECUTE FUNCTION enterprises_check_visit();
CREATE TRIGGER enterprises_contact_keeps_visits
    AFTER UPDATE OF valid_from, valid_to ON enterprises_contactpoint
    FOR EACH ROW EXECUTE FUNCTION enterprises_check_visit();

CREATE FUNCTION enterprises_check_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM enterprises_contactpoint p
        WHERE p.id = NEW.contact_point_id AND p.enterprise_id <> NEW.enterprise_id
    ) OR EXISTS (
        SELECT 1 FROM enterprises_contactvisit v
        WHERE v.id = NEW.visit_id AND v.contact_point_id <> NEW.contact_point_id
    ) OR EXISTS (
        SELECT 1 FROM enterprises_enterpriserequest e
        WHERE e.id = NEW.earlier_id AND e.enterprise_id <> NEW.enterprise_id
    ) THEN
        RAISE EXCEPTION '联系点、走访和重复的诉求应属于同一企业' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'enterprises_request_one_firm';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enterprises_request_one_firm
    AFTER INSERT OR UPDATE OF enterprise_id, contact_point_id, visit_id, earlier_id
    ON enterprises_enterpriserequest
    FOR EACH ROW EXECUTE FUNCTION enterprises_check_request();

CREATE FUNCTION enterprises_refuse_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '诉求办理过程只能追加，不能修改或删除' USING
        ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER enterprises_step_append_only BEFORE UPDATE OR DELETE ON enterprises_requeststep
    FOR EACH ROW EXECUTE FUNCTION enterprises_refuse_step();
"""
NO_RULES = """
DROP TRIGGER enterprises_step_append_only ON enterprises_requeststep;
DROP FUNCTION enterprises_refuse_step();
DROP TRIGGER enterprises_request_one_firm ON enterprises_enterpriserequest;
DROP FUNCTION enterprises_check_request();
DROP TRIGGER enterprises_contact_keeps_visits ON enterprises_contactpoint;
DROP TRIGGER enterprises_visit_in_time ON enterprises_contactvisit;
DROP FUNCTION enterprises_check_visit();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0004_covered_by_what_exists")]
    operations: ClassVar = [
        migrations.RunSQL(RULES, NO_RULES),
    ]
