"""Which enterprise of the register each row is: by number first, never by its name alone.

Works on temporary tables of the reconciling transaction: census_row (rows that may be written),
census_match (row, enterprise, basis, digest of the row) and census_rest (rows not matched so far).
"""

from enterprises.census.statements import Run

OFFICER = "officer"
ELIGIBLE = """s.batch_id = %(batch)s AND (s.fault = '' OR (s.fault = 'confirmable' AND EXISTS (
    SELECT 1 FROM enterprises_rowdecision d
    WHERE d.batch_id = %(batch)s AND d.row_id = s.id AND d.choice = 'confirm')))"""

# Analyzed, because nothing is known yet of a batch that was loaded a moment ago.
_ROWS = f"""
CREATE TEMPORARY TABLE census_row ON COMMIT DROP AS
SELECT s.id, s.sheet, s.row_number, s.uscc, s.organization_code, s.registration_number, s.name_key,
       s.legal_representative, s.digest
FROM enterprises_stagedrow s
WHERE {ELIGIBLE};
ANALYZE census_row (id, uscc)
"""
# A code stands in the register and in the list but once; an officer's word comes second.
_BY_USCC = f"""
CREATE TEMPORARY TABLE census_match ON COMMIT DROP AS
WITH coded AS MATERIALIZED (
    SELECT r.id AS row_id, e.id AS enterprise_id, 'uscc'::varchar(30) AS basis, r.digest
    FROM census_row r
    JOIN enterprises_enterprise e ON e.uscc = r.uscc AND e.county_id = %(county)s
)
SELECT * FROM coded
UNION ALL (
    SELECT DISTINCT ON (d.enterprise_id) d.row_id, d.enterprise_id, '{OFFICER}', s.digest
    FROM enterprises_rowdecision d
    JOIN enterprises_stagedrow s ON s.id = d.row_id
    WHERE d.batch_id = %(batch)s AND d.choice = 'same_as'
      AND NOT EXISTS (SELECT 1 FROM coded c
                      WHERE c.row_id = d.row_id OR c.enterprise_id = d.enterprise_id)
    ORDER BY d.enterprise_id, d.id DESC
)
"""
_REST = """
CREATE TEMPORARY TABLE census_rest ON COMMIT DROP AS
SELECT * FROM census_row r WHERE NOT EXISTS (SELECT 1 FROM census_match m WHERE m.row_id = r.id)
"""
_FREE = """
    e.successor_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM census_match m WHERE m.row_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM census_match m WHERE m.enterprise_id = e.id)
"""
# Two different unified codes are two registrations unless the name is the same as well.
_ONE_CODE = "(e.uscc IS NULL OR r.uscc IS NULL OR e.name_key = r.name_key)"
_FORMER = """
INSERT INTO census_match
SELECT DISTINCT ON (r.id) r.id, e.id, '{basis}', r.digest
FROM census_rest r
JOIN enterprises_namehistory h ON h.what = '{what}' AND h.value = r.{column}
JOIN enterprises_enterprise e ON e.id = h.enterprise_id AND e.county_id = %(county)s
WHERE r.{column} <> '' AND {free}
ORDER BY r.id, e.id ON CONFLICT DO NOTHING
"""
_BY_NUMBER = """
INSERT INTO census_match
SELECT DISTINCT ON (r.id) r.id, e.id, '{column}', r.digest
FROM census_rest r
JOIN enterprises_enterprise e ON e.{column} = r.{column} AND e.county_id = %(county)s
WHERE r.{column} <> '' AND {one_code} AND {free}
ORDER BY r.id, e.id ON CONFLICT DO NOTHING
"""
# One row, one enterprise, and no second candidate on either side.
_BY_NAME = """
INSERT INTO census_match
SELECT row_id, enterprise_id, 'name', digest FROM (
    SELECT r.id AS row_id, e.id AS enterprise_id, r.digest,
           count(*) OVER (PARTITION BY r.id) AS per_row,
           count(*) OVER (PARTITION BY e.id) AS per_one
    FROM census_rest r
    JOIN enterprises_enterprise e ON e.name_key = r.name_key AND e.county_id = %(county)s
        AND e.legal_representative = r.legal_representative
    WHERE r.name_key <> '' AND r.legal_representative <> ''
      AND (e.uscc IS NULL OR r.uscc IS NULL) AND {free}
) found WHERE per_row = 1 AND per_one = 1 ON CONFLICT DO NOTHING
"""


def match(run: Run, params: dict[str, object]) -> None:
    """Fill census_match and census_rest; rows left in the rest are new or possible matches."""
    run(_ROWS, params)
    run(_BY_USCC, params)
    if not run(_REST, params):
        return  # every row has its enterprise already
    run("ALTER TABLE census_match ADD PRIMARY KEY (row_id), ADD UNIQUE (enterprise_id)")
    run(_FORMER.format(basis="former_uscc", what="uscc", column="uscc", free=_FREE), params)
    for column in ("organization_code", "registration_number"):
        run(_BY_NUMBER.format(column=column, one_code=_ONE_CODE, free=_FREE), params)
    run(
        _FORMER.format(
            basis="registration_number",
            what="registration_number",
            column="registration_number",
            free=_FREE,
        ),
        params,
    )
    run(_BY_NAME.format(free=_FREE), params)
    run("DELETE FROM census_rest r USING census_match m WHERE m.row_id = r.id")
