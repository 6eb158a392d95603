"""Reads the streams of a compound file (.xls), bounded and without trusting its chains."""

import struct
from pathlib import Path

from core.spreadsheets.errors import FileError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE = 0xFFFFFFFA  # and above: end of chain, free, special
ENTRY = 128
STREAM = 2


class CompoundFile:
    """Names of a compound file's entries and the content of its streams; held in memory."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        if self.data[:8] != MAGIC or len(self.data) < 512:
            raise FileError("E-FILE-02")
        try:
            self._open()
        except (struct.error, IndexError, UnicodeDecodeError) as bad:
            raise FileError("E-FILE-02") from bad

    def _open(self) -> None:
        (shift,) = struct.unpack_from("<H", self.data, 30)
        if shift not in (9, 12):
            raise FileError("E-FILE-02")
        self.size = 1 << shift
        (directory,) = struct.unpack_from("<I", self.data, 48)
        self.cutoff, _, _, difat = struct.unpack_from("<4I", self.data, 56)
        self.fat = self._fat(difat)
        self.entries = self._entries(self._chain(directory))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.data[start : start + self.size]

    def _fat(self, difat: int) -> tuple[int, ...]:
        numbers = list(struct.unpack_from("<109I", self.data, 76))
        most = len(self.data) // self.size + 1
        while difat < FREE and len(numbers) <= most:
            block = struct.unpack(f"<{self.size // 4}I", self._sector(difat))
            numbers.extend(block[:-1])
            difat = block[-1]
        raw = b"".join(self._sector(number) for number in numbers[: most + 109] if number < FREE)
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        number = start
        most = len(self.data) // self.size + 1
        while number < FREE:
            if len(pieces) > most:
                raise FileError("E-FILE-08", what="内部目录成环")
            pieces.append(self._sector(number))
            number = self.fat[number]
        return b"".join(pieces)

    def _entries(self, raw: bytes) -> dict[str, tuple[int, int, int]]:
        entries: dict[str, tuple[int, int, int]] = {}
        for start in range(0, len(raw) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", raw, start + 64)
            if not kind or length > 64:
                continue
            name = raw[start : start + max(length - 2, 0)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", raw, start + 116)
            entries.setdefault(name, (kind, first, size))
        return entries

    def stream(self, name: str) -> bytes:
        """The content of a stream; E-FILE-02 when it is cut or too small to hold a workbook."""
        kind, first, size = self.entries[name]
        if kind != STREAM or size < self.cutoff:
            raise FileError("E-FILE-02")
        try:
            content = self._chain(first)
        except IndexError as bad:
            raise FileError("E-FILE-02") from bad
        if len(content) < size:
            raise FileError("E-FILE-02")
        return content[:size]
