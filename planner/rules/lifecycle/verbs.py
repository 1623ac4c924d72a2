"""What the Conference does with a text: its verbs, as statuses from weak to strong (DOMAIN.md section 6)."""

from enum import StrEnum

from planner.core.i18n import N_, Message


class ConferenceVerb(StrEnum):
    """A verb as the final reports spell it. One is never shown for another: "welcomed" is not "adopted"."""

    TAKES_NOTE = "takes_note"
    WELCOMES = "welcomes"
    ENDORSES = "endorses"
    ADOPTS = "adopts"
    ESTABLISHES = "establishes"
    MANDATES = "mandates"
    CONFIRMS = "confirms"

    @property
    def strength(self) -> int:
        """Return the place in the order from weak to strong, 1 to 4; the verbs off that scale sort after it, 5 to 7."""
        return tuple(ConferenceVerb).index(self) + 1

    @property
    def quarters(self) -> int | None:
        """Return how many quarters of the circle are filled, or None for a verb off the scale, which takes a tick."""
        return self.strength if self.strength <= 4 else None

    @property
    def present(self) -> Message:
        """Return the words of a report: "welcomes"."""
        return _WORDS[self][0]

    @property
    def past(self) -> Message:
        """Return the past participle: "welcomed"."""
        return _WORDS[self][1]


_WORDS: dict[ConferenceVerb, tuple[Message, Message]] = {
    ConferenceVerb.TAKES_NOTE: (N_("takes note of"), N_("taken note of")),
    ConferenceVerb.WELCOMES: (N_("welcomes"), N_("welcomed")),
    ConferenceVerb.ENDORSES: (N_("endorses"), N_("endorsed")),
    ConferenceVerb.ADOPTS: (N_("adopts"), N_("adopted")),
    ConferenceVerb.ESTABLISHES: (N_("establishes"), N_("established")),
    ConferenceVerb.MANDATES: (N_("mandates"), N_("mandated")),
    ConferenceVerb.CONFIRMS: (N_("confirms"), N_("confirmed")),
}

_FIRST_WORDS: dict[str, ConferenceVerb] = {
    "takes": ConferenceVerb.TAKES_NOTE,
    "took": ConferenceVerb.TAKES_NOTE,
    "taken": ConferenceVerb.TAKES_NOTE,
    "welcomes": ConferenceVerb.WELCOMES,
    "welcomed": ConferenceVerb.WELCOMES,
    "endorses": ConferenceVerb.ENDORSES,
    "endorsed": ConferenceVerb.ENDORSES,
    "adopts": ConferenceVerb.ADOPTS,
    "adopted": ConferenceVerb.ADOPTS,
    "establishes": ConferenceVerb.ESTABLISHES,
    "established": ConferenceVerb.ESTABLISHES,
    "mandates": ConferenceVerb.MANDATES,
    "mandated": ConferenceVerb.MANDATES,
    "confirms": ConferenceVerb.CONFIRMS,
    "confirmed": ConferenceVerb.CONFIRMS,
}


def verb_from_sentence(sentence: str) -> ConferenceVerb | None:
    """Return the verb that an English sentence of a report begins with ("Welcomed the plan"), or None.

    Only the beginning counts: a later verb of the same sentence may be about something else. A status of one word
    ("endorsed") is such a sentence too. "Took" and "taken" count only before "note".
    """
    words = sentence.casefold().replace("_", " ").split()
    verb = _FIRST_WORDS.get(words[0].strip(".,;:")) if words else None
    if verb is ConferenceVerb.TAKES_NOTE and (len(words) < 2 or words[1].strip(".,;:") != "note"):
        return None
    return verb
