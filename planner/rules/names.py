"""Names that people give to what is their own: feeds, devices."""

from __future__ import annotations

from planner.core.i18n import N_, Message

LONGEST_NAME = 120


def name_fault(name: str, *, missing: Message) -> Message | None:
    """Return what is wrong with a name, None for nothing; `missing` is what is said where there is none."""
    if not name.strip():
        return missing
    if len(name) > LONGEST_NAME:
        return N_("A name has at most {count} characters.", count=LONGEST_NAME)
    if any(ord(sign) < ord(" ") for sign in name):
        return N_("A name is one line of text.")
    return None
