"""What the lists of one round say together: who was seen by which source, and who by none."""

from dataclasses import dataclass

from django.db.models import Count, Q

from enterprises.models import CensusRound, EnterpriseYear, Source


@dataclass(frozen=True)
class SourceTotals:
    """Enterprises that a source named in this round, and those it knew and no longer names."""

    source: str
    label: str
    seen: int
    not_seen: int


@dataclass(frozen=True)
class RoundTotals:
    """`unseen` enterprises were missed by every source that knew them, `shared` seen by several."""

    enterprises: int
    shared: int
    unseen: int
    excluded: int
    sources: list[SourceTotals]


def round_totals(census_round: CensusRound) -> RoundTotals:
    """The yearly records of the round's date, counted in one statement."""
    counts: dict[str, Count] = {
        "enterprises": Count("pk"),
        "shared": Count("pk", filter=Q(seen_by__len__gt=1)),
        "unseen": Count("pk", filter=Q(seen_by=[]) & ~Q(not_seen_by=[])),
        "excluded": Count("pk", filter=Q(in_base_list=False)),
    }
    for source in Source.values:
        counts[f"seen_{source}"] = Count("pk", filter=Q(seen_by__contains=[source]))
        counts[f"missed_{source}"] = Count("pk", filter=Q(not_seen_by__contains=[source]))
    found = EnterpriseYear.objects.filter(
        reference_date=census_round.reference_date, enterprise__county=census_round.county_id
    ).aggregate(**counts)
    sources = [
        SourceTotals(source.value, source.label, found[f"seen_{source}"], found[f"missed_{source}"])
        for source in Source
        if found[f"seen_{source}"] or found[f"missed_{source}"]
    ]
    return RoundTotals(
        found["enterprises"], found["shared"], found["unseen"], found["excluded"], sources
    )
