"""Words of a round of comments: kinds of comments, what became of them, who reads them."""

from collections.abc import Mapping
from types import MappingProxyType

from planner.core.i18n import N_, Message

COMMENT_KINDS = {
    "proposed_wording": N_("Proposed wording"),
    "question": N_("Question"),
    "support": N_("Support"),
    "remark": N_("Remark"),
}
DISPOSITIONS = {
    "taken": N_("taken"),
    "taken_in_part": N_("taken in part"),
    "not_taken": N_("not taken"),
}
COMMENTS_SHOWN = {
    "never": N_("Never: each reads their own only"),
    "after": N_("Once the round is closed"),
    "at_once": N_("As soon as they are made"),
}
COMMENT_READERS = {
    "states_parties": N_("States Parties"),
    "states": N_("States Parties and signatories"),
    "all": N_("Everybody who sees the version"),
}
COMMENT_WORDS: Mapping[str, Mapping[str, Message]] = MappingProxyType(
    {
        "comment_kind": COMMENT_KINDS,
        "disposition": DISPOSITIONS,
        "comments_shown": COMMENTS_SHOWN,
        "comment_readers": COMMENT_READERS,
    }
)
