"""The statements that write yearly records: what was measured, which source saw whom, which not.

A new record carries the latest earlier one forward, so that a list without staff numbers does not
wipe them out and an officer's exclusion holds until somebody lifts it.
"""

from enterprises.census.columns import MEASURES

_OUTSIDE = "不在本县"
_EXCLUDED = "工作人员确定不纳入"
_EARLIER = """
LEFT JOIN LATERAL (
    SELECT * FROM enterprises_enterpriseyear
    WHERE enterprise_id = p.enterprise_id AND reference_date < %(day)s
    ORDER BY reference_date DESC LIMIT 1
) f ON TRUE
"""
_CARRIED = ", ".join(
    f"CASE WHEN p.is_new OR '{measure}' = ANY (p.fields) THEN s.{measure}"
    f" ELSE COALESCE(f.{measure}, s.{measure}) END"
    for measure in MEASURES
)
_COLUMNS = f"""
    (enterprise_id, reference_date, {", ".join(MEASURES)}, is_party_scale, in_base_list,
     exclusion_reason, reported, seen_by, not_seen_by, batch_id)
"""
INSERT_SEEN = f"""
INSERT INTO enterprises_enterpriseyear {_COLUMNS}
WITH p AS MATERIALIZED (
    SELECT * FROM census_plan c WHERE NOT EXISTS (
        SELECT 1 FROM enterprises_enterpriseyear y
        WHERE y.enterprise_id = c.enterprise_id AND y.reference_date = %(day)s)
)
SELECT p.enterprise_id, %(day)s, {_CARRIED}, f.is_party_scale,
       CASE WHEN p.exclude THEN FALSE WHEN p.include THEN TRUE
            ELSE COALESCE(f.in_base_list, NOT s.outside_county) END,
       CASE WHEN p.exclude THEN '{_EXCLUDED}' WHEN p.include THEN ''
            ELSE COALESCE(f.exclusion_reason,
                          CASE WHEN s.outside_county THEN '{_OUTSIDE}' ELSE '' END) END,
       COALESCE(f.reported, '{{}}'), ARRAY[%(source)s]::varchar[], '{{}}', %(batch)s
FROM p
JOIN enterprises_stagedrow s ON s.id = p.row_id
{_EARLIER}
ORDER BY p.enterprise_id
"""
_MEASURE_ARRAY = "ARRAY[{}]::varchar[]".format(", ".join(f"'{m}'" for m in MEASURES))
TOUCHED = f"""
CREATE TEMPORARY TABLE census_year ON COMMIT DROP AS
SELECT y.id AS year_id, p.enterprise_id, p.row_id, p.fields, p.include, p.exclude,
       to_jsonb(y) AS before
FROM census_plan p
JOIN enterprises_enterpriseyear y
    ON y.enterprise_id = p.enterprise_id AND y.reference_date = %(day)s
WHERE y.batch_id IS DISTINCT FROM %(batch)s
  AND (p.fields && {_MEASURE_ARRAY} OR NOT %(source)s = ANY (y.seen_by)
       OR %(source)s = ANY (y.not_seen_by)
       OR (p.include AND NOT y.in_base_list) OR (p.exclude AND y.in_base_list))
"""
_ASSIGNED = ",\n    ".join(
    f"{measure} = CASE WHEN '{measure}' = ANY (t.fields) THEN s.{measure} ELSE y.{measure} END"
    for measure in MEASURES
)
UPDATE_SEEN = f"""
UPDATE enterprises_enterpriseyear y SET
    {_ASSIGNED},
    in_base_list = CASE WHEN t.exclude THEN FALSE WHEN t.include THEN TRUE
                        ELSE y.in_base_list END,
    exclusion_reason = CASE WHEN t.exclude THEN '{_EXCLUDED}' WHEN t.include THEN ''
                            ELSE y.exclusion_reason END,
    seen_by = array_append(array_remove(y.seen_by, %(source)s::varchar), %(source)s::varchar),
    not_seen_by = array_remove(y.not_seen_by, %(source)s::varchar)
FROM census_year t JOIN enterprises_stagedrow s ON s.id = t.row_id
WHERE y.id = t.year_id
"""
_ABSENT = """
SELECT o.enterprise_id FROM enterprises_rowoutcome o
WHERE o.batch_id = %(batch)s AND o.bucket = 'not_seen' AND NOT EXISTS (
    SELECT 1 FROM enterprises_rowdecision d
    WHERE d.batch_id = %(batch)s AND d.absent_id = o.enterprise_id
      AND d.choice IN ('omitted', 'later'))
"""
INSERT_NOT_SEEN = f"""
INSERT INTO enterprises_enterpriseyear {_COLUMNS}
SELECT p.enterprise_id, %(day)s, {", ".join(f"f.{measure}" for measure in MEASURES)},
       f.is_party_scale, COALESCE(f.in_base_list, TRUE), COALESCE(f.exclusion_reason, ''),
       COALESCE(f.reported, '{{}}'), '{{}}', ARRAY[%(source)s]::varchar[], %(batch)s
FROM ({_ABSENT}) p
{_EARLIER}
WHERE NOT EXISTS (SELECT 1 FROM enterprises_enterpriseyear y
                  WHERE y.enterprise_id = p.enterprise_id AND y.reference_date = %(day)s)
ORDER BY p.enterprise_id
"""
TOUCH_NOT_SEEN = f"""
INSERT INTO census_year
SELECT y.id, y.enterprise_id, NULL, '{{}}', FALSE, FALSE, to_jsonb(y)
FROM ({_ABSENT}) p
JOIN enterprises_enterpriseyear y
    ON y.enterprise_id = p.enterprise_id AND y.reference_date = %(day)s
WHERE y.batch_id IS DISTINCT FROM %(batch)s AND NOT %(source)s = ANY (y.not_seen_by)
"""
UPDATE_NOT_SEEN = """
UPDATE enterprises_enterpriseyear y SET
    seen_by = array_remove(y.seen_by, %(source)s::varchar),
    not_seen_by = array_append(y.not_seen_by, %(source)s::varchar)
FROM census_year t WHERE y.id = t.year_id AND t.row_id IS NULL
"""
_KEPT = ("seen_by", "not_seen_by", "in_base_list", "exclusion_reason", *MEASURES)


def _pick(source: str) -> str:
    pairs = ", ".join(f"'{column}', {source} -> '{column}'" for column in _KEPT)
    return f"jsonb_build_object('id', t.year_id, {pairs})"


HISTORY = f"""
INSERT INTO enterprises_registerchange
    (batch_id, enterprise_id, row_id, what, before, after, undone, note)
SELECT %(batch)s, t.enterprise_id, t.row_id, 'year', {_pick("t.before")}, {_pick("to_jsonb(y)")},
       '', ''
FROM census_year t JOIN enterprises_enterpriseyear y ON y.id = t.year_id
"""
SOURCE_RECORDS = """
INSERT INTO enterprises_sourcerecord
    (county_id, source, enterprise_id, batch_id, row_id, reference_date, digest)
SELECT %(county)s, %(source)s, p.enterprise_id, %(batch)s, p.row_id, %(day)s, s.digest
FROM census_plan p JOIN enterprises_stagedrow s ON s.id = p.row_id
WHERE NOT p.repeated
ORDER BY p.enterprise_id
"""
