"""What a lifecycle is made of. The lifecycles themselves are in `tables.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner.core.i18n import Message

Need = Literal["reason", "evidence", "deadline", "verb"]
Tone = Literal["settled", "open", "draft", "late", "fault"]

NEEDS: tuple[Need, ...] = ("reason", "evidence", "deadline", "verb")


@dataclass(frozen=True)
class State:
    """A state: its word for people and how it is drawn (LOOK.md section 4)."""

    name: str
    word: Message
    tone: Tone


@dataclass(frozen=True)
class Move:
    """An allowed change of state: `verb_name` is its name in addresses and the audit, `label` the text of its button.

    `needs` names what has to be given with it. A verb name is used once among the moves out of one state. `is_mark`
    moves stand beside the states (`withdrawing.py`), `is_undoing` ones take back what the Conference is said to have
    done and are for the secretariat. `is_owners` moves may also be made by who owes the record (`FollowUp.owner_id`).
    """

    source: str
    target: str
    verb_name: str
    label: Message
    needs: frozenset[Need] = field(default_factory=frozenset)
    is_mark: bool = False
    is_undoing: bool = False
    is_owners: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """The states of one kind of record, the first being where a new one starts, and the moves between them."""

    kind: str
    states: Mapping[str, State]
    moves: tuple[Move, ...]

    @property
    def initial(self) -> str:
        """Return the name of the state in which a new record starts."""
        return next(iter(self.states))
