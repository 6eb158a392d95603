"""A sealed value opens only at its own place, with its own key, unaltered."""

import json
from base64 import b64encode

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from pytest_django import Settings

from core.crypto import KeyRing, SealBrokenError, blind_index, key_ring, seal, unseal

PLACE = "members_person.phone.0b5b"


@pytest.fixture(autouse=True)
def ring(settings: Settings) -> KeyRing:
    ring = KeyRing.generate()
    settings.FIELD_KEYS = ring.dump()
    return ring


@run_with(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(codec="utf-8")))
def test_what_is_sealed_opens_at_its_place(text: str, place: str) -> None:
    assert unseal(seal(text, place), place) == text


def test_a_value_is_sealed_differently_each_time() -> None:
    assert seal("13900000001", PLACE) != seal("13900000001", PLACE)
    assert "13900000001" not in seal("13900000001", PLACE)


def test_the_form_names_version_and_key() -> None:
    parts = seal("13900000001", PLACE).split(".")
    assert (parts[:2], len(parts)) == (["v1", "k1"], 5)


def test_a_value_moved_to_another_row_does_not_open() -> None:
    token = seal("13900000001", PLACE)
    with pytest.raises(SealBrokenError, match="数据校验失败"):
        unseal(token, PLACE + "1")


@run_with(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 70), st.sampled_from("AQgw.=é"))
def test_an_altered_value_does_not_open(place: int, letter: str) -> None:
    token = seal("13900000001", PLACE)
    place %= len(token)
    altered = token[:place] + letter + token[place + 1 :]
    if altered != token and altered != token[:-1] + letter:  # the last letter has idle bits
        with pytest.raises(SealBrokenError):
            unseal(altered, PLACE)


@pytest.mark.parametrize("token", ["", "明文", "v1.k1.a.b", "v2.k1.AAAA.AAAA.AAAA", "v1.k9.A.A.A"])
def test_what_was_never_sealed_does_not_open(token: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(token, PLACE)


def test_an_earlier_key_still_opens_and_the_current_one_seals(
    ring: KeyRing, settings: Settings
) -> None:
    token = seal("13900000001", PLACE)
    newer = KeyRing("k2", {**ring.data, "k2": KeyRing.generate().index}, ring.index)
    settings.FIELD_KEYS = newer.dump()
    assert unseal(token, PLACE) == "13900000001"
    assert seal("13900000001", PLACE).startswith("v1.k2.")
    settings.FIELD_KEYS = KeyRing("k2", {"k2": newer.data["k2"]}, ring.index).dump()
    with pytest.raises(SealBrokenError):
        unseal(token, PLACE)


def test_a_blind_index_finds_equal_values_of_one_column() -> None:
    assert blind_index("340822", "person.id") == blind_index("340822", "person.id")
    assert blind_index("340822", "person.id") != blind_index("340823", "person.id")
    assert blind_index("340822", "person.id") != blind_index("340822", "user.id")


def test_a_blind_index_needs_the_key(settings: Settings) -> None:
    digest = blind_index("340822", "person.id")
    settings.FIELD_KEYS = KeyRing.generate().dump()
    assert blind_index("340822", "person.id") != digest
    assert len(digest) == 64


def test_a_ring_is_read_back_as_it_was_written(ring: KeyRing) -> None:
    assert KeyRing.parse(ring.dump()) == ring
    assert key_ring() == ring


def test_one_long_secret_stands_for_a_ring(settings: Settings) -> None:
    settings.FIELD_KEYS = "一个足够长的随机口令" * 5
    token = seal("13900000001", PLACE)
    assert unseal(token, PLACE) == "13900000001"
    assert KeyRing.parse(key_ring().dump()) == KeyRing.of_secret(settings.FIELD_KEYS)


def test_a_changed_cipher_seals_anew_and_reads_what_is_there(settings: Settings) -> None:
    settings.FIELD_CIPHER = "aes"
    older = seal("13900000001", PLACE)
    settings.FIELD_CIPHER = "sm4"
    newer = seal("13900000002", PLACE)
    assert (older.split(".")[0], newer.split(".")[0]) == ("v1", "v1sm4")
    assert [unseal(token, PLACE) for token in (older, newer)] == ["13900000001", "13900000002"]
    settings.FIELD_CIPHER = "aes"
    assert unseal(newer, PLACE) == "13900000002"


@pytest.mark.parametrize("part", [2, 3, 4])
def test_an_altered_sm4_value_does_not_open(settings: Settings, part: int) -> None:
    settings.FIELD_CIPHER = "sm4"
    parts = seal("13900000001", PLACE).split(".")
    parts[part] = ("B" if parts[part][0] == "A" else "A") + parts[part][1:]
    with pytest.raises(SealBrokenError):
        unseal(".".join(parts), PLACE)


def test_an_sm4_value_opens_at_its_own_place_as_its_own_cipher_only(settings: Settings) -> None:
    settings.FIELD_CIPHER = "sm4"
    token = seal("13900000001", PLACE)
    for wrong, place in ((token, PLACE + "1"), (token.replace("v1sm4.", "v1."), PLACE)):
        with pytest.raises(SealBrokenError):
            unseal(wrong, place)
    cut = token[: token.rindex(".") + 1] + "AAAA"
    with pytest.raises(SealBrokenError):
        unseal(cut, PLACE)


KEY, OTHER = b64encode(b"k" * 32).decode(), b64encode(b"i" * 32).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "[]",
        "{}",
        '{"current": "k1", "data": [], "index": ""}',
        json.dumps({"current": "k2", "data": {"k1": KEY}, "index": OTHER}),
        json.dumps({"current": "k1", "data": {"k1": "c2hvcnQ="}, "index": KEY}),
        json.dumps(
            {"current": "k.1", "data": {"k.1": KEY}, "index": b64encode(b"i" * 32).decode()}
        ),
        json.dumps({"current": "k1", "data": {"k1": KEY}, "index": KEY}),
        json.dumps({"current": "k1", "data": {"k1": "不是base64"}, "index": KEY}),
    ],
)
def test_a_broken_ring_stops_the_program(text: str, settings: Settings) -> None:
    settings.FIELD_KEYS = text
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        key_ring()
