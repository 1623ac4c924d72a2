"""What the draft plan of the illustration says, in our own words, after the proposals of the founding paper of 2019.

Its sections are named behind the topics: 1a a catalogue of lessons, 1b instruments side by side, 1c closed fora, 2a
presentations by those who do the work, 2b one challenge a year, 2c experts of the trade, 2d guidance on causes and
actors, 2e assistance. `since` is the version in which an item first stands; 4 is the working copy.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """What the plan treats in one cycle."""

    cycle: int
    title: str
    text: str
    stages: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Return its key."""
        return f"theme-{self.cycle}"


@dataclass(frozen=True)
class Topic:
    """A topic over its cycles; `moved_from` is the cycle that it had before version 3."""

    key: str
    cycle: int
    title: str
    text: str
    articles: tuple[str, ...]
    stage: int | None = None
    last_cycle: int | None = None
    since: int = 1
    moved_from: int | None = None
    carried_over_from: tuple[str, ...] = ()
    draft_title: str | None = None
    """Its title in the working copy, where that differs."""


@dataclass(frozen=True)
class Question:
    """A guiding question of a topic."""

    key: str
    topic: str
    title: str
    since: int = 1


@dataclass(frozen=True)
class Expected:
    """An output that the plan expects of a cycle."""

    key: str
    cycle: int
    title: str
    kind: str
    since: int = 1


THEMES = (
    Theme(
        13, "Lessons learned", "What has worked against diversion, what has not, and what others can use of it.", (1, 3)
    ),
    Theme(
        14, "After delivery", "How exporting and importing States keep sight of arms once they have arrived.", (3, 1)
    ),
    Theme(15, "On the way", "Who handles a shipment between two States, and what each of them can notice.", (2,)),
    Theme(16, "In storage", "Alerts along the route, and stocks from which nothing disappears unseen.", (4, 2)),
    Theme(
        17, "Causes and actors", "Why diversion happens, who has a part in it, and where help is best placed.", (4, 1)
    ),
)
TOPICS = (
    Topic("licences", 13, "Licences granted and denied",
          "Licensing offices compare a case that they granted with one that they denied, and say which warning signs "
          "made the difference. (2a)", ("7", "11(2)"), stage=1),
    Topic("denials", 13, "Denials: who tells whom",
          "A first exchange on how a denial reaches other licensing offices. It was begun and not finished. (2a)",
          ("11(2)", "11(5)"), stage=1),
    Topic("importers", 13, "Importing States: what helps",
          "Importing States say which information they give, which they are asked for, and what would make both easier. "
          "(2a)", ("8(1)", "11(3)"), stage=3),
    Topic("catalogue", 13, "Catalogue of good practices and lessons learned",
          "A collection of practices and of cases with a success and a lesson. The author of a case clears its text "
          "before it is shown; each case points to where assistance can be had. (1a)",
          ("11(5)", "13(2)", "15(7)"), last_cycle=17),
    Topic("verification", 14, "Post-delivery verification",
          "What is agreed before delivery, what is confirmed at delivery and what may be looked at later. (2a)",
          ("11(2)", "11(3)"), stage=3, last_cycle=15, draft_title="Post-delivery verification, by agreement"),
    Topic("end-users", 14, "End users: who checks",
          "Which office looks at an end-use document, what it compares it with, and what it does in doubt. (2a)",
          ("8(1)", "11(2)"), stage=1),
    Topic("denials-2", 14, "Denials: what comes back to the licensing office",
          "Carried over: a denial is told to others; this part asks for what they answer. (2a)", ("11(2)", "11(5)"),
          stage=1, since=3, carried_over_from=("denials",)),
    Topic("guidance", 14, "Guidance on causes and actors",
          "Technical guidance, section by section, written together with those who work on reporting. (2d)",
          ("11(5)", "15(4)"), last_cycle=16),
    Topic("carriers", 15, "Carriers, shippers, insurers",
          "People of the trade say what they check, what they see of a shipment, and whom they tell. (2c)",
          ("9", "11(3)"), stage=2, moved_from=14),
    Topic("alerts", 16, "Transit alerts and replies",
          "How an alert about a shipment finds the right office in time, and what a useful reply looks like. (2a)",
          ("9", "11(3)", "11(4)"), stage=2),
    Topic("depots", 16, "Losses from depots: seen soon",
          "Records, inspections and marks that show a loss within days and not within years. (2a)",
          ("11(1)", "16(1)"), stage=4),
    Topic("instruments", 16, "Instruments side by side",
          "Which other commitments ask for the same measures, so that a State does the work once. (1b)",
          ("15(4)", "15(6)"), since=2),
    Topic("assistance", 17, "Assistance for stockpiles",
          "Requests and offers for projects on storage, matched and reported on. (2e)", ("16(1)", "16(3)"), stage=4),
    Topic("banks", 17, "Banks and financing of transfers",
          "What a bank sees of a transfer and of its parties, and when that is a warning. (2c)", ("11(2)", "11(5)"),
          stage=1, since=3),
)  # fmt: skip
QUESTIONS = (
    Question("q-signs", "licences", "Which signs in an application made your officers look a second time?"),
    Question("q-denied", "licences", "After a denial, what did the applicant do next, as far as you know?"),
    Question("q-tell", "denials", "Whom do you tell of a denial, by which channel, and how soon?"),
    Question("q-importer", "importers", "What do you need from the exporter before you can confirm an end user?"),
    Question(
        "q-earlier", "catalogue", "Which piece of information, had you had it earlier, would have changed a case?"
    ),
    Question("q-author", "catalogue", "Under which conditions would you let a case of yours be read by others?"),
    Question("q-visit", "verification", "What have you agreed on visits after delivery, and has one taken place?"),
    Question("q-who", "end-users", "Who checks that an end-use document is genuine, and against what?"),
    Question("q-answer", "denials-2", "What has another office done with a denial that you told it of?", since=3),
    Question("q-cause", "guidance", "Where in the chain did your last case of diversion begin?"),
    Question("q-carrier", "carriers", "What makes a carrier refuse a load, or ask before it sails?"),
    Question("q-alert", "alerts", "How long did your last alert take to reach somebody who could act?"),
    Question("q-stock", "depots", "How would you notice today that something is missing from a depot?"),
    Question("q-twice", "instruments", "Which measure do you report under more than one instrument?", since=2),
    Question("q-help", "assistance", "Which help with storage did you ask for, and what became of it?"),
    Question("q-bank", "banks", "Which payments around a transfer would make a bank ask a question?", since=3),
    Question("q-insurer", "carriers", "What does an insurer want to know before it covers a shipment?", since=4),
)
EXPECTED = (
    Expected("x-summary", 13, "Summary of the first exchange", "chair_report"),
    Expected("x-outline", 13, "Outline of the catalogue", "lessons_learned"),
    Expected("x-signs", 13, "List of warning signs, voluntary", "guidance"),
    Expected("x-denials", 14, "Recommendation on telling others of a denial", "recommendation", since=3),
    Expected("x-verification", 14, "Elements of guidance on verification after delivery, voluntary", "guidance"),
    Expected("x-checks", 15, "List of what carriers and insurers check", "report"),
    Expected("x-stock", 16, "Good practices for stock records", "lessons_learned"),
    Expected("x-catalogue", 17, "Catalogue, first edition", "lessons_learned"),
    Expected("x-guidance", 17, "Guidance on causes and actors, voluntary", "guidance"),
)
