"""Encryption of backup files with a passphrase, piece by piece, whatever their size.

Each piece is AES-256-GCM under a nonce of prefix, counter and an end mark (the STREAM
construction): pieces that are cut off, moved or exchanged do not open.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"FGQYDJ-SEALED-1\n"
PIECE = 1024 * 1024
TAG = 16
SALT, PREFIX = 16, 7
ENDING = ".sealed"


class WrongPassphraseError(ValueError):
    """The file was sealed with another passphrase, or has been damaged or changed."""


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Write the sealed form of a file."""
    salt, prefix = os.urandom(SALT), os.urandom(PREFIX)
    cipher = AESGCM(_key(passphrase, salt))
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MAGIC + salt + prefix)
        for number, piece, last in _pieces(plain, PIECE):
            sealed.write(cipher.encrypt(_nonce(prefix, number, last), piece, MAGIC))


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Write the plain form of a sealed file; nothing is left behind when it does not open."""
    try:
        with source.open("rb") as sealed, target.open("wb") as plain:
            if sealed.read(len(MAGIC)) != MAGIC:
                raise WrongPassphraseError("不是本系统的加密备份文件")
            salt, prefix = sealed.read(SALT), sealed.read(PREFIX)
            cipher = AESGCM(_key(passphrase, salt))
            for number, piece, last in _pieces(sealed, PIECE + TAG):
                plain.write(cipher.decrypt(_nonce(prefix, number, last), piece, MAGIC))
    except (InvalidTag, ValueError) as problem:
        target.unlink(missing_ok=True)
        raise WrongPassphraseError(f"{source.name}：口令不对，或文件已损坏") from problem


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _pieces(stream: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Number, content and whether it is the last; an empty file is one empty last piece."""
    number, piece = 0, stream.read(size)
    while True:
        following = stream.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following
