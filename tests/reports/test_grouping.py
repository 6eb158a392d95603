"""Which neighbours are proposed as joint branches."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enterprises.industries import Industry, industry_of
from reports.formation.grouping import Firm, Group, group

firms = st.lists(
    st.builds(
        Firm,
        key=st.integers(1, 10_000),
        place=st.integers(1, 4),
        industry=st.sampled_from(["C181", "C175", "1751", "F517", "5211", "", "零售"]).map(
            industry_of
        ),
        full_members=st.integers(1, 2),
    ),
    unique_by=lambda firm: firm.key,
    max_size=40,
)
limits = st.integers(2, 7)


def keys(groups: list[Group]) -> list[list[int]]:
    return [sorted(firm.key for firm in one.firms) for one in groups]


@settings(max_examples=60)
@given(firms, limits, st.randoms(use_true_random=False))
def test_groups_keep_their_promises_in_whatever_order_the_rows_come(
    found: list[Firm], limit: int, chance: random.Random
) -> None:
    groups = group(found, minimum=3, limit=limit)
    for one in groups:
        assert len({firm.place for firm in one.firms}) == 1
        assert 2 <= len(one.firms) <= limit
        assert one.full_members >= 3
        if one.likeness == "division":
            assert len({firm.industry.division for firm in one.firms}) == 1
        if one.likeness == "section":
            assert len({firm.industry.section for firm in one.firms}) == 1
    proposed = [key for one in keys(groups) for key in one]
    assert len(proposed) == len(set(proposed))
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert keys(groups) == keys(group(shuffled, minimum=3, limit=limit))


@settings(max_examples=60)
@given(firms, limits)
def test_whoever_is_left_could_not_form_a_group(found: list[Firm], limit: int) -> None:
    proposed = {key for one in keys(group(found, minimum=3, limit=limit)) for key in one}
    for place in {firm.place for firm in found}:
        alone = sorted(
            firm.full_members for firm in found if firm.place == place and firm.key not in proposed
        )
        assert sum(alone[-limit:]) < 3


def test_firms_of_like_industry_are_put_together_first() -> None:
    clothes, trade = industry_of("C181"), industry_of("F517")
    found = [
        Firm(1, 1, clothes, 2),
        Firm(2, 1, trade, 2),
        Firm(3, 1, clothes, 1),
        Firm(4, 1, trade, 1),
    ]
    assert keys(group(found, minimum=3, limit=5)) == [[1, 3], [2, 4]]


def test_a_crowd_is_split_evenly() -> None:
    found = [Firm(key, 1, Industry("C", "18"), 1) for key in range(1, 7)]
    assert [len(one.firms) for one in group(found, minimum=3, limit=5)] == [3, 3]


def test_one_who_is_left_joins_the_smallest_group_of_its_place() -> None:
    found = [Firm(key, 1, Industry("C", "18"), 1) for key in (1, 2, 3)]
    (one,) = group([*found, Firm(9, 1, Industry("F", "51"), 1)], minimum=3, limit=5)
    assert (len(one.firms), one.likeness) == (4, "place")


@pytest.mark.parametrize(
    ("code", "industry"),
    [
        ("C181", ("C", "18")),
        ("1810", ("C", "18")),
        ("F5211", ("F", "52")),
        ("9700", ("T", "97")),
        ("A", ("A", "")),
        ("", ("", "")),
        ("制造业", ("", "")),
        ("00", ("", "")),
    ],
)
def test_an_industry_is_read_with_and_without_its_letter(
    code: str, industry: tuple[str, str]
) -> None:
    assert industry_of(code) == industry


def test_a_large_county_leaves_hardly_anybody_alone() -> None:
    chance = random.Random(7)
    found = [
        Firm(key, key % 30, industry_of(f"{chance.randrange(1, 98):02}"), chance.choice((1, 2)))
        for key in range(10_000)
    ]
    groups = group(found, minimum=3, limit=5)
    assert sum(len(one.firms) for one in groups) > 9_970
