"""A masked value cannot be guessed from what stands beside it; seeing it costs a reason."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import complete_citizen_id
from core.masking import Sensitive, Shown, mask

REGION = "340822"
BIRTHS = st.dates(date(1940, 1, 1), date(2008, 12, 31))


def number_of(born: date, serial: int) -> str:
    return complete_citizen_id(f"{REGION}{born:%Y%m%d}{serial:03d}")


def fits(number: str, masked: str) -> bool:
    return all(shown in ("*", digit) for digit, shown in zip(number, masked, strict=True))


def days_of_life() -> Iterator[date]:
    return (date(1940, 1, 1) + timedelta(days=number) for number in range(25_000))


def candidates(masked: str, births: Iterable[date], serials: Iterable[int]) -> int:
    """How many numbers of the county fit the mask and the day of birth."""
    serials = list(serials)
    return sum(fits(number_of(born, serial), masked) for born in births for serial in serials)


@given(BIRTHS, st.integers(0, 999), st.sampled_from(Shown))
def test_beside_the_day_of_birth_forty_candidates_remain(
    born: date, serial: int, shown: Shown
) -> None:
    masked = mask(Sensitive.CITIZEN_ID, number_of(born, serial), {shown})
    same_sex = range(serial % 2, 1000, 2)
    assert candidates(masked, [born], same_sex) >= 40


def test_without_the_day_of_birth_the_usual_mask_leaves_thousands() -> None:
    masked = mask(Sensitive.CITIZEN_ID, number_of(date(1985, 3, 5), 123))
    assert masked.startswith("340822********123")
    assert candidates(masked, days_of_life(), [123]) > 1000


def test_the_usual_mask_would_leave_one_candidate_beside_the_day_of_birth() -> None:
    born = date(1985, 3, 5)
    masked = mask(Sensitive.CITIZEN_ID, number_of(born, 123))
    assert candidates(masked, [born], range(1000)) == 1


@pytest.mark.parametrize(
    ("number", "shown", "masked"),
    [
        ("340822850305123", set(), "340822*****5123"),
        ("340822850305123", {"age"}, "*" * 15),
        ("340822", set(), "******"),
        ("", set(), ""),
    ],
)
def test_numbers_of_other_lengths(number: str, shown: set[str], masked: str) -> None:
    assert mask(Sensitive.CITIZEN_ID, number, shown) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800005678", "138****5678"),
        ("0556-4611234", "0556-****234"),
        ("05564611234转801", "0556-****234"),
        ("4611234", "****234"),
        ("4611234-801", "****234"),
        ("4008200001", "****001"),
        ("13800005678/0556-4611234", "138****5678、0556-****234"),
        ("不详", "**"),
        ("", ""),
    ],
)
def test_telephone_numbers_keep_their_ends(phone: str, masked: str) -> None:
    assert mask(Sensitive.PHONE, phone) == masked


@pytest.mark.parametrize(("name", "masked"), [("张三丰", "张某"), ("欧阳修", "欧阳某"), ("", "")])
def test_a_name_keeps_its_surname(name: str, masked: str) -> None:
    assert mask(Sensitive.NAME, name) == masked


@pytest.mark.parametrize("kind", [Sensitive.SECRET, "something new"])
def test_what_is_not_known_is_hidden_whole(kind: str) -> None:
    assert mask(kind, "秘密内容很长很长") == "******"
