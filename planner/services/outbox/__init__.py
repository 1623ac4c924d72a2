"""The outbox: what officers see of it and do with it (`officers`), and what a sender takes from it (`sending`)."""

from planner.services.outbox.officers import (
    LONGEST_NOTE,
    Counted,
    Listed,
    Shown,
    get_file,
    get_message,
    hold,
    list_messages,
    queue,
    queue_all,
    set_note,
    withdraw,
)
from planner.services.outbox.sending import (
    Claimed,
    claim,
    hand_over,
    has_work,
    note_bounce,
    note_failed,
    note_sent,
    sweep,
)

__all__ = [
    "LONGEST_NOTE",
    "Claimed",
    "Counted",
    "Listed",
    "Shown",
    "claim",
    "get_file",
    "get_message",
    "hand_over",
    "has_work",
    "hold",
    "list_messages",
    "note_bounce",
    "note_failed",
    "note_sent",
    "queue",
    "queue_all",
    "set_note",
    "sweep",
    "withdraw",
]
