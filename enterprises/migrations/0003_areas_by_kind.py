"""An enterprise reports under townships, streets and parks, and is classified by the others."""

from typing import ClassVar

from django.db import migrations

REFUSE = """
CREATE FUNCTION enterprises_reports_under_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM written w JOIN organizations_area a ON a.id = w.reporting_area_id
               WHERE a.kind NOT IN ('township', 'street', 'park')) THEN
        RAISE EXCEPTION '统计辖区只能是乡镇、街道或园区' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enterprises_period_area_inserted AFTER INSERT ON enterprises_enterpriseperiod
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION enterprises_reports_under_area();
CREATE TRIGGER enterprises_period_area_updated AFTER UPDATE ON enterprises_enterpriseperiod
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION enterprises_reports_under_area();

CREATE FUNCTION enterprises_classified_by_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM organizations_area a WHERE a.id = NEW.area_id
                   AND a.kind = NEW.kind
                   AND a.kind IN ('building', 'market', 'grid', 'chain')) THEN
        RAISE EXCEPTION '企业只能归入楼宇、专业市场、网格或产业链'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enterprises_classified_by_area
    BEFORE INSERT OR UPDATE OF area_id, kind ON enterprises_enterpriseclassification
    FOR EACH ROW EXECUTE FUNCTION enterprises_classified_by_area();

CREATE FUNCTION enterprises_area_keeps_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind NOT IN ('township', 'street', 'park') AND EXISTS (
        SELECT 1 FROM enterprises_enterpriseperiod p WHERE p.reporting_area_id = NEW.id) THEN
        RAISE EXCEPTION '有企业以它为统计辖区，只能是乡镇、街道或园区'
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM enterprises_enterpriseclassification c WHERE c.area_id = NEW.id) THEN
        RAISE EXCEPTION '已有企业归入这里，不能改变类别' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enterprises_area_keeps_kind
    BEFORE UPDATE OF kind ON organizations_area FOR EACH ROW
    WHEN (OLD.kind IS DISTINCT FROM NEW.kind)
    EXECUTE FUNCTION enterprises_area_keeps_kind();
"""
ALLOW = """
DROP TRIGGER enterprises_area_keeps_kind ON organizations_area;
DROP FUNCTION enterprises_area_keeps_kind();
DROP TRIGGER enterprises_classified_by_area ON enterprises_enterpriseclassification;
DROP FUNCTION enterprises_classified_by_area();
DROP TRIGGER enterprises_period_area_updated ON enterprises_enterpriseperiod;
DROP TRIGGER enterprises_period_area_inserted ON enterprises_enterpriseperiod;
DROP FUNCTION enterprises_reports_under_area();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enterprises", "0002_search_indexes")]
    operations: ClassVar = [
        migrations.RunSQL(REFUSE, ALLOW),
    ]
