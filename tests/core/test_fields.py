"""Codes are stored clean, and what is personal lies encrypted and bound to its row."""

import uuid
from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from pytest_django import Settings

from core.crypto import KeyRing, SealBrokenError
from core.fields import (
    BlindIndexField,
    CitizenIdField,
    EncryptedTextField,
    PeriodField,
    PhoneField,
    Sealed,
    UsccField,
)
from core.identifiers import complete_citizen_id, make_uscc
from core.periods import Period

USCC = make_uscc("340899", 7)
OLD_ID = "340899850305123"
NEW_ID = complete_citizen_id("34089919850305123")

with isolate_apps("core"):

    class Dossier(models.Model):
        uuid = models.UUIDField(default=uuid.uuid4, unique=True)
        uscc = UsccField("统一社会信用代码", null=True, blank=True, unique=True)
        period = PeriodField(null=True, blank=True)
        citizen_id = CitizenIdField("身份证号", blank=True)
        citizen_id_index = BlindIndexField(of="citizen_id", unique=True)
        phone = PhoneField("电话", blank=True)
        note = EncryptedTextField(null=True, blank=True)

        objects: ClassVar[models.Manager["Dossier"]] = models.Manager()

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return str(self.uuid)

    class Loose(models.Model):
        note = EncryptedTextField(bound_to="number")

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return str(self.pk)


@pytest.fixture(autouse=True)
def _table(db: None, settings: Settings) -> Iterator[None]:
    settings.FIELD_KEYS = KeyRing.generate().dump()
    with connection.schema_editor() as editor:
        editor.create_model(Dossier)
    return iter([None])


def stored(dossier: Dossier, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM core_dossier WHERE id = %s", [dossier.pk])
        return str(cursor.fetchone()[0])


def loaded(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def test_a_code_is_stored_without_its_dress() -> None:
    dossier = Dossier.objects.create(uscc=f" {USCC[:8].lower()} {USCC[8:].lower()}")
    assert loaded(dossier).uscc == USCC
    assert Dossier.objects.filter(uscc=f"'{USCC.lower()}").exists()


def test_a_wrong_code_is_refused_with_the_reason() -> None:
    wrong = USCC[:-1] + ("0" if USCC[-1] != "0" else "1")
    with pytest.raises(ValidationError, match="校验码不符"):
        Dossier(uscc=wrong).full_clean()


def test_units_without_a_code_do_not_collide() -> None:
    Dossier.objects.create(uscc="")
    Dossier.objects.create(uscc="-")
    assert Dossier.objects.filter(uscc__isnull=True).count() == 2


def test_a_form_takes_a_code_with_blanks_in_it() -> None:
    field = Dossier._meta.get_field("uscc").formfield()
    assert field.clean(" ".join(USCC)) == " ".join(USCC)


def test_a_period_comes_back_as_a_period() -> None:
    dossier = Dossier.objects.create(period="2026年第一季度")
    assert loaded(dossier).period == Period.parse("2026Q1")
    assert Dossier.objects.filter(period=Period.parse("2026Q1")).exists()
    assert loaded(Dossier.objects.create()).period is None


def test_a_text_that_is_no_period_is_refused() -> None:
    with pytest.raises(ValidationError, match="不是报告期"):
        Dossier(period="明年").full_clean()


def test_a_period_is_written_out_by_its_code() -> None:
    field = Dossier._meta.get_field("period")
    assert field.value_to_string(Dossier(period=Period.parse("2026"))) == "2026"
    assert field.value_to_string(Dossier()) == ""
    assert field.formfield().clean("2026") == "2026"


def test_a_personal_value_lies_encrypted_and_reads_plain() -> None:
    dossier = Dossier.objects.create(phone="139 0000 0001 / 05564611234", note="备注")
    assert loaded(dossier).phone == "13900000001、0556-4611234"
    assert loaded(dossier).note == "备注"
    assert stored(dossier, "phone").startswith("v1.k1.")
    assert "13900000001" not in stored(dossier, "phone")


def test_a_query_of_values_gives_only_what_lies_there() -> None:
    dossier = Dossier.objects.create(phone="13900000001")
    (value,) = Dossier.objects.values_list("phone", flat=True)
    assert isinstance(value, Sealed)
    assert value == stored(dossier, "phone")


def test_a_value_moved_to_another_row_by_sql_does_not_open() -> None:
    mine = Dossier.objects.create(phone="13900000001")
    other = Dossier.objects.create(phone="13900000002")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_dossier SET phone = (SELECT phone FROM core_dossier WHERE id = %s)"
            " WHERE id = %s",
            [other.pk, mine.pk],
        )
    assert loaded(other).phone == "13900000002"
    with pytest.raises(SealBrokenError):
        _ = loaded(mine).phone


def test_a_value_that_nobody_read_is_written_back_as_it_was() -> None:
    dossier = Dossier.objects.create(phone="13900000001", citizen_id=NEW_ID)
    before = stored(dossier, "phone"), stored(dossier, "citizen_id_index")
    loaded(dossier).save()
    assert (stored(dossier, "phone"), stored(dossier, "citizen_id_index")) == before
    assert loaded(dossier).phone == "13900000001"


def test_a_deferred_value_is_opened_when_asked_for() -> None:
    dossier = Dossier.objects.create(phone="13900000001")
    assert Dossier.objects.defer("phone").get(pk=dossier.pk).phone == "13900000001"


def test_an_empty_value_stays_empty() -> None:
    dossier = loaded(Dossier.objects.create(note=None))
    assert (dossier.phone, dossier.note, dossier.citizen_id_index) == ("", None, None)
    assert Dossier.objects.filter(note__isnull=True).exists()


def test_nothing_but_emptiness_can_be_asked_of_an_encrypted_value() -> None:
    with pytest.raises(FieldError):
        Dossier.objects.filter(phone="13900000001")
    with pytest.raises(FieldError):
        Dossier.objects.filter(phone__contains="139")


def test_a_write_that_knows_no_row_is_refused() -> None:
    dossier = Dossier.objects.create(phone="13900000001")
    with pytest.raises(TypeError, match="save the instance"):
        Dossier.objects.update(phone="13900000002")
    dossier.phone = "13900000002"
    with pytest.raises(TypeError, match="save the instance"):
        Dossier.objects.bulk_update([dossier], ["phone"])


def test_many_new_rows_are_encrypted_too() -> None:
    Dossier.objects.bulk_create([Dossier(phone="13900000001"), Dossier(phone="13900000002")])
    assert {dossier.phone for dossier in Dossier.objects.all()} == {"13900000001", "13900000002"}


@pytest.mark.parametrize("typed", [NEW_ID, NEW_ID.lower(), f" {NEW_ID} ", OLD_ID])
def test_a_citizen_id_is_found_however_it_is_typed(typed: str) -> None:
    dossier = Dossier.objects.create(citizen_id=NEW_ID)
    index = Dossier._meta.get_field("citizen_id_index")
    assert isinstance(index, BlindIndexField)
    assert Dossier.objects.get(citizen_id_index=index.digest(typed)) == dossier
    assert NEW_ID not in stored(dossier, "citizen_id_index")


def test_the_same_citizen_id_is_refused_twice() -> None:
    Dossier.objects.create(citizen_id=OLD_ID)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.create(citizen_id=NEW_ID)


def test_the_index_follows_a_change() -> None:
    dossier = Dossier.objects.create(citizen_id=NEW_ID)
    before = dossier.citizen_id_index
    dossier.citizen_id = complete_citizen_id("34089919850305124")
    dossier.save()
    assert loaded(dossier).citizen_id_index not in (before, None)
    dossier.citizen_id = ""
    dossier.save()
    assert loaded(dossier).citizen_id_index is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"citizen_id": "340899198503051231"}, "校验码不符"),
        ({"phone": "12345"}, "电话号码位数不对"),
        ({"phone": "请打手机"}, "电话号码含有不应出现的字符"),
    ],
)
def test_a_wrong_personal_value_is_refused_in_chinese(facts: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Dossier(**facts).full_clean()


def test_a_right_value_is_cleaned_into_its_stored_form() -> None:
    dossier = Dossier(citizen_id=OLD_ID, phone="139-0000-0001")
    dossier.full_clean()
    assert (dossier.citizen_id, dossier.phone) == (NEW_ID, "13900000001")


def test_a_field_without_anything_to_bind_to_is_an_error() -> None:
    assert [error.id for error in Loose._meta.get_field("note").check()] == ["core.E003"]
    assert Dossier._meta.get_field("note").check() == []


def test_an_encrypted_field_without_keys_is_an_error(settings: Settings) -> None:
    settings.FIELD_KEYS = ""
    assert [error.id for error in Dossier._meta.get_field("note").check()] == ["core.E004"]


def test_migrations_know_what_the_fields_hang_on() -> None:
    assert Loose._meta.get_field("note").deconstruct()[3] == {"bound_to": "number"}
    assert Dossier._meta.get_field("phone").deconstruct()[3].keys() == {"verbose_name", "blank"}
    assert Dossier._meta.get_field("citizen_id_index").deconstruct()[3]["of"] == "citizen_id"


def test_forms_show_encrypted_text_in_one_line() -> None:
    widget = Dossier._meta.get_field("phone").formfield().widget
    assert widget.input_type == "text"
