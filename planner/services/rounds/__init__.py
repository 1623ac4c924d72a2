"""The round of comments on a version as a fact: opened, its deadline, closed, who reads what in it; and the secret
addresses of its links. What people do in a round is in `services/consultations/`, which stands on this.
"""

from planner.services.rounds.addresses import MARK, configure, in_full, read_token, token_of
from planner.services.rounds.state import (
    EVERY_CLASS,
    close,
    count_undecided,
    find_round,
    hide_or_show,
    mask_of,
    open_round,
    require_open_round,
    settle_lateness,
)

__all__ = [
    "EVERY_CLASS",
    "MARK",
    "close",
    "configure",
    "count_undecided",
    "find_round",
    "hide_or_show",
    "in_full",
    "mask_of",
    "open_round",
    "read_token",
    "require_open_round",
    "settle_lateness",
    "token_of",
]
