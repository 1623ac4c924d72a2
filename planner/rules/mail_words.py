"""Words for the codes of mail and of invitations."""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.i18n import N_, Message

ANSWERS = {
    "accepted": N_("Accepted"),
    "tentative": N_("Perhaps"),
    "declined": N_("Declined"),
    "needs_action": N_("No answer yet"),
}
"""In the order in which they are counted."""
MESSAGE_STATES = {
    "draft": N_("Draft"),
    "held": N_("Held"),
    "queued": N_("To be sent"),
    "sending": N_("Being sent"),
    "sent": N_("Sent"),
    "failed": N_("Not sent"),
    "unclear": N_("Perhaps sent"),
    "bounced": N_("Came back"),
    "withdrawn": N_("Withdrawn"),
}
"""In the order of the tabs of the outbox."""
MESSAGE_TONES: Mapping[str, str] = {"sent": "settled", "failed": "fault", "bounced": "fault", "unclear": "late"}
"""State of a message → tone; what is not here is open."""
MESSAGE_KINDS = {
    "invitation": N_("Invitation"),
    "update": N_("Change"),
    "cancellation": N_("Cancellation"),
    "comment_link": N_("Personal address"),
    "comment_reminder": N_("Reminder"),
}
REPLY_OUTCOMES = {
    "taken": N_("Taken"),
    "outdated": N_("Older than what is known, or to a time that has changed"),
    "wrong_sender": N_("From somebody else than was invited"),
    "wrong_code": N_("Not sent to the address of this invitation"),
    "unknown": N_("From an address that was not invited"),
    "unreadable": N_("Not readable"),
    "bounce": N_("A mail came back"),
    "no_answer": N_("A mail for people"),
}
HINDRANCES = {
    "no_address": N_("No e-mail address that mail can be sent to"),
    "closed": N_("May not see this session"),
    "invited": N_("Invited"),
    "same_address": N_("Somebody else was invited at this address"),
}
MAIL_WORDS: Mapping[str, Mapping[str, Message]] = {
    "answer": ANSWERS,
    "message_state": MESSAGE_STATES,
    "message_kind": MESSAGE_KINDS,
    "reply_outcome": REPLY_OUTCOMES,
    "hindrance": HINDRANCES,
}
