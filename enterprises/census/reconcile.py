"""Puts every row into its bucket and every enterprise that was not seen beside them.

One transaction, done anew as often as needed: it depends on the staged rows, the decisions and the
register alone, and writes nothing but outcomes.
"""

from collections import Counter
from time import perf_counter
from typing import Any

from django.db import transaction

from enterprises.census import matching
from enterprises.census.doubtful import ask_about_strangers
from enterprises.census.facts import ASKED, CHANGED, ONLY_MORE
from enterprises.census.issues import Code
from enterprises.census.shortness import NONE_MISSING, expected
from enterprises.census.statements import large_statements, rows, run
from enterprises.models import Bucket, CensusBatch, CensusIssue, RowOutcome
from enterprises.names import alike, core_of, name_key

LOOKED_AT = 5_000  # rows beyond which only equal names are compared
LOOKED_AMONG = 60_000

_LAST = """
CREATE TEMPORARY TABLE census_last ON COMMIT DROP AS
SELECT DISTINCT ON (enterprise_id) enterprise_id, row_id, digest, reference_date
FROM enterprises_sourcerecord
WHERE county_id = %(county)s AND source = %(source)s AND reference_date <= %(day)s
ORDER BY enterprise_id, reference_date DESC, id DESC
"""
_OUTCOME = """
INSERT INTO enterprises_rowoutcome
    (batch_id, row_id, bucket, enterprise_id, enterprise_version, basis, repeated, candidates,
     changed, asked)
"""
_SAME = f"""
{_OUTCOME}
SELECT %(batch)s, m.row_id, 'same', m.enterprise_id, NULL, m.basis, TRUE, '{{}}', '{{}}', '{{}}'
FROM census_match m
JOIN census_last l ON l.enterprise_id = m.enterprise_id AND l.digest = m.digest
WHERE m.basis <> 'officer'
ORDER BY m.row_id
"""
# With statistics of its own, because the planner cannot guess how few rows differ.
_DIFFERS = """
CREATE TEMPORARY TABLE census_differs ON COMMIT DROP AS
SELECT m.row_id, m.enterprise_id, m.basis, l.row_id AS last_row_id, l.reference_date
FROM census_match m LEFT JOIN census_last l ON l.enterprise_id = m.enterprise_id
WHERE l.digest IS DISTINCT FROM m.digest;
ANALYZE census_differs
"""
_DIFFERENT = f"""
{_OUTCOME}
SELECT %(batch)s, row_id,
       CASE WHEN asked = '{{}}' AND (changed = '{{}}' OR (changed = '{{extra}}' AND only_more))
            THEN 'same' ELSE 'changed' END,
       enterprise_id, version, basis, FALSE, '{{}}', changed, asked
FROM (
    SELECT m.row_id, e.id AS enterprise_id, e.version, m.basis,
           {CHANGED} AS changed, {ASKED} AS asked, {ONLY_MORE} AS only_more
    FROM census_differs m
    CROSS JOIN (SELECT %(fresh)s::boolean AS fresh, %(day)s::date AS day) b
    JOIN enterprises_stagedrow s ON s.id = m.row_id
    JOIN enterprises_enterprise e ON e.id = m.enterprise_id
    LEFT JOIN enterprises_stagedrow l ON l.id = m.last_row_id
    LEFT JOIN enterprises_enterpriseyear y
        ON y.enterprise_id = e.id AND y.reference_date = b.day
    LEFT JOIN LATERAL (
        SELECT * FROM enterprises_enterpriseyear
        WHERE enterprise_id = e.id AND reference_date < b.day
        ORDER BY reference_date DESC LIMIT 1
    ) p ON TRUE
) found ORDER BY row_id
"""
_ERRORS = f"""
{_OUTCOME}
SELECT %(batch)s, s.id, 'error', NULL, NULL, '', FALSE, '{{}}', '{{}}', '{{}}'
FROM enterprises_stagedrow s
WHERE s.batch_id = %(batch)s AND NOT ({matching.ELIGIBLE})
ORDER BY s.id
"""
_REFUSED = f"""
WITH refused AS ({{found}}), told AS (
    INSERT INTO enterprises_censusissue
        (batch_id, sheet, row_number, field, "column", code, severity, value, other_row)
    SELECT %(batch)s, sheet, row_number, 'uscc', '', '{{code}}', 'error', '', NULL FROM refused
), gone AS (
    DELETE FROM census_rest WHERE id IN (SELECT id FROM refused)
), unmatched AS (
    DELETE FROM census_match WHERE row_id IN (SELECT id FROM refused)
)
{_OUTCOME}
SELECT %(batch)s, id, 'error', NULL, NULL, '{{code}}', FALSE, '{{{{}}}}', '{{{{}}}}', '{{{{}}}}'
FROM refused ORDER BY id
"""
_IN_OTHER_COUNTY = """
    SELECT r.id, r.sheet, r.row_number FROM census_rest r
    JOIN enterprises_enterprise e ON e.uscc = r.uscc AND e.county_id <> %(county)s
"""
_IN_OTHER_AREA = """
    SELECT s.id, s.sheet, s.row_number FROM census_match m
    JOIN enterprises_enterprise e ON e.id = m.enterprise_id
    JOIN enterprises_stagedrow s ON s.id = m.row_id
    WHERE e.reporting_area_id <> %(area)s
"""
_NEW_OR_ALIKE = f"""
{_OUTCOME}
SELECT %(batch)s, r.id, CASE WHEN a.candidates IS NULL THEN 'new' ELSE 'possible_match' END,
       NULL, NULL, COALESCE(a.basis, ''), FALSE, COALESCE(a.candidates, '{{}}'), '{{}}', '{{}}'
FROM census_rest r LEFT JOIN census_alike a ON a.row_id = r.id
ORDER BY r.id
"""
_NOT_SEEN = f"""
{_OUTCOME}
SELECT %(batch)s, NULL, 'not_seen', e.id, e.version, '', FALSE, '{{}}', '{{}}', '{{}}'
FROM census_last l JOIN enterprises_enterprise e ON e.id = l.enterprise_id
WHERE NOT EXISTS (SELECT 1 FROM census_match m WHERE m.enterprise_id = e.id)
  AND (%(area)s::bigint IS NULL OR e.reporting_area_id = %(area)s)
ORDER BY e.id
"""
# What a township's own list may be compared with: its enterprises and those nobody has claimed.
_WITHIN = "(%(area)s::bigint IS NULL OR COALESCE(e.reporting_area_id, %(area)s) = %(area)s)"
# Candidates: enterprises that no row of this list is, for rows that are no enterprise yet.
_EQUAL = f"""
INSERT INTO census_alike
SELECT r.id, 'equal', (array_agg(e.id ORDER BY e.id))[1:3]
FROM census_rest r
JOIN enterprises_enterprise e ON e.county_id = %(county)s AND (e.name_key = r.name_key)
WHERE r.name_key <> '' AND e.successor_id IS NULL AND {_WITHIN}
  AND NOT EXISTS (SELECT 1 FROM census_match m WHERE m.enterprise_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM enterprises_rowdecision d WHERE d.batch_id = %(batch)s
                  AND d.row_id = r.id AND d.choice = 'separate')
GROUP BY r.id
"""
_NUMBER = f"""
INSERT INTO census_alike
SELECT r.id, 'number', (array_agg(e.id ORDER BY e.id))[1:3]
FROM census_rest r
JOIN enterprises_enterprise e ON e.county_id = %(county)s AND e.{{column}} = r.{{column}}
WHERE r.{{column}} <> '' AND e.successor_id IS NULL AND {_WITHIN}
  AND NOT EXISTS (SELECT 1 FROM census_match m WHERE m.enterprise_id = e.id)
  AND NOT EXISTS (SELECT 1 FROM enterprises_rowdecision d WHERE d.batch_id = %(batch)s
                  AND d.row_id = r.id AND d.choice = 'separate')
GROUP BY r.id ON CONFLICT DO NOTHING
"""
# A former code of an enterprise that has a row of its own: two rows that may be one.
_FORMER = """
INSERT INTO census_alike
SELECT DISTINCT ON (r.id) r.id, 'former', ARRAY[h.enterprise_id]
FROM census_rest r
JOIN enterprises_namehistory h ON h.what = 'uscc' AND h.value = r.uscc
JOIN enterprises_enterprise e ON e.id = h.enterprise_id AND e.county_id = %(county)s
WHERE NOT EXISTS (SELECT 1 FROM enterprises_rowdecision d WHERE d.batch_id = %(batch)s
                  AND d.row_id = r.id AND d.choice = 'separate')
ORDER BY r.id, h.id DESC ON CONFLICT DO NOTHING
"""
_WANTED = """
SELECT r.id, r.name_key FROM census_rest r
WHERE r.name_key <> '' AND NOT EXISTS (SELECT 1 FROM census_alike a WHERE a.row_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM enterprises_rowdecision d WHERE d.batch_id = %(batch)s
                  AND d.row_id = r.id AND d.choice = 'separate')
LIMIT %(limit)s
"""
_KNOWN = f"""
SELECT e.id, e.name_key FROM enterprises_enterprise e
WHERE e.county_id = %(county)s AND e.successor_id IS NULL AND {_WITHIN}
  AND NOT EXISTS (SELECT 1 FROM census_match m WHERE m.enterprise_id = e.id)
LIMIT %(limit)s
"""


def reconcile(batch: CensusBatch) -> None:
    """Fill the outcomes of the batch and count its buckets."""
    started = perf_counter()
    with transaction.atomic():
        large_statements()
        params = _params(batch)
        RowOutcome.objects.filter(batch=batch)._raw_delete("default")
        CensusIssue.objects.filter(
            batch=batch, code__in=[Code.OTHER_COUNTY, Code.OUT_OF_SCOPE, Code.IDENTITY_DOUBTFUL]
        ).delete()
        matching.match(run, params)
        run(_LAST, params)
        refused = run(_REFUSED.format(found=_IN_OTHER_COUNTY, code=Code.OTHER_COUNTY), params)
        batch.issue_counts = dict(batch.issue_counts) | {Code.OTHER_COUNTY: refused}
        if batch.area_id:
            refused = run(_REFUSED.format(found=_IN_OTHER_AREA, code=Code.OUT_OF_SCOPE), params)
            batch.issue_counts |= {Code.OUT_OF_SCOPE: refused}
        run(_SAME, params)
        run(_DIFFERS)
        run(_DIFFERENT, params)
        batch.issue_counts |= ask_about_strangers(params)
        run(_ERRORS, params)
        _find_alike(batch, params)
        run(_NEW_OR_ALIKE, params)
        absent = 0 if batch.is_partial else run(_NOT_SEEN, params)
        batch.counts = {**batch.counts, **(expected(params) if absent else NONE_MISSING)}
        run(
            "DROP TABLE census_row, census_match, census_rest, census_last, census_differs,"
            " census_alike"
        )
        batch.buckets = count_buckets(batch)
        batch.register_mark = register_mark(batch)
        batch.needs_reconcile = False
        batch.seconds = {**batch.seconds, "reconcile": round(perf_counter() - started, 3)}
        batch.save()


def _params(batch: CensusBatch) -> dict[str, Any]:
    day = batch.round.reference_date
    later = rows(
        "SELECT 1 FROM enterprises_sourcerecord WHERE county_id = %(county)s"
        " AND source = %(source)s AND reference_date > %(day)s LIMIT 1",
        {"county": batch.round.county_id, "source": batch.source, "day": day},
    )
    return {
        "batch": batch.pk,
        "county": batch.round.county_id,
        "source": batch.source,
        "day": day,
        "area": batch.area_id,
        "fresh": not later,
    }


def _find_alike(batch: CensusBatch, params: dict[str, Any]) -> None:
    run(
        "CREATE TEMPORARY TABLE census_alike"
        " (row_id bigint PRIMARY KEY, basis varchar(30), candidates bigint[]) ON COMMIT DROP"
    )
    if not rows("SELECT 1 FROM census_rest LIMIT 1"):
        return
    run(_EQUAL, params)
    for column in ("organization_code", "registration_number"):
        run(_NUMBER.format(column=column), params)
    run(_FORMER, params)
    wanted = dict(rows(_WANTED, {**params, "limit": LOOKED_AT + 1}))
    known = dict(rows(_KNOWN, {**params, "limit": LOOKED_AMONG + 1})) if wanted else {}
    skipped = len(wanted) > LOOKED_AT or len(known) > LOOKED_AMONG
    batch.counts = {**batch.counts, "similar_names_skipped": bool(known) and skipped}
    if skipped or not known:
        return
    places = _places(batch)
    found = alike(
        {row: core_of(key, places) for row, key in wanted.items()},
        {enterprise: core_of(key, places) for enterprise, key in known.items()},
    )
    for row, candidates in found:
        run(
            "INSERT INTO census_alike VALUES (%(row)s, 'similar', %(candidates)s)",
            {"row": row, "candidates": candidates},
        )


def _places(batch: CensusBatch) -> list[str]:
    """Words that begin many names of the county and tell nothing apart."""
    county = batch.round.county
    names = [county.name, *county.keywords]
    return [key.rstrip("省市县区") for key in map(name_key, names) if len(key) > 1]


def count_buckets(batch: CensusBatch) -> dict[str, int]:
    found = Counter(
        dict(
            rows(
                "SELECT bucket, count(*) FROM enterprises_rowoutcome"
                " WHERE batch_id = %(batch)s GROUP BY bucket",
                {"batch": batch.pk},
            )
        )
    )
    return {bucket: found[bucket] for bucket in Bucket.values}


def register_mark(batch: CensusBatch) -> str:
    """Differs whenever an enterprise of the county was added, removed or changed."""
    [(count, versions, last)] = rows(
        "SELECT count(*), COALESCE(sum(version), 0), COALESCE(max(id), 0)"
        " FROM enterprises_enterprise WHERE county_id = %(county)s",
        {"county": batch.round.county_id},
    )
    return f"{count}:{versions}:{last}"
