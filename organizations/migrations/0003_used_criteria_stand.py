"""A criterion by which something was measured stays as it was; a change is a new version."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION organizations_scheme_in_use(asked bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM organizations_rating WHERE scheme_id = asked)
        OR EXISTS (SELECT 1 FROM organizations_sitecheck WHERE scheme_id = asked)
$$;
CREATE FUNCTION organizations_criterion_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND organizations_scheme_in_use(OLD.scheme_id))
       OR (TG_OP <> 'DELETE' AND organizations_scheme_in_use(NEW.scheme_id)) THEN
        RAISE EXCEPTION '评定办法已经使用，修改标准须另立新版' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER organizations_criterion_stands
    BEFORE INSERT OR UPDATE OR DELETE ON organizations_ratingcriterion
    FOR EACH ROW EXECUTE FUNCTION organizations_criterion_stands();
"""
ALLOW = """
DROP TRIGGER organizations_criterion_stands ON organizations_ratingcriterion;
DROP FUNCTION organizations_criterion_stands();
DROP FUNCTION organizations_scheme_in_use(bigint);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("organizations", "0002_tree_rules")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
