"""The changes of a redline in words, one sentence a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planner.core.i18n import N_, Joined, Message, Text
from planner.rules.redline.compare import Change, ChangeKind
from planner.rules.redline.text import Item
from planner.rules.words import word


@dataclass(frozen=True)
class Names:
    """What sentences call the cycles (by their place in the series) and the items (by their identity)."""

    cycles: Mapping[int, str]
    items: Mapping[int, str]

    def cycle(self, place: object) -> Text:
        """Return the code of a cycle."""
        found = self.cycles.get(place) if isinstance(place, int) else None
        return found or N_("no cycle")

    def item(self, key: object) -> str | None:
        """Return the title of an item."""
        return self.items.get(key) if isinstance(key, int) else None


def sentence(change: Change, names: Names) -> Text:
    """Return one sentence on a change, without the kind of item that it is about."""
    return _SENTENCES[change.kind](change, names)


def _titles(items: tuple[Item, ...]) -> Joined:
    return Joined(tuple(N_("“{title}”", title=item.title) for item in items), ", ")


def _title(change: Change) -> str:
    return change.item.title if change.item else ""


def _shifted(change: Change, _names: Names) -> Message:
    count = change.new if isinstance(change.new, int) else 0
    if abs(count) == 1:
        later = N_("The whole schedule moves one cycle later.")
        return later if count > 0 else N_("The whole schedule moves one cycle earlier.")
    if count > 0:
        return N_("The whole schedule moves {count} cycles later.", count=count)
    return N_("The whole schedule moves {count} cycles earlier.", count=-count)


def _added(change: Change, names: Names) -> Message:
    if change.item is None or change.item.cycle is None:
        return N_("“{title}” is new.", title=_title(change))
    return N_("“{title}” is new, in {cycle}.", title=_title(change), cycle=names.cycle(change.item.cycle))


def _removed(change: Change, _names: Names) -> Message:
    return N_("“{title}” is taken out.", title=_title(change))


def _merged(change: Change, _names: Names) -> Message:
    return N_("“{title}” takes in {others}.", title=_title(change), others=_titles(change.others))


def _split(change: Change, _names: Names) -> Message:
    return N_("“{title}” is split: {others} is made of it.", title=_title(change), others=_titles(change.others))


def _carried_over(change: Change, _names: Names) -> Message:
    return N_("“{title}” carries on {others}.", title=_title(change), others=_titles(change.others))


def _moved(change: Change, names: Names) -> Message:
    old, new = names.cycle(change.old), names.cycle(change.new)
    return N_("“{title}” moves from {old} to {new}.", title=_title(change), old=old, new=new)


def _moved_under(change: Change, names: Names) -> Message:
    above = names.item(change.new)
    if above is None:
        return N_("“{title}” stands under no other item any more.", title=_title(change))
    return N_("“{title}” stands under “{above}” now.", title=_title(change), above=above)


def _reordered(change: Change, _names: Names) -> Message:
    return N_("“{title}” comes in another place.", title=_title(change))


def _spans(change: Change, names: Names) -> Message:
    if change.new is None:
        return N_("“{title}” does not run on to {old} any more.", title=_title(change), old=names.cycle(change.old))
    return N_("“{title}” runs to {new}.", title=_title(change), new=names.cycle(change.new))


def _edited(change: Change, _names: Names) -> Message:
    return N_("“{title}”: {field} changed.", title=_title(change), field=word("field", change.field))


def _question_changed(change: Change, _names: Names) -> Message:
    return N_("The guiding question “{title}” is worded anew.", title=_title(change))


_SENTENCES: Mapping[ChangeKind, Callable[[Change, Names], Text]] = {
    "shifted": _shifted,
    "added": _added,
    "removed": _removed,
    "merged": _merged,
    "split": _split,
    "carried_over": _carried_over,
    "moved": _moved,
    "moved_under": _moved_under,
    "reordered": _reordered,
    "spans": _spans,
    "edited": _edited,
    "question_changed": _question_changed,
}
