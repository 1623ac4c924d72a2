"""Invitations to sessions: who may be asked and is (`inviting`), what they answer (`answering`), what officers do about
answers that were refused (`refused`), what pages show (`overview`). The mails are drafted by services/invitation_mail.
"""

from planner.services.invitations.answering import answer_mail, answer_on_page
from planner.services.invitations.inviting import Candidate, invite, list_candidates, review, take_back
from planner.services.invitations.overview import (
    Guest,
    Mine,
    Noted,
    Overview,
    Summary,
    get_mine,
    get_overview,
    get_summary,
)
from planner.services.invitations.refused import (
    GIVEN,
    Choosable,
    Found,
    Refused,
    Shown,
    count_open_refused,
    get_refused,
    list_refused,
    note_done,
    reopen,
    set_by_hand,
)

__all__ = [
    "GIVEN",
    "Candidate",
    "Choosable",
    "Found",
    "Guest",
    "Mine",
    "Noted",
    "Overview",
    "Refused",
    "Shown",
    "Summary",
    "answer_mail",
    "answer_on_page",
    "count_open_refused",
    "get_mine",
    "get_overview",
    "get_refused",
    "get_summary",
    "invite",
    "list_candidates",
    "list_refused",
    "note_done",
    "reopen",
    "review",
    "set_by_hand",
    "take_back",
]
