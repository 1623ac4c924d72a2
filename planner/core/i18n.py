"""Words for people below the web: a message travels as its English text and parameters, and is translated at the edge.

`N_("Article {ref} is not known.", ref="11(7)")` marks a text for extraction (the extractor knows the name `N_`). `web`
calls `translate(message)` with the request's language, papers and mails with the reader's.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """A text for people: the English text with `{name}` places, and what fills them (values or messages)."""

    text: str
    params: dict[str, Any] = field(default_factory=dict)

    def render(self, gettext: Callable[[str], str] = str) -> str:
        """Return the text in the language of `gettext`, places filled."""
        filled = {k: v.render(gettext) if isinstance(v, Message) else v for k, v in self.params.items()}
        text = gettext(self.text)
        return text.format(**filled) if filled else text

    def __str__(self) -> str:
        """Return the English text."""
        return self.render()


def N_(text: str, /, **params: Any) -> Message:  # noqa: N802 - the name that message extractors know
    """Mark a text for translation and keep its parameters."""
    return Message(text, params)
