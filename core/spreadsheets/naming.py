"""Names of sheets and files that every desktop accepts."""

from datetime import date

SHEET_NAME_LENGTH = 31
FILE_NAME_LENGTH = 120
_IN_SHEETS = str.maketrans("", "", "[]:*?/\\")
_IN_FILES = str.maketrans("", "", '\\/:*?"<>|')


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A sheet name made of `wanted`; adds it to `taken` (compared without case)."""
    kept = "".join(sign for sign in wanted if sign.isprintable()).translate(_IN_SHEETS)
    base = kept.strip().strip("'")[:SHEET_NAME_LENGTH] or "Sheet"
    if base.lower() == "history":  # reserved by Excel
        base = "History_"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        suffix = f"({number})"
        name = base[: SHEET_NAME_LENGTH - len(suffix)] + suffix
    taken.add(name.lower())
    return name


def file_name(unit: str, table: str, period: str, day: date, suffix: str = ".xlsx") -> str:
    """〈单位〉〈表名〉〈期〉_〈yyyymmdd〉.xlsx"""
    printable = "".join(sign for sign in f"{unit}{table}{period}" if sign.isprintable())
    base = printable.translate(_IN_FILES).strip(" .")[:FILE_NAME_LENGTH]
    return f"{base}_{day:%Y%m%d}{suffix}"
