"""The description of an entry as paragraphs, lists and links, and the same as plain text. No record is known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.core.i18n import Gettext, Text, rendered


@dataclass(frozen=True)
class Lines:
    """A paragraph; each of its parts begins on a line of its own."""

    parts: tuple[Text, ...]


@dataclass(frozen=True)
class Listing:
    """A list under a heading: what it lists, each with those below it."""

    heading: Text
    items: tuple[tuple[Text, tuple[Text, ...]], ...]


@dataclass(frozen=True)
class Link:
    """An address that stands by itself, after the words that say what is there, where that is not plain."""

    url: str
    words: Text = ""


Block = Lines | Listing | Link


def plain(blocks: Iterable[Block], gettext: Gettext = str) -> str:
    """Return blocks as plain text in the language of `gettext`, with an empty line between two."""
    texts = ("\n".join(line for line in _lines(block, gettext) if line) for block in blocks)
    return "\n\n".join(text for text in texts if text)


def _lines(block: Block, gettext: Gettext) -> Iterator[str]:
    if isinstance(block, Lines):
        yield from (rendered(part, gettext).strip() for part in block.parts)
    elif isinstance(block, Link):
        words = rendered(block.words, gettext)
        yield f"{words}: {block.url}" if words else block.url
    else:
        yield rendered(block.heading, gettext)
        for item, below in block.items:
            yield rendered(item, gettext).strip()
            yield from (f"- {rendered(one, gettext).strip()}" for one in below)
