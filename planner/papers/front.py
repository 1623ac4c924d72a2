"""What all papers say of themselves before their text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from planner.papers.shape import Head, Language
from planner.papers.words import ILLUSTRATION, ORIGINALS, SERIAL_OPEN, Words
from planner.rules.partial_dates import PartialDate


@dataclass(frozen=True)
class Front:
    """Facts of a paper, as the record has them; names and titles are in the words of the record.

    `language` is the paper's; `text_language` that of the plan's own text; `original` a code of `ORIGINALS`, or none.
    `modified_at` is when what the paper says last changed, so that it is the same whenever it is made.
    """

    organisation: str
    body: str
    dated: date | PartialDate
    modified_at: datetime
    language: Language = "en"
    text_language: str = "en"
    symbol: str = ""
    original: str = ""
    is_serial_allotted: bool = True
    is_illustration: bool = False
    kicker: str = ""
    submitted_by: str = ""

    @property
    def words(self) -> Words:
        """Return the wording of the paper's language."""
        return Words(self.language)

    @property
    def foreign(self) -> str:
        """Return the language of the plan's text where it is not the paper's, else nothing."""
        return "" if self.text_language == self.language else self.text_language

    def head(self, title: str, lead: str = "") -> Head:
        """Return the head of the paper under a title."""
        words = self.words
        original = ORIGINALS.get(self.original)
        note = words.say(ILLUSTRATION) if self.is_illustration else ""
        return Head(
            organisation=self.organisation,
            body=self.body,
            title=title,
            symbol=self.symbol,
            date=words.date(self.dated),
            original=words.say(original) if original else "",
            state="" if self.is_serial_allotted else words.say(SERIAL_OPEN),
            kicker=self.kicker,
            lead=lead,
            submitted_by=" ".join(text for text in (self.submitted_by, note) if text),
        )
