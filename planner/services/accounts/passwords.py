"""Passwords: how they are kept (argon2id) and what is asked of a new one. Nothing here is ever logged."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from planner.core.i18n import N_, Message

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200

# The smallest setting that OWASP's password storage sheet names for argon2id; 19 MiB keeps a small machine usable.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def keep(password: str) -> str:
    """Return the text to store for a password."""
    return _hasher.hash(_normal(password))


def matches(stored: str | None, password: str) -> bool:
    """Say whether a password is the stored one. It takes the same time where nothing is stored."""
    right = False
    try:
        right = _hasher.verify(stored or _nobodys(), _normal(password))
    except (Argon2Error, InvalidHashError):
        return False
    return right and stored is not None


def is_outdated(stored: str) -> bool:
    """Say whether a password was kept with other settings than today's."""
    return _hasher.check_needs_rehash(stored)


def fault(password: str, *, email: str) -> Message | None:
    """Return what is wrong with a new password, or None. Length alone counts; no mixture of signs is asked for."""
    normal = _normal(password)
    if len(normal) < SHORTEST_PASSWORD:
        return N_("Use at least {shortest} characters. A few words are easy to remember.", shortest=SHORTEST_PASSWORD)
    if len(normal) > LONGEST_PASSWORD:
        return N_("Use at most {longest} characters.", longest=LONGEST_PASSWORD)
    if normal.strip().casefold() in (email.casefold(), email.partition("@")[0].casefold()):
        return N_("Your e-mail address is no password.")
    return None


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """Return a stored password that nobody has, for the time that checking it takes."""
    return _hasher.hash("nobody signs in with this")


def _normal(password: str) -> str:
    # Two keyboards may send the same letter as one sign or as letter and accent.
    return unicodedata.normalize("NFC", password)
