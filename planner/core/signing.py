"""Secret addresses: numbers signed with the installation's key, so that what is stored opens nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac

from itsdangerous import BadData, URLSafeSerializer

_LONGEST = 200


def sign(*numbers: int, purpose: str, key: str) -> str:
    """Return the numbers and their signature (256 bits), fit for an address. Another purpose or key is another text."""
    return _signer(purpose, key).dumps(numbers)


def read_signed(token: str, count: int, *, purpose: str, key: str) -> tuple[int, ...] | None:
    """Return the `count` numbers that were signed for a purpose, or None for whatever this key has not signed."""
    if len(token) > _LONGEST:
        return None
    try:
        numbers = _signer(purpose, key).loads(token)
    except BadData:
        return None
    is_right = isinstance(numbers, list) and len(numbers) == count and all(type(one) is int for one in numbers)
    return tuple(numbers) if is_right else None


def short_code(*numbers: int, purpose: str, key: str) -> str:
    """Return 16 small letters and digits (80 bits) that only this key gives for the numbers: for places that keep
    neither capitals nor length, such as a part of a mail address. Whoever tries codes must be told nothing at once.
    """
    said = ":".join([purpose, *map(str, numbers)])
    digest = hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def _signer(purpose: str, key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})
