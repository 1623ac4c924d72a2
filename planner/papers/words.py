"""The fixed wording of the papers, all in one place, said in English, French or Spanish.

As everywhere in the program the English text is the name of a message and the catalogues in `translations/` hold the
others; texts of the plan itself stay in the language in which they were written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from planner.core.i18n import N_, Gettext, Message, Text, gettext_of, rendered
from planner.papers.shape import Language
from planner.rules.day_words import date_words, day_words
from planner.rules.partial_dates import PartialDate

ORIGINALS = {
    "ar": N_("Original: Arabic"),
    "en": N_("Original: English"),
    "es": N_("Original: Spanish"),
    "fr": N_("Original: French"),
    "ru": N_("Original: Russian"),
    "zh": N_("Original: Chinese"),
}
SERIAL_OPEN = N_("Draft, serial not yet allotted")
ILLUSTRATION = N_("Illustration; not a document of the Treaty.")
CONTENTS = N_("Contents")
COMMENTS = N_("Comments")
COMMENT_NUMBER = N_("Comment {number}")
LEGEND = N_("Changes: text put in is underlined, text taken out is struck through.")
ANNEX = N_("Annex")
ANNEX_LETTER = N_("Annex {letter}")
PAGE = N_("Page {number} of {count}")
PARAGRAPH = N_("paragraph {number}")
PARAGRAPHS = N_("paragraphs {first} to {last}")
REFERENCE = N_("annex {letter}, {paragraphs}")
ONLY_REFERENCE = N_("annex, {paragraphs}")
VERSION_NUMBER = N_("Version {number}")
WORKING_COPY = N_("Working copy")
RECONSTRUCTION = N_("Reconstruction")

# the draft plan
DRAFT_PLAN = N_("Draft multi-year work plan")
INTRODUCTION = N_("Introduction")
OVERVIEW = N_("Overview")
COVERS = N_("The plan covers {first} to {last}, with one theme or more for each cycle, as shown in the table.")
COVERS_ONE = N_("The plan covers {cycle}, as shown in the table.")
THEMES = N_("Themes and topics")
NO_ITEMS = N_("This version holds no themes yet.")
CYCLE = N_("Cycle")
YEARS = N_("Years")
THEME = N_("Theme")
TOPICS = N_("Topics")
ITEM = N_("Item {number}.")
TOPIC_OF = N_("Item {number}. {title}.")
RATIONALE = N_("Rationale.")
LEAD = N_("Lead: {names}.")
STAGES = N_("Stage of the transfer chain: {stages}.")
ARTICLES = N_("Articles: {articles}.")
RESULT = N_("Result: {result}.")
DOCUMENT = N_("Document: {document}.")
WITH_BODY = N_("Together with: {body}.")
RUNS_TO = N_("Runs to {cycle}.")
OUTPUTS = N_("Expected outputs:")
QUESTIONS_IN = N_("The guiding questions are in {place}.")
QUESTIONS = N_("Guiding questions: {title}")

# the statement of differences
STATEMENT = N_("Statement of differences")
STATEMENT_OF = N_("{new}, compared with {old}")
CHANGES = N_("Changes")
CHANGES_COUNT = N_("{count} changes lead from {old} to {new}. Each is told below, and shown in the text that follows.")
CHANGES_ONE = N_("One change leads from {old} to {new}. It is told below, and shown in the text that follows.")
NO_CHANGES = N_("{new} says the same as {old}.")
CHANGED_TEXT = N_("Text with its changes")
NEW_ITEM = N_("New.")
ITEM_GONE = N_("Taken out.")
FIELD_VALUE = N_("{field}: ")

# the table of comments
COMMENT_TABLE = N_("Table of comments")
COMMENTS_ON = N_("Comments on {version}")
COMMENTS_COUNT = N_(
    "{count} comments, those that its reader may see, are given by item, then by State or organisation."
)
COMMENTS_ONE = N_("One comment, that its reader may see, is given by item, then by State or organisation.")
NO_COMMENTS = N_("This paper holds no comment: there is none that its reader may see.")
BY_ITEM = N_("Comments by item")
BY_STATE = N_("Comments by State or organisation")
ON = N_("Item")
FROM = N_("From")
COMMENT = N_("Comment")
ANSWER = N_("What became of it, and why")
WHOLE_PLAN = N_("The plan as a whole")
PROPOSED_TITLE = N_("Proposed title: {text}")
PROPOSED_TEXT = N_("Proposed text: {text}")
LATE = N_("late")
WITHDRAWN = N_("Withdrawn.")
OPEN = N_("Not answered yet.")


@dataclass(frozen=True)
class Words:
    """The wording of one language."""

    language: Language

    @cached_property
    def _gettext(self) -> Gettext:
        return gettext_of(self.language)

    def say(self, text: Text, /, **params: Any) -> str:
        """Return a text of the program in this language, its places filled."""
        filled = replace(text, params={**text.params, **params}) if params and isinstance(text, Message) else text
        return rendered(filled, self._gettext)

    def date(self, known: date | PartialDate) -> str:
        """Return a date, or what is known of it: "1 January 2027", "1er janvier 2027", "1 de enero de 2027"."""
        return self.say(date_words(known) if isinstance(known, PartialDate) else day_words(known))

    def annex(self, letter: str) -> str:
        """Return what an annex is called: "Annex A", or "Annex" where it is the only one."""
        return self.say(ANNEX_LETTER, letter=letter) if letter else self.say(ANNEX)

    def page(self, number: str, of: str) -> str:
        """Return the words of a page number."""
        return self.say(PAGE, number=number, count=of)

    def paragraphs(self, first: int, last: int) -> str:
        """Return how a paper names its paragraphs: "paragraph 4", "paragraphs 4 to 6"."""
        return self.say(PARAGRAPH, number=first) if first == last else self.say(PARAGRAPHS, first=first, last=last)

    def reference(self, letter: str, first: int, last: int) -> str:
        """Return where something stands in an annex: "annex A, paragraphs 1 to 3"."""
        paragraphs = self.paragraphs(first, last)
        return self.say(REFERENCE if letter else ONLY_REFERENCE, letter=letter, paragraphs=paragraphs)

    def comment(self, number: int) -> str:
        """Return the name of a comment in the list of them."""
        return self.say(COMMENT_NUMBER, number=number)
