"""Encryption of single values, and the blind index by which equal ones are found.

A sealed value reads v1.keyid.nonce.ciphertext.tag (base64url): v1 is AES-256-GCM, v1sm4 is
SM4-GCM. FIELD_CIPHER chooses which one seals; both are opened. Its context, where it stands in
the database, is authenticated with it: moved to another row it no longer opens. Keys come from
FIELD_KEYS or the file FIELD_KEYS_FILE and never lie in the database or its backup. The setting
is a key ring in JSON, or one long random secret that stands for a ring of one key.
"""

import hashlib
import hmac
import json
import re
import secrets
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
SM4_KEY_BYTES = 16
LEAST_SECRET = 43  # characters; 32 random bytes in base64
NONCE_BYTES = 12
TAG_BYTES = 16
_key_id = re.compile(r"[A-Za-z0-9_-]{1,16}").fullmatch


class SealBrokenError(Exception):
    """A value that does not open: altered, moved, or sealed with a key that is gone."""

    def __init__(self) -> None:
        super().__init__("数据校验失败")


@dataclass(frozen=True)
class KeyRing:
    """Data keys by id, of which `current` seals, and the key of all blind indexes."""

    current: str
    data: Mapping[str, bytes]
    index: bytes

    def __post_init__(self) -> None:
        keys = [*self.data.values(), self.index]
        if (
            self.current not in self.data
            or not all(map(_key_id, self.data))
            or any(len(key) != KEY_BYTES for key in keys)
            or len(set(keys)) < len(keys)
        ):
            raise ValueError("not a key ring")

    @classmethod
    def generate(cls) -> "KeyRing":
        return cls(
            "k1", {"k1": secrets.token_bytes(KEY_BYTES)}, index=secrets.token_bytes(KEY_BYTES)
        )

    @classmethod
    def of_secret(cls, secret: str) -> "KeyRing":
        """The ring that one secret stands for: always the same."""
        return cls("k1", {"k1": _derived(secret, "data")}, index=_derived(secret, "index"))

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """The ring that `dump` wrote or a secret stands for; raises ValueError for others."""
        if not text.startswith("{") and len(text) >= LEAST_SECRET:
            return cls.of_secret(text)
        try:
            found = json.loads(text)
            data = {key_id: b64decode(key, validate=True) for key_id, key in found["data"].items()}
            return cls(found["current"], data, b64decode(found["index"], validate=True))
        except (TypeError, KeyError, AttributeError) as problem:
            raise ValueError("not a key ring") from problem

    def dump(self) -> str:
        """As JSON, for a file that only the program may read."""
        data = {key_id: b64encode(key).decode() for key_id, key in self.data.items()}
        index = b64encode(self.index).decode()
        return json.dumps({"current": self.current, "data": data, "index": index}, indent=1)


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"field keys: {purpose}".encode(), hashlib.sha256)


@lru_cache(maxsize=4)
def _parsed(text: str) -> KeyRing:
    try:
        return KeyRing.parse(text)
    except ValueError:
        raise ImproperlyConfigured("FIELD_KEYS 未设置或不是有效的密钥环") from None


def key_ring() -> KeyRing:
    """The ring of the settings."""
    return _parsed(settings.FIELD_KEYS)


class _Sm4Gcm:
    """SM4-GCM called like AESGCM; its 128-bit key is derived from the data key of the ring."""

    def __init__(self, key: bytes) -> None:
        self._key = SM4(hmac.digest(key, b"sm4", hashlib.sha256)[:SM4_KEY_BYTES])

    def encrypt(self, nonce: bytes, data: bytes, context: bytes) -> bytes:
        cipher = Cipher(self._key, GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(context)
        return cipher.update(data) + cipher.finalize() + cipher.tag

    def decrypt(self, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        """Nothing is given out before the tag has proved right; raises InvalidTag."""
        cipher = Cipher(self._key, GCM(nonce, sealed[-TAG_BYTES:])).decryptor()
        cipher.authenticate_additional_data(context)
        return cipher.update(sealed[:-TAG_BYTES]) + cipher.finalize()


VERSIONS = {"aes": "v1", "sm4": "v1sm4"}  # by FIELD_CIPHER
_ciphers: Mapping[str, type[AESGCM | _Sm4Gcm]] = {"v1": AESGCM, "v1sm4": _Sm4Gcm}


def seal(text: str, context: str) -> str:
    """The text encrypted for one place in the database, with the cipher of the settings."""
    ring, nonce = key_ring(), secrets.token_bytes(NONCE_BYTES)
    version = VERSIONS[settings.FIELD_CIPHER]
    cipher = _ciphers[version](ring.data[ring.current])
    sealed = cipher.encrypt(nonce, text.encode(), context.encode())
    parts = nonce, sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
    return ".".join((version, ring.current, *map(_letters, parts)))


def unseal(token: str, context: str) -> str:
    """The text of a sealed value at its place, whichever cipher; raises SealBrokenError."""
    try:
        version, key_id, *parts = token.split(".")
        nonce, ciphertext, tag = map(_bytes, parts)
        cipher = _ciphers[version](key_ring().data[key_id])
        return cipher.decrypt(nonce, ciphertext + tag, context.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as problem:
        raise SealBrokenError from problem


def mac(text: str, purpose: str) -> str:
    """A keyed digest of a text; each purpose has a key of its own."""
    key = hmac.digest(key_ring().index, purpose.encode(), hashlib.sha256)
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def blind_index(text: str, column: str) -> str:
    """A keyed digest: equal texts of a column have equal digests, other columns other ones."""
    return mac(text, f"blind index of {column}")


def _letters(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def _bytes(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
