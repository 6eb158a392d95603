"""A code of ours on a row that is otherwise a stranger: asked about, never adopted by itself."""

from typing import Any

from enterprises.census.issues import Code
from enterprises.census.statements import run

_IDENTITY = "ARRAY['name', 'registered_address', 'legal_representative']::varchar[]"
_ASK = f"""
WITH doubtful AS (
    UPDATE enterprises_rowoutcome o SET
        changed = ARRAY(SELECT f FROM unnest(o.changed) f WHERE f <> ALL ({_IDENTITY})),
        asked = o.asked || ARRAY(SELECT f FROM unnest(o.changed) f WHERE f = ANY ({_IDENTITY}))
    FROM enterprises_stagedrow s, enterprises_enterprise e
    WHERE o.batch_id = %(batch)s AND o.bucket = 'changed' AND o.basis <> 'officer'
      AND o.changed || o.asked @> {_IDENTITY}
      AND s.id = o.row_id AND e.id = o.enterprise_id AND s.name_key <> e.name_key
      AND e.registered_address <> '' AND e.legal_representative <> ''
    RETURNING s.sheet, s.row_number
)
INSERT INTO enterprises_censusissue
    (batch_id, sheet, row_number, field, "column", code, severity, value, other_row)
SELECT %(batch)s, sheet, row_number, 'uscc', '', '{Code.IDENTITY_DOUBTFUL}', 'warning', '', NULL
FROM doubtful
"""


def ask_about_strangers(params: dict[str, Any]) -> dict[str, int]:
    """Put name, address and representative to the officer where none agrees; how many rows.

    The outcomes of the batch stand already; a name that differs in spelling alone agrees.
    """
    return {Code.IDENTITY_DOUBTFUL: run(_ASK, params)}
