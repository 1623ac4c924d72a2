"""Who mail is from, and the address at which each invitation is answered."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from uuid import uuid4

from planner.core.signing import short_code
from planner.rules.mail_addresses import Address, normal

_PURPOSE = "invitation"


@dataclass(frozen=True)
class Senders:
    """What the settings say: who mail is from, where answers go (with `{code}` or without), the installation's key."""

    mail_from: Address
    replies_to: str | None
    key: str


_settings: dict[str, Senders] = {}


def configure(mail_from: Address, replies_to: str | None, key: str) -> None:
    """Set who mail is from and how answers are known."""
    _settings["senders"] = Senders(mail_from, replies_to, key)


def senders() -> Senders:
    """Return the same."""
    return _settings["senders"]


def invited_by(invitation_id: int) -> Address:
    """Return the ORGANIZER of an invitation: the address at which it is answered.

    Where the settings have a place for it, the address holds a code that only the mail to this one person has held, so
    that a forged sender alone answers nothing.
    """
    known = senders()
    to = known.replies_to or known.mail_from.address
    if "{code}" in to:
        to = to.replace("{code}", f"{invitation_id}-{_code(invitation_id)}")
    return Address(to, known.mail_from.name)


def asks_for_code() -> bool:
    """Say whether answers must name the code of their invitation."""
    return "{code}" in (senders().replies_to or "")


def reads_code(invitation_id: int, addresses: frozenset[str]) -> bool:
    """Say whether one of the addresses that a mail was sent to holds the code of an invitation, where one is asked."""
    if not asks_for_code():
        return True
    right = invited_by(invitation_id).address
    return any(hmac.compare_digest(right.encode(), normal(one).encode()) for one in addresses)


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322 section 3.6.4) that no other mail has."""
    return f"<{uuid4().hex}@{senders().mail_from.address.rpartition('@')[2]}>"


def _code(invitation_id: int) -> str:
    return short_code(invitation_id, purpose=_PURPOSE, key=senders().key)
