"""The description of an entry as paragraphs, lists and links: as plain text and as HTML. No record is known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

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


def html(blocks: Iterable[Block], gettext: Gettext = str) -> str:
    """Return blocks as a page of HTML, everything of the record escaped; nothing where plain text says it as well."""
    known = list(blocks)
    if all(isinstance(block, Lines) for block in known):
        return ""
    return f"<html><body>{''.join(_markup(block, gettext) for block in known)}</body></html>"


def _markup(block: Block, gettext: Gettext) -> str:
    if isinstance(block, Lines):
        lines = "\n".join(_lines(block, gettext))
        paragraphs = (part.strip() for part in lines.replace("\r\n", "\n").split("\n\n"))
        return "".join(f"<p>{_escaped(part)}</p>" for part in paragraphs if part)
    if isinstance(block, Link):
        words = rendered(block.words, gettext) or block.url
        return f'<p><a href="{escape(block.url)}">{_escaped(words)}</a></p>'
    items = "".join(f"<li>{_item(item, below, gettext)}</li>" for item, below in block.items)
    return f"<p>{_escaped(rendered(block.heading, gettext))}</p><ul>{items}</ul>"


def _item(item: Text, below: tuple[Text, ...], gettext: Gettext) -> str:
    under = "".join(f"<li>{_escaped(rendered(one, gettext))}</li>" for one in below)
    return _escaped(rendered(item, gettext)) + (f"<ul>{under}</ul>" if under else "")


def _escaped(text: str) -> str:
    return escape(text.strip(), quote=False).replace("\n", "<br>")
