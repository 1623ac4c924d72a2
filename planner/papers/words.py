"""The fixed wording of the papers, all in one place, said in English, French or Spanish.

As everywhere in the program the English text is the name of a message and the catalogues in `translations/` hold the
others; texts of the plan itself stay in the language in which they were written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.core.i18n import N_, Gettext, Text, gettext_of, rendered
from planner.papers.shape import Language
from planner.rules.day_words import date_words, day_words
from planner.rules.partial_dates import PartialDate

ORIGINALS: dict[str, Text] = {
    "ar": N_("Original: Arabic"),
    "en": N_("Original: English"),
    "es": N_("Original: Spanish"),
    "fr": N_("Original: French"),
    "ru": N_("Original: Russian"),
    "zh": N_("Original: Chinese"),
}
CONTENTS = N_("Contents")
ANNEX = N_("Annex")
COMMENTS = N_("Comments")
DRAFT = N_("Draft, serial not yet allotted")
LEGEND = N_("Changes: text put in is underlined, text taken out is struck through.")


@dataclass(frozen=True)
class Words:
    """The wording of one language."""

    language: Language

    @cached_property
    def _gettext(self) -> Gettext:
        return gettext_of(self.language)

    def say(self, text: Text) -> str:
        """Return a text of the program in this language."""
        return rendered(text, self._gettext)

    def date(self, known: date | PartialDate) -> str:
        """Return a date, or what is known of it: "1 January 2027", "1er janvier 2027", "1 de enero de 2027"."""
        return self.say(date_words(known) if isinstance(known, PartialDate) else day_words(known))

    def annex(self, letter: str) -> str:
        """Return what an annex is called: "Annex A", or "Annex" where it is the only one."""
        return self.say(N_("Annex {letter}", letter=letter) if letter else ANNEX)

    def page(self, number: str, of: str) -> str:
        """Return the words of a page number."""
        return self.say(N_("Page {number} of {count}", number=number, count=of))

    def paragraphs(self, first: int, last: int) -> str:
        """Return how a paper names its paragraphs: "paragraph 4", "paragraphs 4 to 6"."""
        if first == last:
            return self.say(N_("paragraph {number}", number=first))
        return self.say(N_("paragraphs {first} to {last}", first=first, last=last))

    def comment(self, number: int) -> str:
        """Return the name of a comment in the list of them."""
        return self.say(N_("Comment {number}", number=number))
