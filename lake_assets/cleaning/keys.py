"""Keys of pseudonyms: named in declarations, taken from the environment when they are used, never shown."""

from __future__ import annotations

import hashlib

from lake_assets.errors import SettingsError
from lake_assets.settings import expand

__all__ = ["key_id", "pseudonym", "read_key"]

_SHORTEST = 16
_LONGEST = hashlib.blake2b.MAX_KEY_SIZE
_PSEUDONYM_BYTES = 16
_CHECK_BYTES = 4


def read_key(name: str, place: str) -> bytes:
    """The key that an environment variable holds.

    Args:
        name: Of the variable.
        place: What asks for it, for the error.

    Raises:
        SettingsError: When it is not set, or too short to guard anything.
    """
    key = expand(f"${{{name}}}", place=place).encode()
    if len(key) < _SHORTEST:
        what = f"the key in {name} has {len(key)} bytes, too few to guard anything"
        raise SettingsError(what, place=place, mend=f"set {name} to {_SHORTEST} random characters or more")
    return key if len(key) <= _LONGEST else hashlib.blake2b(key).digest()


def key_id(name: str, key: bytes) -> str:
    """What tells keys apart without showing one: the variable's name, and a short hash that the key itself keys.

    >>> key_id("LAKE_PSEUDONYM_KEY", b"0123456789abcdef")
    'LAKE_PSEUDONYM_KEY:4f678968'
    """
    check = hashlib.blake2b(name.encode(), digest_size=_CHECK_BYTES, key=key, person=b"lake key id")
    return f"{name}:{check.hexdigest()}"


def pseudonym(text: str, key: bytes) -> str:
    """The pseudonym of a value: the same for the same value and key, and nothing without the key.

    Source: RFC 7693, BLAKE2b with a key.
    """
    return hashlib.blake2b(text.encode(), digest_size=_PSEUDONYM_BYTES, key=key).hexdigest()
