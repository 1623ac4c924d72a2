"""Mail of a round of comments: the personal address, and the reminder before the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from planner.core.i18n import N_, Gettext, Message
from planner.messages.wording import Words, moment_words, plain, rich


@dataclass(frozen=True)
class Call:
    """What a mail asks for: the version, whose comments are asked for, by when, at which address."""

    version: str
    stakeholder: str
    until: datetime
    url: str
    is_personal: bool = True


_PERSONAL = N_(
    "The address is yours alone: whoever has it comments for {stakeholder}. No account is needed. Do not pass it on."
)
_LATE = N_("Comments that come later are taken while the round is open, and are marked as late.")


def write_link(call: Call, *, name: str, gettext: Gettext = str) -> Words:
    """Return the mail that brings somebody their address."""
    opening = N_("You are asked to comment on {version} for {stakeholder}.", version=call.version,
                 stakeholder=call.stakeholder)  # fmt: skip
    return _mail(N_("Your comments: {version}", version=call.version), opening, call, name, gettext)


def write_reminder(call: Call, *, name: str, gettext: Gettext = str) -> Words:
    """Return the mail that reminds somebody of the deadline."""
    opening = N_(
        "There is no comment of {stakeholder} on {version} yet. The deadline is near.",
        version=call.version, stakeholder=call.stakeholder,
    )  # fmt: skip
    return _mail(N_("Reminder: comments on {version}", version=call.version), opening, call, name, gettext)


def _mail(subject: Message, opening: Message, call: Call, name: str, gettext: Gettext) -> Words:
    first = [f"{name},", opening.render(gettext)]
    facts = [
        (N_("Version").render(gettext), call.version),
        (N_("Comments until").render(gettext), moment_words(call.until, None, "UTC", gettext)),
        (N_("Address").render(gettext), call.url),
    ]
    personal = Message(_PERSONAL.text, {"stakeholder": call.stakeholder}).render(gettext)
    closing = [_LATE.render(gettext), *([personal] if call.is_personal else [])]
    return Words(subject.render(gettext), plain(first, facts, closing), rich(first, facts, closing))
