"""The Markdown of a plan's text as blocks of a paper: paragraphs, lists, strong words and links.

HTML is text here, never markup. The house has no italics, so that emphasis of either kind is bold; headings become
bold paragraphs, for the paper's own headings are the plan's; numbered lists become (a), (b), (c); pictures leave their
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, cast

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from planner.papers.legible import legible
from planner.papers.shape import (
    Bullets,
    Content,
    Item,
    LetteredList,
    NumberedParagraph,
    Paragraph,
    Run,
    is_safe_link,
)

TextBlock = Paragraph | NumberedParagraph | LetteredList | Bullets

_BLANKS = re.compile(r"[ \n]+")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def text_blocks(markdown: str, *, numbered: bool = True, language: str = "") -> tuple[TextBlock, ...]:
    """Return a text as blocks; its paragraphs count with the paper's unless `numbered` is false.

    `language` is that of the text where it is not the paper's.
    """
    kind = NumberedParagraph if numbered else Paragraph
    tree = SyntaxTreeNode(_parser().parse(legible(markdown)))
    return tuple(_blocks(tree.children, kind, Run("", language=language)))


def text_content(markdown: str, *, language: str = "") -> Content:
    """Return a text as one paragraph: what would be several stands on lines of their own, lists with a dash."""
    found: list[Run] = []
    for content in _flat(text_blocks(markdown, language=language)):
        if found:
            found.append(Run("\n"))
        found += content
    return tuple(found)


def _flat(blocks: Sequence[TextBlock]) -> Iterator[list[Run]]:
    for block in blocks:
        if isinstance(block, Paragraph | NumberedParagraph):
            yield cast("list[Run]", list(block.content))
        else:
            for item in block.items:
                yield [Run("– "), *cast("list[Run]", list(item.content))]


def _blocks(
    nodes: Sequence[SyntaxTreeNode], kind: type[Paragraph | NumberedParagraph], style: Run
) -> Iterator[TextBlock]:
    for node in nodes:
        if node.type in {"bullet_list", "ordered_list"}:
            listed = LetteredList if node.type == "ordered_list" else Bullets
            items = tuple(_items(node, 0, style))
            if items:
                yield listed(items)
        elif node.type == "blockquote":
            yield from _blocks(node.children, kind, style)
        elif content := _leaf(node, style):
            yield kind(content)


def _leaf(node: SyntaxTreeNode, style: Run) -> Content:
    """Return the text of a block that holds text itself."""
    if node.type in {"fence", "code_block"}:
        text = node.content.rstrip("\n")
        return (replace(style, text=text),) if text else ()
    if node.type == "heading":
        style = replace(style, bold=True)
    return _joined(run for child in node.children for run in _inline(child, style))


def _items(node: SyntaxTreeNode, depth: int, style: Run) -> Iterator[Item]:
    """Yield the items of a list, each followed by those of the lists in it."""
    at = cast("Literal[0, 1, 2]", min(depth, 2))
    for one in node.children:
        content: list[Run] = []
        below: list[SyntaxTreeNode] = []
        for child in _unquoted(one.children):
            if child.type in {"bullet_list", "ordered_list"}:
                below.append(child)
                continue
            text = cast("list[Run]", list(_leaf(child, style)))
            content += [*([Run("\n")] if content and text else []), *text]
        yield Item(tuple(content), depth=at)
        for inner in below:
            yield from _items(inner, depth + 1, style)


def _unquoted(nodes: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    for node in nodes:
        if node.type == "blockquote":
            yield from _unquoted(node.children)
        else:
            yield node


def _inline(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    if node.type in {"text", "code_inline"}:
        yield replace(style, text=node.content)
    elif node.type == "softbreak":
        yield replace(style, text=" ")
    elif node.type == "hardbreak":
        yield replace(style, text="\n")
    elif node.type == "image":
        yield replace(style, text=_alternative(node.token))
    else:
        if node.type in {"strong", "em"}:
            style = replace(style, bold=True)
        elif node.type == "link":
            address = str(node.attrs.get("href", ""))
            style = replace(style, link=address if is_safe_link(address) else "")
        for child in node.children:
            yield from _inline(child, style)


def _alternative(token: Token | None) -> str:
    return token.content if token else ""


def _joined(runs: Iterator[Run]) -> Content:
    """Return runs with neighbours of one kind as one; none where they say nothing."""
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(run, text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found) if _BLANKS.sub("", "".join(run.text for run in found)) else ()
