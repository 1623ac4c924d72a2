"""Words for people below the web: a message travels as its English text and parameters, and is translated at the edge.

`N_("Article {ref} is not known.", ref="11(7)")` marks a text for extraction (the extractor knows the name `N_`). `web`
calls `translate(message)` with the request's language, papers, mails and calendar entries with the reader's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from babel.messages.pofile import read_po

from planner.core import paths

LANGUAGES = ("en", "fr", "es")
"""The languages in which the fixed words of calendar entries and of mails are there, English first. Titles stay as they
are.
"""

Gettext = Callable[[str], str]


@dataclass(frozen=True)
class Message:
    """A text for people: the English text with `{name}` places, and what fills them (values, or further texts)."""

    text: str
    params: dict[str, Any] = field(default_factory=dict)

    def render(self, gettext: Gettext = str) -> str:
        """Return the text in the language of `gettext`, places filled."""
        filled = {k: rendered(v, gettext) if isinstance(v, Message | Joined) else v for k, v in self.params.items()}
        text = gettext(self.text)
        return text.format(**filled) if filled else text

    def __str__(self) -> str:
        """Return the English text."""
        return self.render()


@dataclass(frozen=True)
class Joined:
    """Texts one after the other, each of which is translated by itself."""

    parts: tuple[Text, ...]
    separator: str = ""

    def render(self, gettext: Gettext = str) -> str:
        """Return the whole in the language of `gettext`."""
        return self.separator.join(rendered(part, gettext) for part in self.parts)

    def __str__(self) -> str:
        """Return the whole with the messages in English."""
        return self.render()


Text = str | Message | Joined
"""What can be said in a language: words of the record, which stay as they are, and words of the program."""


def rendered(text: Text, gettext: Gettext = str) -> str:
    """Return a text in the language of `gettext`."""
    return text if isinstance(text, str) else text.render(gettext)


def joined(parts: Iterable[Text | None], separator: str = "") -> Joined:
    """Return the parts that say something as one text."""
    return Joined(tuple(part for part in parts if part), separator)


def N_(text: str, /, **params: Any) -> Message:  # noqa: N802 - the name that message extractors know
    """Mark a text for translation and keep its parameters."""
    return Message(text, params)


def known_language(code: str | None) -> str:
    """Return the one of `LANGUAGES` that a person's language is ("fr_CA" is "fr"), English where it is none of them."""
    language = (code or "").partition("_")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def gettext_of(language: str) -> Gettext:
    """Return what translates into a language of `LANGUAGES`; a text without a translation stays English.

    The catalogue is read as people write it (`translations/<language>/LC_MESSAGES/messages.po`), once for the process.
    """
    if language == LANGUAGES[0]:
        return str
    if language not in LANGUAGES:
        raise ValueError(f"{language} is not among the languages {LANGUAGES}")
    with (paths.PACKAGE / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    known = {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    return lambda text: known.get(text, text)
