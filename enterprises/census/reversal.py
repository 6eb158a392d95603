"""The statements of an undo: compare what a batch left behind with what stands there now."""

from enterprises.census.columns import MEASURES
from enterprises.census.facts import PERIOD_FIELDS, REGISTER_FACTS
from enterprises.models import Enterprise, EnterpriseYear

_COLUMNS = (
    *dict.fromkeys(column for fact in REGISTER_FACTS for column in fact.columns),
    "extra",
)


def _type_of(model: type, column: str) -> str:
    from django.db import connection

    field = model._meta.get_field(column.removesuffix("_id"))  # type: ignore[attr-defined]
    kind = field.db_type(connection)
    return str(kind).split("(", maxsplit=1)[0]


HANGS = """
UPDATE enterprises_registerchange c SET undone = 'impossible', note = %(note)s
WHERE c.batch_id = %(batch)s AND c.what = 'created' AND c.undone = ''
  AND EXISTS (SELECT 1 FROM {table} t WHERE t.{column} = c.enterprise_id)
"""
TOUCHED_SINCE = """
UPDATE enterprises_registerchange c
SET undone = 'kept',
    note = CASE WHEN e.version > 1 THEN '写入后又修改过，保留'
                ELSE '其他名单里也有这家企业，保留' END
FROM enterprises_enterprise e
WHERE c.batch_id = %(batch)s AND c.what = 'created' AND c.undone = '' AND e.id = c.enterprise_id
  AND (e.version > 1
       OR EXISTS (SELECT 1 FROM enterprises_sourcerecord r
                  WHERE r.enterprise_id = e.id AND r.batch_id <> %(batch)s)
       OR EXISTS (SELECT 1 FROM enterprises_enterpriseyear y
                  WHERE y.enterprise_id = e.id AND (y.batch_id IS DISTINCT FROM %(batch)s
                        OR y.seen_by <> ARRAY[%(source)s]::varchar[])))
"""
MARK_REMOVED = """
UPDATE enterprises_registerchange c SET undone = 'reversed'
WHERE c.batch_id = %(batch)s AND c.what = 'created' AND c.undone = ''
"""
_REMOVED = """
    SELECT c.enterprise_id FROM enterprises_registerchange c
    WHERE c.batch_id = %(batch)s AND c.what = 'created' AND c.undone = 'reversed'
"""
DELETE_OF_REMOVED = (
    "DELETE FROM enterprises_{table} t USING (" + _REMOVED + ") c"
    " WHERE t.enterprise_id = c.enterprise_id"
)
DELETE_REMOVED = (
    f"DELETE FROM enterprises_enterprise e USING ({_REMOVED}) c WHERE e.id = c.enterprise_id"
)

# A column is reversed only while it still holds what the batch wrote.
_STILL = {
    column: f"c.after ? '{column}' AND to_jsonb(e.{column}) IS NOT DISTINCT FROM"
    f" NULLIF(c.after -> '{column}', 'null'::jsonb)"
    for column in _COLUMNS
}
_STILL["uscc"] += (
    " AND NOT EXISTS (SELECT 1 FROM enterprises_enterprise o"
    " WHERE o.uscc = c.before ->> 'uscc' AND o.id <> e.id)"
)
_REVERSED = ", ".join(f"CASE WHEN {sql} THEN '{column}' END" for column, sql in _STILL.items())
COMPARE = f"""
CREATE TEMPORARY TABLE census_reversal ON COMMIT DROP AS
SELECT c.id AS change_id, c.enterprise_id, c.before,
       array_remove(ARRAY[{_REVERSED}]::text[], NULL) AS columns,
       ARRAY(SELECT jsonb_object_keys(c.after)) AS written
FROM enterprises_registerchange c JOIN enterprises_enterprise e ON e.id = c.enterprise_id
WHERE c.batch_id = %(batch)s AND c.what = 'changed' AND c.undone = ''
"""


def _restored(column: str) -> str:
    kind = _type_of(Enterprise, column)
    value = f"r.before -> '{column}'" if kind == "jsonb" else f"(r.before ->> '{column}')::{kind}"
    return f"{column} = CASE WHEN '{column}' = ANY (r.columns) THEN {value} ELSE e.{column} END"


REVERSE_REGISTER = f"""
UPDATE enterprises_enterprise e SET
    {", ".join(_restored(column) for column in _COLUMNS)},
    unclaimed_since = CASE WHEN 'reporting_area_id' = ANY (r.columns)
                                AND r.before ->> 'reporting_area_id' IS NULL
                                AND NOT e.outside_county THEN %(today)s::date
                           ELSE e.unclaimed_since END,
    version = e.version + 1,
    updated_at = now()
FROM census_reversal r WHERE e.id = r.enterprise_id AND r.columns <> '{{}}'
"""
RENAMED = """
SELECT e.id, e.name FROM census_reversal r JOIN enterprises_enterprise e ON e.id = r.enterprise_id
WHERE 'name' = ANY (r.columns)
"""
REVERSE_KEYS = """
UPDATE enterprises_enterprise e
SET pinyin = k.pinyin, initials = k.initials, bigrams = k.bigrams
FROM census_keys k WHERE e.id = k.row_id
"""
MARK_CHANGED = """
UPDATE enterprises_registerchange c
SET undone = CASE WHEN r.columns @> r.written THEN 'reversed' ELSE 'kept' END,
    note = CASE WHEN r.columns @> r.written THEN '' ELSE '后来又改过，保留新值' END
FROM census_reversal r WHERE c.id = r.change_id
"""
DROP_NAMES = """
DELETE FROM enterprises_namehistory h USING census_reversal r
WHERE h.batch_id = %(batch)s AND h.enterprise_id = r.enterprise_id AND h.what = ANY (r.columns)
"""

_SAME_AS_REGISTER = (
    f"({', '.join(f'q.{field}' for field in PERIOD_FIELDS)})"
    f" IS NOT DISTINCT FROM ({', '.join(f'e.{field}' for field in PERIOD_FIELDS)})"
)
PERIODS = (
    # The batch's own periods whose predecessor says again what the register says.
    f"""
CREATE TEMPORARY TABLE census_period ON COMMIT DROP AS
SELECT p.id, p.valid_to, q.id AS former_id
FROM enterprises_enterpriseperiod p
JOIN census_reversal r ON r.enterprise_id = p.enterprise_id
JOIN enterprises_enterprise e ON e.id = p.enterprise_id
LEFT JOIN enterprises_enterpriseperiod q
    ON q.enterprise_id = p.enterprise_id AND q.valid_to = p.valid_from
WHERE p.batch_id = %(batch)s AND (q.id IS NULL OR {_SAME_AS_REGISTER})
""",
    "DELETE FROM enterprises_enterpriseperiod p USING census_period t WHERE p.id = t.id",
    """
UPDATE enterprises_enterpriseperiod q SET valid_to = t.valid_to
FROM census_period t WHERE q.id = t.former_id
""",
    f"""
UPDATE enterprises_enterpriseperiod p
SET {
        ", ".join(
            f"{field} = (c.before ->> '{field}')" + ("::bigint" if field.endswith("_id") else "")
            for field in PERIOD_FIELDS
        )
    }
FROM enterprises_registerchange c JOIN enterprises_enterprise e ON e.id = c.enterprise_id
WHERE c.batch_id = %(batch)s AND c.what = 'period' AND p.id = (c.before ->> 'id')::bigint
  AND ({", ".join(f"e.{field}::text" for field in PERIOD_FIELDS)})
      IS NOT DISTINCT FROM ({", ".join(f"c.before ->> '{field}'" for field in PERIOD_FIELDS)})
""",
)

_MEASURES_BACK = ", ".join(
    f"{measure} = CASE WHEN to_jsonb(y.{measure}) IS NOT DISTINCT FROM"
    f" NULLIF(c.after -> '{measure}', 'null'::jsonb)"
    f" THEN (c.before ->> '{measure}')::{_type_of(EnterpriseYear, measure)} ELSE y.{measure} END"
    for measure in MEASURES
)
YEARS = (
    # Records that this batch made and nobody else has touched; an officer's edit clears batch_id.
    """
DELETE FROM enterprises_enterpriseyear y
WHERE y.batch_id = %(batch)s AND y.seen_by <@ ARRAY[%(source)s]::varchar[]
  AND y.not_seen_by <@ ARRAY[%(source)s]::varchar[]
  AND y.enterprise_id NOT IN (
      SELECT c.enterprise_id FROM enterprises_registerchange c
      WHERE c.batch_id = %(batch)s AND c.what = 'created' AND c.undone IN ('kept', 'impossible'))
""",
    """
UPDATE enterprises_enterpriseyear y
SET seen_by = array_remove(y.seen_by, %(source)s::varchar),
    not_seen_by = array_remove(y.not_seen_by, %(source)s::varchar)
WHERE y.batch_id = %(batch)s
""",
    f"""
UPDATE enterprises_enterpriseyear y SET
    {_MEASURES_BACK},
    in_base_list = CASE WHEN to_jsonb(y.in_base_list) = c.after -> 'in_base_list'
                        THEN (c.before ->> 'in_base_list')::boolean ELSE y.in_base_list END,
    exclusion_reason = CASE WHEN y.exclusion_reason = c.after ->> 'exclusion_reason'
                            THEN c.before ->> 'exclusion_reason' ELSE y.exclusion_reason END,
    seen_by = CASE WHEN c.before -> 'seen_by' ? %(source)s
                   THEN array_append(array_remove(y.seen_by, %(source)s::varchar),
                                     %(source)s::varchar)
                   ELSE array_remove(y.seen_by, %(source)s::varchar) END,
    not_seen_by = CASE WHEN c.before -> 'not_seen_by' ? %(source)s
                       THEN array_append(array_remove(y.not_seen_by, %(source)s::varchar),
                                         %(source)s::varchar)
                       ELSE array_remove(y.not_seen_by, %(source)s::varchar) END
FROM enterprises_registerchange c
WHERE c.batch_id = %(batch)s AND c.what = 'year' AND y.id = (c.before ->> 'id')::bigint
""",
    """
UPDATE enterprises_registerchange SET undone = 'reversed'
WHERE batch_id = %(batch)s AND undone = '' AND what IN ('year', 'period')
""",
)
