"""Secret addresses of the links into a round: signed, not stored, so that no copy of the database opens one.

A mail that holds one is kept with a mark in its place, which is replaced when the mail leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.core.errors import Conflict, NotVisible
from planner.core.i18n import N_
from planner.core.signing import read_signed, sign

MARK = "{personal-address}"
_PURPOSE = "consultation link"


@dataclass(frozen=True)
class _Settings:
    base_url: str | None
    key: str


_settings: dict[str, _Settings] = {}


def configure(base_url: str | None, key: str) -> None:
    """Set where the site is and the installation's key."""
    _settings["links"] = _Settings(base_url.rstrip("/") if base_url else None, key)


def token_of(link_id: int, generation: int) -> str:
    """Return the secret part of the address."""
    return sign(link_id, generation, purpose=_PURPOSE, key=_settings["links"].key)


def read_token(token: str) -> tuple[int, int]:
    """Return the link's id and generation. Raises NotVisible for whatever this installation has not signed."""
    numbers = read_signed(token, 2, purpose=_PURPOSE, key=_settings["links"].key)
    if numbers is None:
        raise NotVisible
    return numbers[0], numbers[1]


def in_full(path: str) -> str:
    """Return the whole address of a page for a mail. Raises Conflict where nobody said where the site is."""
    base = _settings["links"].base_url
    if base is None:
        raise Conflict(N_("Mail needs the address of this site. Its operator sets PLANNER_BASE_URL."))
    return base + path
