"""Due dates in words: the rule that ties one to a session, and what a day makes of a follow-up that is not closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.core.i18n import N_, Message
from planner.rules import lifecycle
from planner.rules.lifecycle import Tone

CLOSED = ("done", "dropped")
"""States in which a follow-up is no longer due."""
SOON_DAYS = 7


@dataclass(frozen=True)
class Due:
    """How a follow-up stands on a day: its tone, its words, and the days by which it is overdue (0: it is not)."""

    tone: Tone
    word: Message
    overdue_days: int = 0


def due_on_day(state: str, due_on: date | None, day: date) -> Due:
    """Return how a follow-up stands on a day; on its due day it is not overdue yet.

    Raise KeyError for an unknown state.
    """
    plain = Due(lifecycle.tone("follow_up", state), lifecycle.state_word("follow_up", state))
    if due_on is None or state in CLOSED:
        return plain
    left = (due_on - day).days
    if left < 0:
        word = N_("1 day overdue") if left == -1 else N_("{count} days overdue", count=-left)
        return Due("fault", word, -left)
    if left > SOON_DAYS or state == "carried_over":
        return plain
    if left < 2:
        return Due("late", N_("due tomorrow") if left else N_("due today"))
    return Due("late", N_("due in {count} days", count=left))


def rule_in_words(offset_days: int, session: str) -> Message:
    """Return a rule as a sentence part: "4 weeks after Session 1". `offset_days` is negative before the session."""
    if offset_days == 0:
        return N_("on the day of {session}", session=session)
    length = _length(abs(offset_days))
    if offset_days > 0:
        return N_("{length} after {session}", length=length, session=session)
    return N_("{length} before {session}", length=length, session=session)


def _length(days: int) -> Message:
    if days % 7 == 0:
        return N_("1 week") if days == 7 else N_("{count} weeks", count=days // 7)
    return N_("1 day") if days == 1 else N_("{count} days", count=days)
