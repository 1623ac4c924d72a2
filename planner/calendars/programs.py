"""Which kind of program reads a feed, as far as it says so: shown to the owner, who may find a reader unexpected."""

from __future__ import annotations

_SIGNS = (
    ("microsoft", "Outlook"),
    ("outlook", "Outlook"),
    ("google-calendar", "Google"),
    ("google", "Google"),
    ("thunderbird", "Thunderbird"),
    ("dataaccessd", "Apple"),
    ("calendaragent", "Apple"),
    ("ios/", "Apple"),
    ("macos/", "Apple"),
    ("davx5", "DAVx⁵"),
    ("icsx5", "ICSx⁵"),
    ("nextcloud", "Nextcloud"),
    ("vdirsyncer", "vdirsyncer"),
    ("evolution", "Evolution"),
    ("mozilla", "a browser"),
)


def program_of(user_agent: str) -> str:
    """Return the name of a known program, or "" where the header (at most its first 300 signs) names none."""
    said = user_agent[:300].casefold()
    return next((name for sign, name in _SIGNS if sign in said), "")
