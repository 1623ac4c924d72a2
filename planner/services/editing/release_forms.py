"""What a person types to release a programme: its name, and until when it is held back."""

from __future__ import annotations

from datetime import datetime

from planner.access.viewer import public
from planner.core.errors import Invalid
from planner.core.i18n import N_, Message
from planner.services.editing.faults import Wrong
from planner.services.editing.kinds import Moment, Text
from planner.services.editing.local_times import instant_of
from planner.services.editing.spec import Entry


def read_release(name: str | None, until: str | None, zone: str, *, at: datetime) -> tuple[str, datetime | None]:
    """Return name and end of the embargo (None without one) of what was typed; hours are those of `zone`.

    Raises Invalid with the fields "name" and "until".
    """
    entry = Entry(actor=public(at.date()), at=at, kind="release")
    wrong: dict[str, Message] = {}
    title, instant = None, None
    try:
        title = Text().clean(name, entry)
        if title is None:
            wrong["name"] = N_("A release has a name, as in “Second draft programme”.")
    except Wrong as error:
        wrong["name"] = error.parts[""]
    try:
        local = Moment().clean(until, entry)
        instant = instant_of(local, zone) if local else None
        if instant is not None and instant <= at:
            wrong["until"] = N_("An embargo ends in the future. Leave it empty to release at once.")
    except Wrong as error:
        wrong["until"] = error.parts[""]
    if wrong or title is None:
        raise Invalid(wrong)
    return title, instant
