"""An exit fits the category of the member; nobody was sent before he was a full member."""

from typing import ClassVar

from django.db import migrations

EXITS = """
CREATE FUNCTION members_exit_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT category INTO held FROM members_partymember WHERE id = NEW.member_id;
    IF held = 'full' AND NEW.exit_kind = 'cancelled' THEN
        RAISE EXCEPTION '正式党员不能取消预备党员资格'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_exit_fits';
    END IF;
    IF held = 'probationary' AND NEW.exit_kind IN ('expelled', 'persuaded', 'refused') THEN
        RAISE EXCEPTION '预备党员应取消预备党员资格'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_exit_fits';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_exit_fits AFTER INSERT ON members_membership
    FOR EACH ROW WHEN (NEW.exit_kind <> '') EXECUTE FUNCTION members_exit_fits();
CREATE TRIGGER members_exit_changes AFTER UPDATE OF exit_kind ON members_membership
    FOR EACH ROW WHEN (NEW.exit_kind <> OLD.exit_kind) EXECUTE FUNCTION members_exit_fits();
"""
ANY_EXIT = """
DROP TRIGGER members_exit_changes ON members_membership;
DROP TRIGGER members_exit_fits ON members_membership;
DROP FUNCTION members_exit_fits();
"""
TERMS = """
CREATE FUNCTION members_term_of_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM members_instructor i
        JOIN members_partymember m ON m.person_id = i.person_id
        WHERE i.id = NEW.instructor_id
          AND NEW.valid_from < COALESCE(m.confirmed_on, m.accepted_on)
    ) THEN
        RAISE EXCEPTION '选派日期不能早于指导员转正的日期'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_term_of_full';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER members_term_of_full
    AFTER INSERT OR UPDATE OF instructor_id, valid_from ON members_instructorassignment
    FOR EACH ROW EXECUTE FUNCTION members_term_of_full();
"""
ANY_TERM = """
DROP TRIGGER members_term_of_full ON members_instructorassignment;
DROP FUNCTION members_term_of_full();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("members", "0010_names_in_order")]
    operations: ClassVar = [
        migrations.RunSQL(EXITS, ANY_EXIT),
        migrations.RunSQL(TERMS, ANY_TERM),
    ]
