"""Mail addresses: which ones this program writes to, and what one with a name looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import getaddresses

LONGEST = 254
"""RFC 5321 section 4.5.3.1.3, without the angle brackets."""
LONGEST_LOCAL = 64
_PLAIN = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE
)


@dataclass(frozen=True)
class Address:
    """A mail address with the name that is shown beside it, which may be empty."""

    address: str
    name: str = ""


def is_plain(address: str) -> bool:
    """Say whether an address is a dot-atom of ASCII (RFC 5322 section 3.4.1): what every server and calendar keeps
    as it is.
    """
    local = address.partition("@")[0]
    return len(address) <= LONGEST and len(local) <= LONGEST_LOCAL and bool(_PLAIN.fullmatch(address))


def normal(address: str) -> str:
    """Return an address as it is compared: the host by the rules of mail (RFC 5321 section 2.4), the rest as all
    servers in use do, in small letters.
    """
    return address.strip().lower()


def read_address(text: str) -> Address | None:
    """Return the address of "Name <name@example.org>" or "name@example.org"; None where it is no plain one."""
    found = getaddresses([text])
    name, address = found[0] if len(found) == 1 else ("", "")
    if not is_plain(address) or any(ord(sign) < ord(" ") for sign in text):
        return None
    return Address(normal(address), name.strip())
