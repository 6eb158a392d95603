"""Refuses to change published runs and locked ledgers; rights alone would not bind the owner."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION reports_refuse_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION '已发布的核算不能修改或删除'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION reports_refuse_published_figure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM reports_coveragerun
        WHERE published_at IS NOT NULL
          AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.run_id ELSE OLD.run_id END,
                     CASE WHEN TG_OP = 'DELETE' THEN OLD.run_id ELSE NEW.run_id END)
    ) THEN
        RAISE EXCEPTION '已发布的核算不能修改或删除'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION reports_refuse_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.locked_at IS NOT NULL THEN
        RAISE EXCEPTION '已发布的台账不能修改或删除'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reports_run_final BEFORE UPDATE OR DELETE ON reports_coveragerun
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_published();
CREATE TRIGGER reports_figure_final BEFORE INSERT OR UPDATE OR DELETE ON reports_coveragefigure
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_published_figure();
CREATE TRIGGER reports_issue_final BEFORE UPDATE OR DELETE ON reports_ledgerissue
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_locked();
"""
ALLOW = """
DROP TRIGGER reports_run_final ON reports_coveragerun;
DROP TRIGGER reports_figure_final ON reports_coveragefigure;
DROP TRIGGER reports_issue_final ON reports_ledgerissue;
DROP FUNCTION reports_refuse_published();
DROP FUNCTION reports_refuse_published_figure();
DROP FUNCTION reports_refuse_locked();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reports", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
