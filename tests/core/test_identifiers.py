"""Codes survive the ways people write them, and every single slip in them is found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import identifiers as ids
from core.identifiers import Verdict

REGIONS = st.integers(110000, 659999).map(str)
SERIALS = st.integers(0, 31**6 - 1)
BIRTHS = st.dates(date(1900, 1, 1), date(2026, 1, 1))
USCCS = st.builds(ids.make_uscc, REGIONS, SERIALS)
REGISTRATION_NUMBERS = st.integers(10**13, 7 * 10**13).map(
    lambda body: ids.complete_registration_number(str(body))
)
CITIZEN_IDS = st.builds(
    lambda region, born, serial: ids.complete_citizen_id(f"{region}{born:%Y%m%d}{serial:03d}"),
    REGIONS,
    BIRTHS,
    st.integers(0, 999),
)


def substitute(code: str, place: int, alphabet: str) -> str:
    """The code with another character of the alphabet at one place."""
    place %= len(code)
    other = alphabet[(alphabet.index(code[place]) + 1) % len(alphabet)]
    return code[:place] + other + code[place + 1 :]


@given(USCCS)
def test_a_made_code_is_valid_and_holds_a_valid_organisation_code(code: str) -> None:
    assert ids.check_uscc(code) is Verdict.OK
    assert ids.check_organisation_code(ids.organisation_code_of(code)) is Verdict.OK


@given(USCCS, st.integers(0, 17), st.integers(1, 30))
def test_every_single_substitution_in_a_code_is_found(code: str, place: int, step: int) -> None:
    alphabet = ids.USCC_ALPHABET
    other = alphabet[(alphabet.index(code[place]) + step) % 31]
    wrong = code[:place] + other + code[place + 1 :]
    assert ids.check_uscc(wrong) in {Verdict.CHECK_DIGIT, Verdict.LOST_DIGITS}


@given(USCCS)
def test_the_check_character_follows_the_formula_of_the_standard(code: str) -> None:
    values = [ids.USCC_ALPHABET.index(character) for character in code]
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    total = sum(value * weight for value, weight in zip(values, weights, strict=False))
    assert values[17] == (31 - total % 31) % 31


@given(USCCS, st.sampled_from(["{}", " {}", "'{}", "\t{}\n", "{}\u200b", '="{}"', "‘{}’"]))
def test_a_code_is_read_in_any_dress(code: str, dress: str) -> None:
    assert ids.normalize_uscc(dress.format(code.lower())) == code
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert ids.normalize_uscc(dress.format(wide)) == code
    assert ids.normalize_uscc(f"{code[:8]}-{code[8:17]}-{code[17:]}") == code


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("", Verdict.EMPTY),
        ("N/A", Verdict.EMPTY),
        ("9.14E+17", Verdict.SCIENTIFIC),
        ("9.11234567890123e+17", Verdict.SCIENTIFIC),
        ("'9.14E+17", Verdict.SCIENTIFIC),
        ("911234567890123000", Verdict.LOST_DIGITS),
        ("340822000012345", Verdict.REGISTRATION_NUMBER),
        ("3408222300123", Verdict.REGISTRATION_NUMBER),
        ("68711640-4", Verdict.ORGANISATION_CODE),
        ("91340822MA2N6D5UI0", Verdict.CHARACTER),
        ("91340822MA2N6D5U", Verdict.LENGTH),
        ("91340822MA2N6D5U71", Verdict.CHECK_DIGIT),
    ],
)
def test_a_spoiled_code_gets_its_own_verdict(typed: str, verdict: Verdict) -> None:
    assert ids.check_uscc(ids.normalize_uscc(typed)) is verdict


def test_a_code_of_a_county_founded_later_than_any_table_passes() -> None:
    assert ids.check_uscc(ids.make_uscc("330114", 7)) is Verdict.OK
    assert ids.region_of_uscc(ids.make_uscc("330114", 7)) == "330114"


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("68711640-4", Verdict.OK),
        ("d2143569-x", Verdict.OK),
        ("687116405", Verdict.CHECK_DIGIT),
        ("6871164O?", Verdict.CHARACTER),
        ("6871164", Verdict.LENGTH),
        ("-", Verdict.EMPTY),
        ("6.87E+8", Verdict.SCIENTIFIC),
    ],
)
def test_organisation_codes(typed: str, verdict: Verdict) -> None:
    assert ids.check_organisation_code(ids.normalize_organisation_code(typed)) is verdict


@given(REGISTRATION_NUMBERS, st.integers(0, 14))
def test_every_single_slip_in_a_registration_number_is_found(number: str, place: int) -> None:
    assert ids.check_registration_number(number) is Verdict.OK
    wrong = substitute(number, place, "0123456789")
    assert ids.check_registration_number(wrong) is Verdict.CHECK_DIGIT


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("3408222300123", Verdict.OLD),
        ("34082200001234", Verdict.LENGTH),
        ("皖字00001234", Verdict.CHARACTER),
        ("3.40822E+14", Verdict.SCIENTIFIC),
        ("无", Verdict.EMPTY),
    ],
)
def test_registration_numbers_of_other_shapes(typed: str, verdict: Verdict) -> None:
    number = ids.normalize_registration_number(typed)
    assert ids.check_registration_number(number) is verdict


@pytest.mark.parametrize(("seventh", "individual"), [("0", False), ("5", False), ("6", True)])
def test_the_seventh_digit_tells_an_individual_business(seventh: str, individual: bool) -> None:
    number = ids.complete_registration_number(f"340822{seventh}0000001")
    assert ids.is_individual_number(number) is individual


@given(CITIZEN_IDS, st.integers(0, 16))
def test_every_single_slip_in_a_citizen_id_is_found(number: str, place: int) -> None:
    assert ids.check_citizen_id(number) is Verdict.OK
    wrong = substitute(number, place, "0123456789")
    assert ids.check_citizen_id(wrong) in {Verdict.CHECK_DIGIT, Verdict.LOST_DIGITS}


@given(CITIZEN_IDS)
def test_a_citizen_id_is_read_in_lower_case_and_full_width(number: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in number)
    assert ids.normalize_citizen_id(number.lower()) == number
    assert ids.normalize_citizen_id(wide) == number
    born = ids.birth_date_of(number)
    assert born is not None
    assert f"{born:%Y%m%d}" == number[6:14]


@given(CITIZEN_IDS.filter(lambda number: number[6:8] == "19"))
def test_the_old_form_of_a_citizen_id_leads_to_the_new_one(number: str) -> None:
    old = number[:6] + number[8:17]
    assert ids.check_citizen_id(old) is Verdict.OLD
    assert ids.modern_citizen_id(old) == number
    assert ids.modern_citizen_id(number) == number


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("", Verdict.EMPTY),
        ("3.40822E+17", Verdict.SCIENTIFIC),
        ("340822199001010000", Verdict.LOST_DIGITS),
        (ids.complete_citizen_id("34082219900230001"), Verdict.BIRTH_DATE),
        ("340822900230001", Verdict.BIRTH_DATE),
        ("34082219900101001?", Verdict.CHARACTER),
        ("3408221990", Verdict.LENGTH),
    ],
)
def test_a_spoiled_citizen_id_gets_its_own_verdict(number: str, verdict: Verdict) -> None:
    assert ids.check_citizen_id(number) is verdict


def test_nobody_is_born_after_the_day_of_the_check() -> None:
    number = ids.complete_citizen_id("34082220200101001")
    assert ids.check_citizen_id(number, on=date(2019, 12, 31)) is Verdict.BIRTH_DATE
    assert ids.check_citizen_id(number, on=date(2020, 1, 1)) is Verdict.OK
    assert ids.birth_date_of("没有") is None


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13900000001", ["13900000001"]),
        ("+86 139 0000 0001", ["13900000001"]),
        ("0086-13900000001", ["13900000001"]),
        ("１３９-００００-０００１", ["13900000001"]),
        ("13900000001/0556-4611234", ["13900000001", "0556-4611234"]),
        ("13900000001 13900000002", ["13900000001", "13900000002"]),
        ("13900000001，13900000001", ["13900000001"]),
        ("(0556)4611234转801", ["0556-4611234-801"]),
        ("05564611234", ["0556-4611234"]),
        ("0556 4611234", ["0556-4611234"]),
        ("86-0556-4611234", ["0556-4611234"]),
        ("01062345678", ["010-62345678"]),
        ("'4611234", ["4611234"]),
        ("400-820-0000", ["4008200000"]),
        ("N/A", []),
        ("", []),
        (";;", []),
    ],
)
def test_telephone_cells_hold_one_or_several_numbers(cell: str, numbers: list[str]) -> None:
    assert ids.split_phones(cell) == numbers
    assert all(ids.check_phone(number) is Verdict.OK for number in numbers)


@pytest.mark.parametrize(
    ("cell", "verdict"),
    [
        ("1.39E+10", Verdict.SCIENTIFIC),
        ("1390000000", Verdict.LENGTH),
        ("12345", Verdict.LENGTH),
        ("请打手机", Verdict.CHARACTER),
    ],
)
def test_a_cell_without_a_telephone_number_says_what_is_wrong(cell: str, verdict: Verdict) -> None:
    assert [ids.check_phone(number) for number in ids.split_phones(cell)] == [verdict]
    assert ids.check_phone("") is Verdict.EMPTY


@given(st.text())
def test_no_cell_text_ever_breaks_a_check(text: str) -> None:
    assert ids.check_uscc(ids.normalize_uscc(text)) in Verdict
    assert ids.check_organisation_code(ids.normalize_organisation_code(text)) in Verdict
    assert ids.check_registration_number(ids.normalize_registration_number(text)) in Verdict
    assert ids.check_citizen_id(ids.normalize_citizen_id(text)) in Verdict
    assert all(ids.check_phone(number) in Verdict for number in ids.split_phones(text))


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_a_chinese_sentence_that_names_the_number(verdict: Verdict) -> None:
    sentence = ids.explain(ids.USCC, verdict)
    assert ("统一社会信用代码" in sentence) is (verdict is not Verdict.OK)


def test_only_right_and_early_numbers_are_usable() -> None:
    assert {verdict for verdict in Verdict if verdict.is_usable} == {Verdict.OK, Verdict.OLD}
