"""Markdown that people type, as HTML that can be shown: paragraphs, lists, emphasis, links; nothing that loads
or runs.
"""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "heading", "lheading"])


def markdown_html(text: str) -> str:
    """Return a text as HTML: markup typed in it is text, links go to the web or to mail, pictures are none."""
    return nh3.clean(
        _parser.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
