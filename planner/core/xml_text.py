"""What a text may hold to stand in XML 1.0."""

from __future__ import annotations

import re

# Section 2.2 of XML 1.0 (Char): not even an escape may stand for these.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """Return a text with the replacement sign (U+FFFD) for what XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)
