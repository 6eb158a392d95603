"""The statements of an apply: register, names, periods, yearly records and their history, in sets.

All work from census_plan (row, enterprise, is_new, fields adopted), a temporary table of the
applying transaction.
"""

from enterprises.census.columns import MEASURES
from enterprises.census.facts import PERIOD_FIELDS, REGISTER_FACTS, YEAR_FACTS

_REGISTER_FIELDS = (*(fact.field for fact in REGISTER_FACTS), "extra")
# Which fields bring each column: a new unified code brings its organization code.
_FIELDS_OF: dict[str, list[str]] = {}
for _fact in REGISTER_FACTS:
    for _column in _fact.columns:
        _FIELDS_OF.setdefault(_column, []).append(_fact.field)
_COLUMNS = tuple(_FIELDS_OF)
_REGISTER_ARRAY = "ARRAY[{}]::varchar[]".format(", ".join(f"'{f}'" for f in _REGISTER_FIELDS))
_MEASURE_ARRAY = "ARRAY[{}]::varchar[]".format(", ".join(f"'{m}'" for m in MEASURES))
_PERIOD_ARRAY = "ARRAY[{}]::varchar[]".format(", ".join(f"'{f}'" for f in PERIOD_FIELDS))

# Undecided rows are not written; a decision counts only for the version it was taken on.
PLAN = """
CREATE TEMPORARY TABLE census_plan ON COMMIT DROP AS
WITH decided AS (
    SELECT d.row_id,
           COALESCE(array_agg(d.field) FILTER (WHERE d.choice = 'adopt'), '{}') AS adopt,
           COALESCE(array_agg(d.field) FILTER (WHERE d.choice = 'keep'), '{}') AS keep,
           COALESCE(bool_or(d.choice = 'later'), FALSE) AS later,
           COALESCE(bool_or(d.choice = 'include'), FALSE) AS include,
           COALESCE(bool_or(d.choice = 'exclude'), FALSE) AS exclude
    FROM enterprises_rowdecision d
    JOIN enterprises_rowoutcome o ON o.batch_id = d.batch_id AND o.row_id = d.row_id
    WHERE d.batch_id = %(batch)s
      AND d.enterprise_version IS NOT DISTINCT FROM o.enterprise_version
    GROUP BY d.row_id
), weighed AS (
    SELECT o.row_id, o.enterprise_id, o.enterprise_version, o.bucket, o.repeated, o.changed,
           o.asked,
           COALESCE(d.adopt, '{}') AS adopt, COALESCE(d.keep, '{}') AS keep,
           COALESCE(d.later, FALSE) AS later, COALESCE(d.include, FALSE) AS include,
           COALESCE(d.exclude, FALSE) AS exclude
    FROM enterprises_rowoutcome o LEFT JOIN decided d ON d.row_id = o.row_id
    WHERE o.batch_id = %(batch)s AND o.bucket IN ('new', 'changed', 'same')
)
SELECT row_id, bucket = 'new' AS is_new, repeated, include, exclude, enterprise_version,
       CASE WHEN bucket = 'new' THEN nextval('enterprises_enterprise_id_seq')
            ELSE enterprise_id END AS enterprise_id,
       ARRAY(SELECT f FROM unnest(changed) f WHERE f <> ALL (keep) AND '' <> ALL (keep))
       || ARRAY(SELECT f FROM unnest(asked) f
                WHERE f = ANY (adopt) OR ('' = ANY (adopt) AND f <> ALL (keep))) AS fields,
       later OR EXISTS (
           SELECT 1 FROM unnest(asked) f
           WHERE NOT ('' = ANY (adopt || keep) OR f = ANY (adopt || keep))
       ) AS waits
FROM weighed
ORDER BY row_id
"""
WAITING = """
SELECT s.sheet, s.row_number, s.name
FROM census_plan p JOIN enterprises_stagedrow s ON s.id = p.row_id
WHERE p.waits ORDER BY p.row_id LIMIT %(limit)s
"""
DROP_WAITING = "DELETE FROM census_plan WHERE waits"
SETTLE_PLAN = """
ALTER TABLE census_plan ADD PRIMARY KEY (enterprise_id);
ANALYZE census_plan (row_id, enterprise_id, is_new, repeated)
"""

# Whoever edits one of them now waits; whoever did so since the comparison is noticed.
HOLD_CHANGED = """
SELECT p.enterprise_version, e.version
FROM census_plan p JOIN enterprises_enterprise e ON e.id = p.enterprise_id
WHERE NOT p.is_new AND cardinality(p.fields) > 0
ORDER BY e.id FOR UPDATE OF e
"""
NEEDS_KEYS = """
SELECT s.id, s.name FROM census_plan p JOIN enterprises_stagedrow s ON s.id = p.row_id
WHERE p.is_new OR 'name' = ANY (p.fields)
"""

_OWN = [column for column in _COLUMNS if column != "operating_status"]
# What no sign gives to another area belongs to the township whose own list it stands in.
_OWN_AREA = {
    "reporting_area_id": "COALESCE(s.reporting_area_id, %(area)s::bigint)",
    "area_reason": "CASE WHEN s.reporting_area_id IS NULL AND %(area)s::bigint IS NOT NULL"
    " THEN '本辖区填报' ELSE s.area_reason END",
}
_VALUES = ", ".join(_OWN_AREA.get(column, f"s.{column}") for column in _OWN)
_OUTSIDE = "(s.outside_county AND %(area)s::bigint IS NULL)"
INSERT_NEW = f"""
INSERT INTO enterprises_enterprise
    (id, county_id, {", ".join(_OWN)}, operating_status, extra, pinyin, initials, bigrams,
     ownership_confirmed, area_confirmed, outside_county, unclaimed_since, version,
     created_at, updated_at)
SELECT p.enterprise_id, %(county)s, {_VALUES},
       COALESCE(NULLIF(s.operating_status, ''), 'in_operation'), s.extra, k.pinyin, k.initials,
       k.bigrams, FALSE, FALSE, {_OUTSIDE},
       CASE WHEN {_OWN_AREA["reporting_area_id"]} IS NULL AND NOT {_OUTSIDE}
            THEN %(today)s::date END, 1, now(), now()
FROM census_plan p
JOIN enterprises_stagedrow s ON s.id = p.row_id
JOIN census_keys k ON k.row_id = p.row_id
WHERE p.is_new
"""
NEW_HISTORY = """
INSERT INTO enterprises_registerchange (batch_id, enterprise_id, row_id, what, after, undone, note)
SELECT %(batch)s, p.enterprise_id, p.row_id, 'created',
       jsonb_build_object('name', s.name, 'uscc', s.uscc), '', ''
FROM census_plan p JOIN enterprises_stagedrow s ON s.id = p.row_id WHERE p.is_new
"""
NEW_PERIODS = """
INSERT INTO enterprises_enterpriseperiod
    (enterprise_id, valid_from, valid_to, operating_status, unit_kind, ownership,
     reporting_area_id, source, reason, batch_id)
SELECT e.id, %(day)s, NULL, e.operating_status, e.unit_kind, e.ownership, e.reporting_area_id,
       %(source)s, '新增入库', %(batch)s
FROM census_plan p JOIN enterprises_enterprise e ON e.id = p.enterprise_id WHERE p.is_new
"""


def _object(alias: str, columns: tuple[str, ...]) -> str:
    pairs = ", ".join(f"'{column}', {alias}.{column}" for column in columns)
    return f"jsonb_build_object({pairs})"


def _adopted(column: str) -> str:
    """Whether the plan adopts the column's new value."""
    fields = ", ".join(f"'{field}'" for field in _FIELDS_OF.get(column, [column]))
    return f"p.fields && ARRAY[{fields}]::varchar[]"


_KEPT_KEYS = "array_remove(ARRAY[{}]::text[], NULL)".format(
    ", ".join(
        f"CASE WHEN NOT ({_adopted(column)}) THEN '{column}' END" for column in (*_COLUMNS, "extra")
    )
)
CHANGE_HISTORY = f"""
INSERT INTO enterprises_registerchange
    (batch_id, enterprise_id, row_id, what, before, after, undone, note)
SELECT %(batch)s, e.id, p.row_id, 'changed',
       {_object("e", (*_COLUMNS, "extra"))} - {_KEPT_KEYS},
       ({_object("s", _COLUMNS)} || jsonb_build_object('extra', e.extra || s.extra)) - {_KEPT_KEYS},
       '', ''
FROM census_plan p
JOIN enterprises_enterprise e ON e.id = p.enterprise_id
JOIN enterprises_stagedrow s ON s.id = p.row_id
WHERE NOT p.is_new AND p.fields && {_REGISTER_ARRAY}
"""


# Enterprises and facts that the review called changed; columns kept as they are do not count.
CHANGED = """
SELECT count(*), COALESCE(sum(cardinality(array_remove(fields, 'extra'))), 0)
FROM census_plan
WHERE NOT is_new AND cardinality(array_remove(fields, 'extra')) > 0
"""


def _former(what: str) -> str:
    return f"""
INSERT INTO enterprises_namehistory
    (enterprise_id, what, value, valid_from, valid_to, reason, batch_id)
SELECT e.id, '{what}', e.{what},
       LEAST(COALESCE(
           (SELECT max(h.valid_to) FROM enterprises_namehistory h
            WHERE h.enterprise_id = e.id AND h.what = '{what}'),
           e.established_on, %(day)s::date - 1), %(day)s::date - 1),
       %(day)s, '普查导入', %(batch)s
FROM census_plan p
JOIN enterprises_enterprise e ON e.id = p.enterprise_id
JOIN enterprises_stagedrow s ON s.id = p.row_id
WHERE NOT p.is_new AND '{what}' = ANY (p.fields) AND e.{what} <> '' AND e.{what} <> s.{what}
"""


FORMER = tuple(_former(what) for what in ("name", "uscc", "registration_number"))
_ASSIGNED = ",\n    ".join(
    f"{column} = CASE WHEN {_adopted(column)} THEN s.{column} ELSE e.{column} END"
    for column in _COLUMNS
)
UPDATE_CHANGED = f"""
UPDATE enterprises_enterprise e SET
    {_ASSIGNED},
    extra = CASE WHEN 'extra' = ANY (p.fields) THEN e.extra || s.extra ELSE e.extra END,
    unclaimed_since = CASE WHEN 'reporting_area_id' = ANY (p.fields) THEN NULL
                           ELSE e.unclaimed_since END,
    outside_county = e.outside_county AND NOT 'reporting_area_id' = ANY (p.fields),
    pinyin = COALESCE(k.pinyin, e.pinyin),
    initials = COALESCE(k.initials, e.initials),
    bigrams = COALESCE(k.bigrams, e.bigrams),
    version = e.version + 1,
    updated_at = now()
FROM census_plan p
JOIN enterprises_stagedrow s ON s.id = p.row_id
LEFT JOIN census_keys k ON k.row_id = p.row_id
WHERE e.id = p.enterprise_id AND NOT p.is_new AND p.fields && {_REGISTER_ARRAY}
"""

# Absent enterprises that an officer has declared deregistered or moved away.
STATUS_HISTORY = """
INSERT INTO enterprises_registerchange
    (batch_id, enterprise_id, row_id, what, before, after, undone, note)
SELECT %(batch)s, e.id, NULL, 'changed',
       jsonb_build_object('operating_status', e.operating_status),
       jsonb_build_object('operating_status', d.choice), '', d.reason
FROM enterprises_rowdecision d JOIN enterprises_enterprise e ON e.id = d.absent_id
WHERE d.batch_id = %(batch)s AND d.choice IN ('deregistered', 'relocated')
  AND d.enterprise_version = e.version AND e.operating_status <> d.choice
"""
UPDATE_STATUS = """
UPDATE enterprises_enterprise e
SET operating_status = c.after ->> 'operating_status', version = e.version + 1, updated_at = now()
FROM enterprises_registerchange c
WHERE c.batch_id = %(batch)s AND c.row_id IS NULL AND c.what = 'changed' AND c.enterprise_id = e.id
"""

_MIRRORED = ", ".join(PERIOD_FIELDS)
SHIFTS = f"""
CREATE TEMPORARY TABLE census_shift ON COMMIT DROP AS
SELECT e.id AS enterprise_id, c.id AS period_id, c.valid_from, c.valid_to,
       {", ".join(f"e.{field}" for field in PERIOD_FIELDS)}
FROM (
    SELECT enterprise_id FROM census_plan WHERE NOT is_new AND fields && {_PERIOD_ARRAY}
    UNION
    SELECT enterprise_id FROM enterprises_registerchange
    WHERE batch_id = %(batch)s AND row_id IS NULL AND what = 'changed'
) affected
JOIN enterprises_enterprise e ON e.id = affected.enterprise_id
LEFT JOIN enterprises_enterpriseperiod c ON c.enterprise_id = e.id
    AND c.valid_from <= %(day)s AND (c.valid_to IS NULL OR c.valid_to > %(day)s)
WHERE ({", ".join(f"c.{field}" for field in PERIOD_FIELDS)})
      IS DISTINCT FROM ({", ".join(f"e.{field}" for field in PERIOD_FIELDS)})
"""
PERIOD_HISTORY = f"""
INSERT INTO enterprises_registerchange
    (batch_id, enterprise_id, row_id, what, before, after, undone, note)
SELECT %(batch)s, c.enterprise_id, NULL, 'period',
       {_object("c", PERIOD_FIELDS)} || jsonb_build_object('id', c.id),
       {_object("t", PERIOD_FIELDS)} || jsonb_build_object('id', c.id), '', ''
FROM census_shift t JOIN enterprises_enterpriseperiod c ON c.id = t.period_id
WHERE t.valid_from = %(day)s
"""
PERIODS_IN_PLACE = f"""
UPDATE enterprises_enterpriseperiod c
SET {", ".join(f"{field} = t.{field}" for field in PERIOD_FIELDS)}
FROM census_shift t WHERE c.id = t.period_id AND t.valid_from = %(day)s
"""
CUT_PERIODS = """
UPDATE enterprises_enterpriseperiod c SET valid_to = %(day)s
FROM census_shift t WHERE c.id = t.period_id AND t.valid_from < %(day)s
"""
ADD_PERIODS = f"""
INSERT INTO enterprises_enterpriseperiod
    (enterprise_id, valid_from, valid_to, {_MIRRORED}, source, reason, batch_id)
SELECT t.enterprise_id, %(day)s,
       COALESCE(t.valid_to, CASE WHEN t.period_id IS NULL THEN
           (SELECT min(n.valid_from) FROM enterprises_enterpriseperiod n
            WHERE n.enterprise_id = t.enterprise_id AND n.valid_from > %(day)s) END),
       {", ".join(f"t.{field}" for field in PERIOD_FIELDS)}, %(source)s, '普查导入', %(batch)s
FROM census_shift t WHERE t.period_id IS NULL OR t.valid_from < %(day)s
"""
PERIODS = (SHIFTS, PERIOD_HISTORY, PERIODS_IN_PLACE, CUT_PERIODS, ADD_PERIODS)
MEASURE_FIELDS = tuple(fact.field for fact in YEAR_FACTS)
