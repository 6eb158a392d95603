"""A file that cannot be read to its end."""

from pathlib import Path

import pytest

from core.spreadsheets.errors import FileError
from core.spreadsheets.rowfile import Row
from enterprises.census import pipeline
from enterprises.census.rows import ReadRow, RowReader
from enterprises.models import StagedRow
from tests.enterprises.census.files import csv_file
from tests.enterprises.census.test_stages import ROWS, _private_files, received
from tests.world import World

pytestmark = pytest.mark.django_db
__all__ = ["_private_files"]


def test_a_file_that_breaks_off_tells_its_own_error(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = pipeline.read(received(world, csv_file(tmp_path / "名单.csv", ROWS)))
    whole = RowReader.read

    def breaking(reader: RowReader, row: Row) -> ReadRow:
        if row.number > 4:
            raise FileError("E-IO-01")
        return whole(reader, row)

    monkeypatch.setattr(RowReader, "read", breaking)
    with pytest.raises(FileError, match="E-IO-01"):
        pipeline.stage(batch)
    assert not StagedRow.objects.filter(batch=batch).exists()
