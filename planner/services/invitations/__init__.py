"""Invitations to sessions: who may be asked and is (`inviting`), what they answer (`answering`), what pages show
(`overview`). The mails are drafted by services/invitation_mail.
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

__all__ = [
    "Candidate",
    "Guest",
    "Mine",
    "Noted",
    "Overview",
    "Summary",
    "answer_mail",
    "answer_on_page",
    "get_mine",
    "get_overview",
    "get_summary",
    "invite",
    "list_candidates",
    "review",
    "take_back",
]
