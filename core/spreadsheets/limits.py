"""What one uploaded file may cost; the defaults are the documented limits of the product."""

from dataclasses import dataclass

MEGABYTE = 1 << 20
SHEET_ROWS = 1_048_576  # of the XLSX format
SHEET_COLUMNS = 16_384  # of the XLSX format
CELL_CHARACTERS = 32_767  # of the XLSX format


@dataclass(frozen=True)
class Limits:
    """Bytes, rows, columns and seconds; every reader of an upload obeys the same instance."""

    file_bytes: int = 200 * MEGABYTE
    unpacked_bytes: int = 2048 * MEGABYTE  # a million rows of 20 columns unpack to 0.9 GB
    ratio: int = 100  # unpacked : packed; office programs reach 10 to 30
    ratio_free_bytes: int = 32 * MEGABYTE  # below this size the ratio says nothing
    entries: int = 2_000
    data_rows: int = SHEET_ROWS - 1
    columns: int = 256  # what .xls could hold; the widest ledger has 63
    box_cells: int = 64_000_000  # readers allocate the bounding box: about 2 GB
    row_bytes: int = 16 * MEGABYTE
    marked_cells: int = 500_000  # error values and formulas without result
    memory_bytes: int = 3072 * MEGABYTE
    cpu_seconds: int = 300
    wall_seconds: int = 600


def human(size: int) -> str:
    """A size in bytes as a clerk reads it."""
    if size >= 1 << 30:
        return f"{size / (1 << 30):.1f} GB".replace(".0 ", " ")
    if size >= MEGABYTE:
        return f"{size // MEGABYTE} MB"
    return f"{max(size // 1024, 1)} KB"
