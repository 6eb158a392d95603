"""The three values of a fact (last list, this list, ours) as conditions of one SQL statement.

Aliases: `s` this list's row, `l` the row in which the source last said something new (all NULL when
it never did), `e` the register, `y` the yearly record of this date, `p` the one before it,
`m` the match with the date of `l`, `b` the batch's own switches (fresh: no later list of this
source was applied).
"""

from dataclasses import dataclass

from enterprises.census.columns import MEASURES, REGISTRY_FIELDS, is_text


@dataclass(frozen=True)
class Fact:
    """A field that is decided as one, with the columns that go with it."""

    field: str
    companions: tuple[str, ...] = ()
    unless: str = ""  # never touched where this holds
    unknown: str = ""  # a value of ours or of the list that means "not known"
    measured: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.field, *self.companions)

    def _empty(self, alias: str) -> str:
        if self.unknown:
            return f"{alias}.{self.field} IN ('', '{self.unknown}')"
        empty = "= ''" if is_text(self.field) else "IS NULL"
        return f"{alias}.{self.field} {empty}"

    def _differs(self, ours: str) -> str:
        said = f"NOT ({self._empty('s')}) AND s.{self.field} IS DISTINCT FROM {ours}"
        return f"{said} AND NOT ({self.unless})" if self.unless else said

    @property
    def applies(self) -> str:
        """The list changed and we did not, or we know nothing: adopted without a question."""
        if self.measured:
            ours = f"COALESCE(y.{self.field}, p.{self.field})"
            free = f"y.{self.field} IS NULL OR m.basis = 'officer' OR {self._unedited_measure}"
        else:
            ours = f"e.{self.field}"
            free = f"{self._empty('e')} OR m.basis = 'officer' OR {self._unedited}"
        return f"{self._differs(ours)} AND ({free})"

    @property
    def asks(self) -> str:
        """Both changed: an officer decides. Only we changed: ours stays, nothing is asked."""
        if self.measured:
            ours, filled = f"y.{self.field}", f"y.{self.field} IS NOT NULL"
            unedited = self._unedited_measure
            repeated = f"m.reference_date = b.day AND l.{self.field} = s.{self.field}"
        else:
            ours, filled = f"e.{self.field}", f"NOT ({self._empty('e')})"
            unedited = self._unedited
            repeated = f"l.id IS NOT NULL AND l.{self.field} IS NOT DISTINCT FROM s.{self.field}"
        return (
            f"{self._differs(ours)} AND {filled} AND m.basis <> 'officer'"
            f" AND ({unedited}) IS NOT TRUE AND ({repeated}) IS NOT TRUE"
        )

    @property
    def _unedited(self) -> str:
        same = f"l.{self.field} IS NOT DISTINCT FROM e.{self.field}"
        return f"(b.fresh AND l.id IS NOT NULL AND {same})"

    @property
    def _unedited_measure(self) -> str:
        return f"(m.reference_date = b.day AND l.{self.field} = y.{self.field})"


_COMPANIONS = {
    "name": ("name_key",),
    "uscc": ("organization_code",),
    "registered_capital": ("capital_currency",),
}
_FOLLOWERS = {"capital_currency"}
_UNLESS = {"organization_code": "s.uscc IS NOT NULL OR e.uscc IS NOT NULL"}

REGISTER_FACTS = (
    *(
        Fact(field, _COMPANIONS.get(field, ()), _UNLESS.get(field, ""))
        for field in REGISTRY_FIELDS
        if field not in _FOLLOWERS
    ),
    Fact("unit_kind"),
    Fact("ownership", ("ownership_reason",), "e.ownership_confirmed", "unknown"),
    Fact("reporting_area_id", ("area_reason",), "e.area_confirmed"),
)
YEAR_FACTS = tuple(Fact(field, measured=True) for field in MEASURES)
FACTS = (*REGISTER_FACTS, *YEAR_FACTS)
PERIOD_FIELDS = ("operating_status", "unit_kind", "ownership", "reporting_area_id")
# Columns that last year's list did not have are taken along; they are no change of a fact.
ONLY_MORE = "e.extra || s.extra = s.extra || e.extra"
EXTRA_APPLIES = "s.extra <> '{}'::jsonb AND NOT e.extra @> s.extra"


def listed(conditions: dict[str, str]) -> str:
    """A text[] expression of the fields whose condition holds."""
    cases = ", ".join(f"CASE WHEN {sql} THEN '{field}' END" for field, sql in conditions.items())
    return f"array_remove(ARRAY[{cases}]::varchar[], NULL)"


CHANGED = listed({fact.field: fact.applies for fact in FACTS} | {"extra": EXTRA_APPLIES})
ASKED = listed({fact.field: fact.asks for fact in FACTS})
