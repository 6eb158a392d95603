"""Opens the zip of a workbook without trusting its directory: names, sizes, ratio, checksums."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core.spreadsheets.errors import FileError
from core.spreadsheets.limits import MEGABYTE, Limits, human

LOCAL_HEADER = struct.Struct("<4s5H3I2H")
CHUNK = MEGABYTE
PACKED = 64 * 1024  # read in small pieces, so that the ratio is known while it grows
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
MARKUP_SUFFIXES = (".xml", ".rels", ".vml")


class Container:
    """A zip whose members can only be read through inflate(), which counts actual bytes."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self.inflated = 0
        self.packed = 0  # bytes taken of the member that is being inflated
        try:
            with zipfile.ZipFile(path) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as bad:
            raise FileError("E-FILE-02") from bad
        self.members = self._checked(members)
        self.stream: BinaryIO = path.open("rb")

    def close(self) -> None:
        self.stream.close()

    def _checked(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(members) > self.limits.entries:
            what = f"含 {len(members)} 个内部文件"
            raise FileError("E-FILE-06", what=what, limit=f"{self.limits.entries} 个")
        checked: dict[str, zipfile.ZipInfo] = {}
        seen: set[str] = set()
        for member in members:
            name = member.orig_filename
            if unsafe(name) or name.lower() in seen:
                raise FileError("E-FILE-08", what="内部文件名不合规或重复")
            if member.flag_bits & 0x1:
                raise FileError("E-FILE-05")
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise FileError("E-FILE-08", what="使用了少见的压缩方式")
            if member.header_offset < 0:
                raise FileError("E-FILE-02")
            seen.add(name.lower())
            checked[name] = member
        return checked

    def inflate(self, name: str, *, bare: bool = False) -> Iterator[bytes]:
        """Yield a member's true content in chunks; refuse lies about size, checksum or XML.

        bare: the part may hold elements and text only, no comment or CDATA section either.
        """
        member = self.members[name]
        size = checksum = 0
        guard = MarkupGuard(bare) if name.lower().endswith(MARKUP_SUFFIXES) else None
        for chunk in self._raw(member):
            size += len(chunk)
            if size > member.file_size:
                limit = human(member.file_size)
                raise FileError("E-FILE-06", what="内部大小与目录不符", limit=limit)
            self.inflated += len(chunk)
            self._weigh(size)
            checksum = zlib.crc32(chunk, checksum)
            if guard:
                guard.feed(chunk)
            yield chunk
        if size != member.file_size or checksum != member.CRC:
            raise FileError("E-FILE-02", where="（内部校验不符）")

    def read(self, name: str, most: int = 8 * MEGABYTE) -> bytes:
        """A small member as a whole."""
        content = bytearray()
        for chunk in self.inflate(name):
            content += chunk
            if len(content) > most:
                raise FileError("E-FILE-06", what="内部目录过大", limit=human(most))
        return bytes(content)

    def _weigh(self, size: int) -> None:
        limits = self.limits
        if self.inflated > limits.unpacked_bytes:
            limit = human(limits.unpacked_bytes)
            raise FileError("E-FILE-06", what="解压内容超出允许大小", limit=limit)
        if size > limits.ratio_free_bytes + self.packed * limits.ratio:
            raise FileError("E-FILE-06", what="压缩比异常", limit=f"{limits.ratio} 倍")

    def _raw(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        self.stream.seek(member.header_offset)
        head = self.stream.read(LOCAL_HEADER.size)
        if len(head) < LOCAL_HEADER.size or head[:4] != b"PK\x03\x04":
            raise FileError("E-FILE-02")
        fields = LOCAL_HEADER.unpack(head)
        name_length, extra_length, method = fields[9], fields[10], fields[3]
        if method != member.compress_type:
            raise FileError("E-FILE-08", what="压缩目录前后不一致")
        self.stream.seek(name_length + extra_length, 1)
        packed = self._packed(member.compress_size)
        if method == zipfile.ZIP_STORED:
            yield from packed
        else:
            yield from deflated(packed)

    def _packed(self, left: int) -> Iterator[bytes]:
        self.packed = 0
        while left:
            piece = self.stream.read(min(PACKED, left))
            if not piece:
                raise FileError("E-FILE-02")
            left -= len(piece)
            self.packed += len(piece)
            yield piece


def deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Inflate in chunks of bounded size, whatever the ratio."""
    engine = zlib.decompressobj(-15)
    try:
        for piece in pieces:
            while piece:
                chunk = engine.decompress(piece, CHUNK)
                piece = engine.unconsumed_tail
                if chunk:
                    yield chunk
    except zlib.error as bad:
        raise FileError("E-FILE-02") from bad
    if not engine.eof:
        raise FileError("E-FILE-02")


def unsafe(name: str) -> bool:
    """A member name that points outside, or that two readers may understand differently."""
    return (
        not name
        or name.startswith("/")
        or "\\" in name
        or "\0" in name
        or ":" in name
        or ".." in name.split("/")
    )


class MarkupGuard:
    """Refuses document types, entities and encodings that could hide them (S40)."""

    def __init__(self, bare: bool) -> None:
        self.bare = bare
        self.tail: bytes | None = None

    def feed(self, chunk: bytes) -> None:
        if self.tail is None:
            self._opening(chunk[:200])
            self.tail = b""
        # One rare byte is found ten times faster than two common ones.
        if b"!" in chunk and b"<!" in (window := self.tail + chunk):
            if any(word in window for word in DECLARATIONS):
                raise FileError("E-FILE-08", what="含有 DOCTYPE 或实体定义")
            if self.bare:
                raise FileError("E-FILE-08", what="工作表内含注释标记")
        self.tail = (chunk if len(chunk) > 16 else self.tail + chunk)[-16:]

    def _opening(self, start: bytes) -> None:
        marked = start[:2] in (b"\xfe\xff", b"\xff\xfe") or b"\0" in start
        if marked or declared_encoding(start) not in ("utf-8", "us-ascii", "ascii"):
            raise FileError("E-FILE-08", what="内部文件不是 UTF-8 编码")


def declared_encoding(start: bytes) -> str:
    """The encoding named in an XML declaration, UTF-8 when none is named."""
    declaration = start.split(b"?>", 1)[0]
    if b"encoding" not in declaration:
        return "utf-8"
    value = declaration.split(b"encoding", 1)[1].lstrip(b" =\t")
    quoted = value[1:].split(value[:1], 1)[0] if value else b""
    return quoted.decode("ascii", "replace").lower()
