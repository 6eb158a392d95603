"""A filled register of any size by COPY: enterprises with search keys, periods, years, coverage."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction

from benchmarks.county import SINCE, found_county
from benchmarks.generate import FIRST, SECOND, SUFFIXES, TRADES
from core.identifiers import make_uscc, organisation_code_of
from core.pinyin import keys
from core.search import bigrams
from enterprises.models import Enterprise
from enterprises.names import name_key
from organizations.models import Area, OrganizationKind, PartyOrganization
from organizations.models.area import REPORTING_KINDS
from organizations.tree import plant

CHUNK = 20_000
PER_BRANCH = 50  # enterprises that one branch covers
# The commonest 3,755 characters, as GB 2312 lists them.
CHARACTERS = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA)
]
PLACES = ("怀宁", "怀宁", "怀宁县", "安庆", "安庆市", "安徽", "安徽省", "", "")
COLUMNS = (
    *("county_id", "uscc", "organization_code", "name", "name_key", "pinyin", "initials"),
    *("bigrams", "reporting_area_id", "operating_status", "unit_kind", "ownership"),
    *("legal_representative", "enterprise_type", "industry", "registered_address", "phone"),
    *("business_scope", "registration_number", "industry_code", "capital_currency"),
    *("business_address", "registration_authority", "ownership_reason", "area_reason", "extra"),
    *("ownership_confirmed", "area_confirmed", "outside_county", "version"),
    *("created_at", "updated_at"),
)
_NULLABLE = {"uscc"}
_TEXTS = [
    field.column
    for field in Enterprise._meta.concrete_fields
    if field.get_internal_type() in {"CharField", "TextField"}
    and field.column in COLUMNS
    and field.column not in _NULLABLE
]
_COPY = (
    f"COPY enterprises_enterprise ({', '.join(COLUMNS)}) FROM STDIN"
    f" (FORMAT csv, FORCE_NOT_NULL ({', '.join(_TEXTS)}))"
)
_PERIODS = """
INSERT INTO enterprises_enterpriseperiod
    (enterprise_id, valid_from, operating_status, unit_kind, ownership, reporting_area_id,
     source, reason)
SELECT id, %s, operating_status, unit_kind, ownership, reporting_area_id, '', ''
FROM enterprises_enterprise
"""
_YEARS = """
INSERT INTO enterprises_enterpriseyear
    (enterprise_id, reference_date, employee_count, annual_revenue, member_count,
     full_member_count, in_base_list, exclusion_reason, reported, seen_by, not_seen_by)
SELECT id, '2025-12-31', id % 90, (id % 7000) * 10000, CASE WHEN id % 4 = 0 THEN id % 7 END,
       CASE WHEN id % 4 = 0 THEN id % 7 END, TRUE, '', '{}', '{registry}', '{}'
FROM enterprises_enterprise
"""
_LINKS = """
INSERT INTO enterprises_coveragelink
    (enterprise_id, organization_id, mode, valid_from, source, document, reason, end_document,
     end_reason)
SELECT e.id, b.id,
       CASE WHEN e.id %% 50 = 0 AND e.id / %s < b.total THEN 'single' ELSE 'joint' END,
       %s, '', '', '', '', ''
FROM enterprises_enterprise e
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS total
      FROM organizations_partyorganization WHERE kind = 'joint_branch') b
    ON e.id / %s %% b.total = b.place
WHERE e.id %% 3 > 0
"""


@transaction.atomic
def fill(count: int, seed: int = 11) -> None:
    """An operating county of `count` enterprises, two thirds of them covered."""
    county = found_county()
    areas = list(Area.objects.filter(kind__in=REPORTING_KINDS).values_list("pk", flat=True))
    rows = _rows(Random(seed), count, county.pk, areas)
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, CHUNK)):
            buffer = io.StringIO()
            csv.writer(buffer).writerows(chunk)
            buffer.seek(0)
            cursor.copy_expert(_COPY, buffer)
        _plant_branches(county, max(1, count // (PER_BRANCH * 2)))
        cursor.execute(_PERIODS, [SINCE])
        cursor.execute(_YEARS)
        cursor.execute(_LINKS, [PER_BRANCH, SINCE, PER_BRANCH])


def invented_name(random: Random) -> str:
    pick = random.choice
    if random.random() < 0.6:
        core = "".join(random.choices(CHARACTERS, k=random.choice((2, 2, 2, 3, 4))))
    else:
        core = pick(FIRST) + pick(SECOND) + (pick(FIRST) if random.random() < 0.5 else "")
    return f"{pick(PLACES)}{core}{pick(TRADES)}{pick(SUFFIXES)}"


def _rows(random: Random, count: int, county: int, areas: list[int]) -> Iterator[list[Any]]:
    scope = "技术开发、技术咨询、技术服务；五金产品零售；普通货物道路运输（依法须经批准的项目）"
    for serial in range(count):
        name = invented_name(random)
        full, initials = keys(name)
        code = make_uscc("340822", serial)
        status = "in_operation" if random.random() < 0.9 else "deregistered"
        ownership = "private" if random.random() < 0.9 else "unknown"
        yield [
            *(county, code, organisation_code_of(code), name, name_key(name), full, initials),
            f"{{{','.join(bigrams(name))}}}",
            *(random.choice(areas), status, "enterprise", ownership),
            *("张新明", "有限责任公司", "制造业", f"安徽省安庆市怀宁县高河镇振宁路{serial}号"),
            *(f"139{serial:08d}", scope, "", "3911", "CNY", "", "", "", "", "{}"),
            *("f", "f", "f", 1, "2026-01-01", "2026-01-01"),
        ]


def _plant_branches(county: Area, count: int) -> None:
    committee = county.committee
    plant(
        [
            (
                PartyOrganization(
                    code=f"B{number:06d}",
                    name=f"第{number}联合党支部",
                    kind=OrganizationKind.JOINT_BRANCH,
                    established_on=SINCE,
                ),
                committee,
            )
            for number in range(count)
        ]
    )
