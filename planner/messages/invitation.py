"""The mails about an invitation to a session: asked, changed, called off, taken back. In the language of their reader:
titles and places stay as they are in the record, as in calendars.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.core.i18n import N_, Gettext, Message
from planner.messages.wording import Words, moment_words, plain, rich


class Occasion(StrEnum):
    """What an invitation mail tells."""

    ASKED = "asked"
    CHANGED = "changed"
    CALLED_OFF = "called_off"
    """The session does not take place, or not on its day."""
    TAKEN_BACK = "taken_back"
    """The person is not invited any more, whatever becomes of the session."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """The facts of a session, as its calendar entry says them; what is empty is not said."""

    title: str
    starts: datetime | date
    ends: datetime | date | None
    zone: str | None
    place: str = ""
    about: str = ""
    url: str | None = None


_SUBJECTS = {
    Occasion.ASKED: N_("Invitation: {title}"),
    Occasion.CHANGED: N_("Changed: {title}"),
    Occasion.TAKEN_BACK: N_("Invitation withdrawn: {title}"),
}
_OPENINGS = {
    Occasion.ASKED: N_("You are invited to this session."),
    Occasion.CHANGED: N_("What you were told of this session has changed. This is how it is now."),
    Occasion.CALLED_OFF: N_("This session does not take place as you were told."),
    Occasion.TAKEN_BACK: N_("You were invited to this session. The invitation is withdrawn."),
}
_ASKS = N_(
    "Please answer with the buttons of your mail or calendar program. "
    "Answer from the address to which this mail was sent; answers from others are not counted."
)
_ASKS_AGAIN = N_("If the time is another one, your earlier answer does not count any more: please answer again.")


def write(occasion: Occasion, event: Event, *, name: str, gettext: Gettext = str) -> Words:
    """Return the words of a mail to the person of that name. A withdrawal says title and time alone."""

    def say(message: Message) -> str:
        return message.render(gettext)

    # an event that is called off says so in its title already
    subject = _SUBJECTS.get(occasion, Message("{title}"))
    opening = [say(Message("{name},", {"name": name})) if name else "", say(_OPENINGS[occasion])]
    is_told = occasion is not Occasion.TAKEN_BACK
    facts = [
        (say(N_("What")), event.title),
        (say(N_("When")), moment_words(event.starts, event.ends, event.zone, gettext)),
        (say(N_("Where")), event.place if is_told else ""),
    ]
    asks = {Occasion.ASKED: [_ASKS], Occasion.CHANGED: [_ASKS_AGAIN, _ASKS]}.get(occasion, [])
    # the page stands in the description too, as its last paragraph
    closing = [*map(say, asks), event.about if is_told else ""]
    return Words(
        subject=say(Message(subject.text, {"title": event.title})),
        text=plain(opening, facts, closing, gettext),
        html=rich(opening, facts, closing),
    )
