"""Words for the codes that forms, conflicts and the history use."""

from __future__ import annotations

from planner.core.i18n import N_
from planner.rules.field_words import FIELDS

SEATS = {
    "chair": N_("Chair"),
    "facilitator": N_("Facilitator"),
    "moderator": N_("Moderator"),
    "wgeti_chair": N_("Chair of the working group"),
    "sponsor": N_("Sponsor"),
}
LINEAGE_KINDS = {
    "carried_over": N_("Carried over"),
    "merged": N_("Merged from"),
    "split": N_("Split from"),
}
CONFERENCE_VERBS = {
    "takes_note": N_("takes note of"),
    "welcomes": N_("welcomes"),
    "endorses": N_("endorses"),
    "adopts": N_("adopts"),
    "establishes": N_("establishes"),
    "mandates": N_("mandates"),
    "confirms": N_("confirms"),
}
OFFER_KINDS = {
    "presentation": N_("Presentation"),
    "case_study": N_("Case study"),
    "statement": N_("Statement"),
    "panel": N_("Panel"),
    "demonstration": N_("Demonstration"),
}
CHANGE_SUBJECTS = {"session": N_("Session"), "item": N_("Item of the agenda"), "slot": N_("Presentation")}
CHANGE_KINDS = {
    "added": N_("new"),
    "removed": N_("taken off"),
    "cancelled": N_("cancelled"),
    "restored": N_("restored"),
    "postponed": N_("postponed"),
    "merged": N_("merged"),
    "split": N_("split off"),
    "state": N_("another state"),
    "moved": N_("moved"),
    "shortened": N_("shorter"),
    "lengthened": N_("longer"),
    "renamed": N_("renamed"),
    "room": N_("another room"),
    "mode": N_("held in another way"),
    "order": N_("another place in the order"),
    "presenter": N_("other presenters"),
    "edited": N_("edited"),
}
VIEWER_CLASSES = {
    "anybody": N_("Anybody, without signing in"),
    "observer": N_("Observer States and organisations"),
    "signatory": N_("Signatory States"),
    "state_party": N_("States Parties"),
    "participants": N_("Those registered for the meeting"),
    "named": N_("Those let in by name"),
    "officers": N_("Officers of the body"),
}
YES_NO = {"yes": N_("yes"), "no": N_("no")}
EDITING_WORDS = {
    "yes_no": YES_NO,
    "viewer_class": VIEWER_CLASSES,
    "change_subject": CHANGE_SUBJECTS,
    "change_kind": CHANGE_KINDS,
    "field": FIELDS,
    "seat": SEATS,
    "lineage_kind": LINEAGE_KINDS,
    "verb": CONFERENCE_VERBS,
    "offer_kind": OFFER_KINDS,
}
