"""What an enterprise says at a visit is a request; nobody but a full member is sent out."""

from typing import ClassVar

from django.db import migrations

FULL = """
CREATE FUNCTION members_instructor_full() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    guide bigint;
BEGIN
    IF TG_TABLE_NAME = 'members_instructor' THEN
        guide := NEW.person_id;
    ELSE
        SELECT person_id INTO guide FROM members_instructor WHERE id = NEW.instructor_id;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM members_partymember WHERE person_id = guide
        AND category = 'full' AND standing IN ('active', 'moved')
    ) THEN
        RAISE EXCEPTION '指导员应为正式党员'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_instructor_full';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_instructor_full AFTER INSERT OR UPDATE OF person_id ON members_instructor
    FOR EACH ROW EXECUTE FUNCTION members_instructor_full();
CREATE TRIGGER members_instructor_full
    AFTER INSERT OR UPDATE OF instructor_id, valid_from ON members_instructorassignment
    FOR EACH ROW EXECUTE FUNCTION members_instructor_full();
"""
ANYBODY = """
DROP TRIGGER members_instructor_full ON members_instructorassignment;
DROP TRIGGER members_instructor_full ON members_instructor;
DROP FUNCTION members_instructor_full();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0002_members_and_memberships_rules")]
    operations: ClassVar = [
        migrations.RunSQL(FULL, ANYBODY),
    ]
