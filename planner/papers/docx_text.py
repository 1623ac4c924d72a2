"""Text of a paper as runs of WordprocessingML: kinds, links, tracked changes, comments and footnotes.

Changes are `w:ins` and `w:del` (ECMA-376 part 1, 17.13.5). Where text was put in and taken out again, the insertion
stands outside: refused or accepted, nothing of it is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planner.papers.docx_package import LOCALES, Package, instant, text_element, w
from planner.papers.shape import Change, Comment, Content, Footnote, Inline, Mark, Run

_TAGS = {Change.INSERTED: "ins", Change.DELETED: "del"}


class TextWriter:
    """Writes texts into a package; counts ids, and gathers the notes and comments, which are parts of their own."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._last_id = 0
        self._comments: list[Any] = []
        self._notes: list[Any] = []

    def next_id(self) -> int:
        """Return an id for a change or a bookmark."""
        self._last_id += 1
        return self._last_id

    def mark(self, mark: Mark) -> Any:
        """Return the element of a change, empty: around runs, or in the properties of a paragraph's mark or a row."""
        return w(_TAGS[mark.change], id=self.next_id(), author=mark.author[:255], date=instant(mark.at))

    def content(
        self, content: Content, mark: Mark | None = None, comments: Sequence[Comment] = (), part: str = "document"
    ) -> list[Any]:
        """Return the elements of a text; `mark` and `comments` are those of the whole."""
        inside = [element for inline in content for element in self._inline(inline, mark, part)]
        return self._commented(inside, comments)

    def _inline(self, inline: Inline, outer: Mark | None, part: str) -> list[Any]:
        marks = [mark for mark in (outer, inline.mark) if mark is not None]
        if len(marks) == 2 and marks[0].change is marks[1].change:
            marks = marks[1:]
        if isinstance(inline, Footnote):
            return [self._marked([self._note(inline, marks)], marks)]
        if not inline.text:
            return []
        is_deleted = any(mark.change is Change.DELETED for mark in marks)
        element = self._marked([_run(inline, is_deleted=is_deleted)], marks)
        if inline.link:
            element = w("hyperlink", element, r_id=self._package.link(part, inline.link), history=1)
        return self._commented([element], inline.comments)

    def _marked(self, elements: list[Any], marks: Sequence[Mark]) -> Any:
        """Return elements within their changes, the insertion outermost."""
        inner = elements
        for mark in sorted(marks, key=lambda one: one.change is Change.INSERTED):
            around = self.mark(mark)
            around.extend(inner)
            inner = [around]
        return inner[0]

    def _note(self, note: Footnote, marks: Sequence[Mark]) -> Any:
        # 0 and 1 are Word's own: the line above the notes, and that above one that goes on
        number = len(self._notes) + 2
        reference = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
        body = [
            element
            for run in note.content
            for element in self.content((run,), marks[-1] if marks else None, part="footnotes")
        ]
        space = w("r", text_element("t", " "))
        paragraph = w("p", w("pPr", w("pStyle", val="FootnoteText")), reference, space, *body)
        self._notes.append(w("footnote", paragraph, id=number))
        return w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteReference", id=number))

    def _commented(self, elements: list[Any], comments: Sequence[Comment]) -> list[Any]:
        around = elements
        for comment in comments:
            number = len(self._comments)
            self._comments.append(_comment(number, comment))
            reference = w("r", w("rPr", w("rStyle", val="CommentReference")), w("commentReference", id=number))
            start, end = w("commentRangeStart", id=number), w("commentRangeEnd", id=number)
            around = [start, *around, end, reference]
        return around

    def finish(self) -> None:
        """Put the notes and comments into the package; the parts are left out where there are none."""
        separators = [
            w("footnote", w("p", w("r", w(tag))), type=kind, id=number)
            for number, (kind, tag) in enumerate(
                (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
            )
        ]
        self._package.set("footnotes", w("footnotes", *separators, *self._notes))
        if self._comments:
            self._package.set("comments", w("comments", *self._comments))


def _run(run: Run, *, is_deleted: bool) -> Any:
    properties = w("rPr")
    if run.link:
        properties.append(w("rStyle", val="Hyperlink"))
    if run.bold:
        properties.extend((w("b"), w("bCs")))
    if run.language:
        properties.append(w("lang", val=LOCALES.get(run.language, run.language)))
    return w("r", properties if len(properties) else None, *lines(run.text, "delText" if is_deleted else "t"))


def lines(text: str, tag: str = "t") -> list[Any]:
    """Return a text with a break at each of its line ends."""
    found: list[Any] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append(w("br"))
        if line:
            found.append(text_element(tag, line))
    return found


def _comment(number: int, comment: Comment) -> Any:
    reference = w("r", w("rPr", w("rStyle", val="CommentReference")), w("annotationRef"))
    paragraphs = [
        w("p", w("pPr", w("pStyle", val="CommentText")), None if number_of_line else reference, w("r", *lines(line)))
        for number_of_line, line in enumerate(comment.text.split("\n"))
    ]
    initials = "".join(word[0] for word in comment.author.split())[:9]
    return w(
        "comment", *paragraphs, id=number, author=comment.author[:255], date=instant(comment.at), initials=initials
    )
