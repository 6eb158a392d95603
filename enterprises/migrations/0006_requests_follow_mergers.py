from typing import ClassVar

from django.db import migrations

# An enterprise and all that were merged into it count as one.
RULES = """
CREATE FUNCTION enterprises_goes_on_as(enterprise bigint) RETURNS bigint
LANGUAGE sql STABLE AS $$
    WITH RECURSIVE line AS (
        SELECT e.id, e.successor_id FROM enterprises_enterprise e WHERE e.id = enterprise
        UNION
        SELECT e.id, e.successor_id FROM enterprises_enterprise e
        JOIN line ON e.id = line.successor_id
    )
    SELECT id FROM line WHERE successor_id IS NULL
$$;
CREATE OR REPLACE FUNCTION enterprises_check_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    firm bigint := enterprises_goes_on_as(NEW.enterprise_id);
BEGIN
    IF EXISTS (
        SELECT 1 FROM enterprises_contactpoint p WHERE p.id = NEW.contact_point_id
            AND enterprises_goes_on_as(p.enterprise_id) IS DISTINCT FROM firm
    ) OR EXISTS (
        SELECT 1 FROM enterprises_contactvisit v
        WHERE v.id = NEW.visit_id AND v.contact_point_id <> NEW.contact_point_id
    ) OR EXISTS (
        SELECT 1 FROM enterprises_enterpriserequest e WHERE e.id = NEW.earlier_id
            AND enterprises_goes_on_as(e.enterprise_id) IS DISTINCT FROM firm
    ) THEN
        RAISE EXCEPTION '联系点、走访和重复的诉求应属于同一企业' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'enterprises_request_one_firm';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0005_contacts_and_requests_rules")]
    operations: ClassVar = [
        migrations.RunSQL(RULES),
    ]
