"""Consultation on a circulated version: who comments, what they say, what becomes of it.

`speaking` says who may comment for whom, `commenting` takes, changes and withdraws comments, `disposing` answers them,
`applying` writes a taken wording into the working copy, `running` extends and closes a round, `links` are the personal
addresses without an account, `reminding` drafts reminders. `pages` and `rows` are what is read: `list_comment_rows`
gives plain values for tables and papers. The round itself, as a fact, is in `services/rounds/`.
"""

from planner.rules.comment_rows import CommentRow
from planner.services.consultations.applying import Application, apply_comment, get_application
from planner.services.consultations.commenting import (
    LONGEST,
    Typed,
    edit_comment,
    submit_comment,
    withdraw_comment,
)
from planner.services.consultations.disposing import dispose, next_undecided, take_back_disposition
from planner.services.consultations.items import PlacedItem
from planner.services.consultations.links import (
    LinkRow,
    LinksPage,
    Opened,
    get_links,
    make_link,
    open_link,
    revoke_link,
    rotate_link,
)
from planner.services.consultations.pages import (
    Asked,
    CommentView,
    FormView,
    RoundPage,
    get_comment,
    get_form,
    get_page,
)
from planner.services.consultations.reminding import DAYS_BEFORE, remind
from planner.services.consultations.rows import list_comment_rows, table_of_comments
from planner.services.consultations.running import close_round, extend_round
from planner.services.consultations.speaking import Round, Voice, get_round

__all__ = [
    "DAYS_BEFORE",
    "LONGEST",
    "Application",
    "Asked",
    "CommentRow",
    "CommentView",
    "FormView",
    "LinkRow",
    "LinksPage",
    "Opened",
    "PlacedItem",
    "Round",
    "RoundPage",
    "Typed",
    "Voice",
    "apply_comment",
    "close_round",
    "dispose",
    "edit_comment",
    "extend_round",
    "get_application",
    "get_comment",
    "get_form",
    "get_links",
    "get_page",
    "get_round",
    "list_comment_rows",
    "make_link",
    "next_undecided",
    "open_link",
    "remind",
    "revoke_link",
    "rotate_link",
    "submit_comment",
    "table_of_comments",
    "take_back_disposition",
    "withdraw_comment",
]
