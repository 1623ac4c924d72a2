"""The declared keys of every file and record. What is not declared here is a fault, not a silent drop.

Most keys are those of the record as it was first written; the keys in `_EXTRA` and a few marked "own" hold what people
add in the program, so that an export loses nothing of it.
"""

from __future__ import annotations

import re

from planner.core.i18n import N_
from planner.models import (
    BodyKind,
    Confidence,
    Mode,
    Origin,
    Provenance,
    SessionKind,
    StakeholderClass,
    VersionKind,
)
from planner.rules import lifecycle
from planner.rules.audience import Ground
from planner.services.record_files import checks
from planner.services.record_files.shapes import (
    CLOCK,
    COUNTRY,
    LANGUAGE,
    YEAR,
    Article,
    Counts,
    Day,
    Either,
    Id,
    Kind,
    Many,
    Matching,
    Number,
    Ref,
    Shape,
    Slug,
    Text,
    Truth,
    Word,
    Zone,
)

SCHEMA_VERSION = Number(1, 1)
TITLE = Text(1000)
LONG = Text(50_000)
LABEL = Text(300)
MODE = Word(tuple(Mode))
CLASS = Word(tuple(StakeholderClass))
PROVENANCE = Word(tuple(Provenance))
CONFIDENCE = Word(tuple(Confidence))
ISO2 = Matching(re.compile(r"[A-Z]{2}"), N_('a two-letter code of a State (in quotes: "NO")'))
ARTICLES = Many(Article(), distinct=True)
DOCUMENTS = Many(Ref("document"), distinct=True)
ACTORS = Many(Ref("state|organisation"), distinct=True)

_CITED: dict[str, Kind] = {
    "provenance": PROVENANCE,
    "confidence": CONFIDENCE,
    "source": Many(Ref("source"), distinct=True),
    "citation_note": LONG,
}
_GROUNDS = Word(tuple(str(ground.name).lower() for ground in Ground))
_EXTRA: dict[str, Kind] = {
    "origin": Word(tuple(Origin)),
    "audience": Many(_GROUNDS, distinct=True, least=1),
    "published": Truth(),
    "note": LONG,
}
_CITATION = Shape({"field": Text(80), "provenance": PROVENANCE, "confidence": CONFIDENCE, "note": LONG,
                   "source": Many(Ref("source"), distinct=True)},
                  ("field",), (checks.confidence_needs_provenance,))  # fmt: skip
_RECORD = {**_CITED, **_EXTRA, "citations": Many(_CITATION)}  # own: citations of fields for which the record has no key
CITED_CHECKS = (checks.confidence_needs_provenance,)


def _state(kind: str) -> dict[str, Kind]:
    return {"state": Word(lifecycle.states(kind))}


def _file(keys: dict[str, Kind], *required: str) -> Shape:
    counts = Shape({key: Number() for key in keys if key != "schema_version"})
    return Shape(
        {"schema_version": SCHEMA_VERSION, "counts": counts, **keys},
        ("schema_version", *required),
        (checks.counts_hold,),
    )


# --------------------------------------------------------------------------------------------------- chairs and notes
_SEAT: dict[str, Kind] = {
    "role": Text(40),
    "state": Ref("state"),
    "organisation": Ref("organisation"),
    "count": Number(1, 100),
    "note": LONG,
    **_CITED,
}
SEAT = Shape(_SEAT, checks=(checks.one_holder, *CITED_CHECKS))
FACILITATOR_OF = Shape({"sub_body": Ref("body"), **_SEAT}, checks=(checks.one_holder, *CITED_CHECKS))

# ------------------------------------------------------------------------------------------------------------ parties
STATUS_AS_OF = Shape(
    {"date": Day(), "states_parties": Number(), "signatories_not_party": Number(), "note": LONG, **_CITED}
)
STAKEHOLDER_TYPE = Shape({"id": CLASS, "label": LABEL, "note": LONG}, ("id", "label"))
STATUS = Shape(
    {"status": Word(("state_party", "signatory")), "act": Slug(20), "from": Day(), "until": Day(), "known_on": Day()},
    ("status",),
    (checks.period_holds,),
)
STATE = Shape(
    {
        "iso2": Id("state", ISO2),
        "name": TITLE,
        "region": Text(40),
        "status": Word(("state_party", "signatory")),
        "act": Word(("ratification", "acceptance", "approval", "accession", "succession")),
        "year": YEAR,
        "signed": YEAR,
        "statuses": Many(STATUS),  # own: several periods, or dates that are more than a year
        "sector": Slug(60),
        "role": Slug(60),
        "speaks_for": LONG,
        "year_provenance": PROVENANCE,
        **_RECORD,
    },
    ("iso2", "name"),
    (checks.status_once, *CITED_CHECKS),
    key="iso2",
    name="states",
)
ORGANISATION = Shape(
    {
        "id": Id("organisation"),
        "name": TITLE,
        "type": CLASS,
        "also": CLASS,
        "region": Text(40),
        "sector": Slug(60),
        "role": Slug(60),
        "speaks_for": LONG,
        "state": Ref("state"),
        **_RECORD,
    },
    ("id", "name", "type"),
    CITED_CHECKS,
    key="id",
    name="organisations",
)
PARTIES = _file(
    {
        "status_as_of": STATUS_AS_OF,
        "stakeholder_types": Many(STAKEHOLDER_TYPE, distinct=True),
        "states": Many(STATE),
        "organisations": Many(ORGANISATION),
    },
    "states",
    "organisations",
)

# ---------------------------------------------------------------------------------------------------------- documents
SOURCE = Shape(
    {
        "id": Id("source"),
        "kind": Slug(40),
        "ref": Text(1000),
        "title": TITLE,
        "read": Word(("whole", "part", "opening", "short_page", "title")),
        **_RECORD,
    },
    ("id", "kind", "ref", "title", "read"),
    key="id",
    name="sources",
)
LANGUAGE_VERSION = Shape({"language": LANGUAGE, "url": Text(500)}, ("language",))
DOCUMENT = Shape(
    {
        "id": Id("document"),
        "symbol": Text(120),
        "symbol_pattern": Text(120),
        "title": TITLE,
        "title_is_paraphrase": Truth(),
        "date": Day(),
        "kind": Slug(40),
        "status": Slug(40),
        "version": Number(1, 10_000),
        "pages": Number(1, 100_000),
        "cycle": Ref("cycle"),
        "body": Ref("body"),
        "sub_body": Ref("body"),
        "meeting": Ref("meeting"),
        "submitted_by": ACTORS,
        "languages": Many(Either(LANGUAGE_VERSION, LANGUAGE), distinct=True),
        "original_language": LANGUAGE,
        "follows": DOCUMENTS,
        "supersedes": Ref("document"),
        "annex_of": Ref("document"),
        "annex_label": Text(20),
        "conference_action": Text(40),
        "actions": Many(checks.action_shape()),  # own: actions with paragraph, day or paper
        **_RECORD,
    },
    ("id", "title", "kind"),
    (checks.action_is_a_verb, *CITED_CHECKS),
    key="id",
    name="documents",
)
DOCUMENT_FILE = _file({"sources": Many(SOURCE), "documents": Many(DOCUMENT)}, "sources", "documents")

# ----------------------------------------------------------------------------------------------------------- meetings
HOURS = Shape({"start": CLOCK, "end": CLOCK}, ("start", "end"), (checks.hours_in_order,))
DEFAULTS = Shape(
    {
        "timezone": Zone(),
        "plenary_hours": Many(HOURS),
        "interpretation": Many(LANGUAGE, distinct=True),
        "open_to_working_groups": Many(CLASS, distinct=True),
        "open_to_dief": Many(CLASS, distinct=True),
        "note": LONG,
        **_CITED,
    },
    ("timezone",),
)
AGENDA_ITEM = Shape(
    {
        "id": Id("agenda_item"),
        "number": Text(20),
        "title": TITLE,
        "text": LONG,
        "minutes": Number(1, 100_000),
        "is_break": Truth(),
        "proposed_by": ACTORS,
        **_RECORD,
    },
    ("title",),
)
PRESENTATION = Shape(
    {
        "id": Id("offer"),
        "title": TITLE,
        "presenter": Ref("state|organisation"),
        "co_presenter": Ref("state|organisation"),
        "co_presenters": ACTORS,
        "stakeholder_type": CLASS,
        "kind": Slug(40),
        "summary": LONG,
        "minutes": Number(1, 100_000),
        "language": LANGUAGE,
        "availability": LONG,
        "agenda_item": Number(1, 10_000),
        "slot_minutes": Number(1, 100_000),
        "items": Many(Ref("item"), distinct=True),
        **_state("offer"),
        **_RECORD,
    },
    ("title", "presenter", "stakeholder_type"),
    (checks.presents_once,),
)
SESSION = Shape(
    {
        "id": Id("session"),
        "date": Day(),
        "start": CLOCK,
        "end": CLOCK,
        "timezone": Zone(),
        "duration_minutes": Number(1, 100_000),
        "title": TITLE,
        "kind": Word(tuple(SessionKind)),
        "sub_body": Ref("body"),
        "joint_bodies": Many(Ref("body"), distinct=True),
        "room": Text(200),
        "mode": MODE,
        "text": LONG,
        "chair": SEAT,
        "hosts": ACTORS,
        "agenda_items": Many(AGENDA_ITEM),
        "presentations": Many(PRESENTATION),
        "interventions": Many(Ref("state|organisation")),
        "documents": DOCUMENTS,
        "items": Many(Ref("item"), distinct=True),
        "numbering_is_ours": Truth(),
        "titles_are_ours": Truth(),
        **_state("plan_session"),
        **_RECORD,
    },
    ("id", "title"),
    (checks.session_hours, checks.slots_have_items, *CITED_CHECKS),
    key="id",
    name="sessions",
)
OUTCOME = Shape(
    {
        "id": Id("decision"),
        "text": TITLE,
        "verb": Word(tuple(lifecycle.ConferenceVerb)),
        "paragraph": Text(20),
        "session": Ref("session"),
        "asked": Ref("state|organisation|body"),
        "correction_reason": LONG,
        "original_text": LONG,
        **_state("decision"),
        **_RECORD,
    },
    ("text",),
    (checks.correction_has_reason,),
)
WEEK = Shape({"start_date": Day(), "end_date": Day()}, ("start_date", "end_date"), (checks.days_in_order,))
MEETING = Shape(
    {
        "id": Id("meeting"),
        "cycle": Ref("cycle"),
        "body": Ref("body"),
        "joint_bodies": Many(Ref("body"), distinct=True),
        "series": Text(40),
        "title": TITLE,
        "theme": LONG,
        "theme_provenance": PROVENANCE,
        "start_date": Day(),
        "end_date": Day(),
        "end_date_provenance": PROVENANCE,
        "week": WEEK,
        "timezone": Zone(),
        "city": Text(120),
        "country": COUNTRY,
        "venue": Text(300),
        "mode": MODE,
        "mode_provenance": PROVENANCE,
        "restricted": Truth(),
        "held_during": Ref("meeting"),
        "chair": SEAT,
        "chair_provenance": PROVENANCE,
        "facilitators": Many(FACILITATOR_OF),
        "hosts": ACTORS,
        "attendance": Counts(),
        "capacity": Shape({"seats_per_delegation": Number(1), "seats": Number(1)}),
        "registration": Shape({"opens": Day(), "closes": Day()}, checks=(checks.days_in_order,)),
        "notification": Shape({"notified": Day(), "invited": Day()}),
        "side_events": Shape(
            {
                "rooms_per_day": Number(),
                "proposals_due": Day(),
                "hybrid_allowed": Truth(),
                "only_outside_plenary": Truth(),
            }
        ),
        "documents": DOCUMENTS,
        "sessions": Many(SESSION),
        "outcome": Many(Either(OUTCOME, TITLE)),
        **_state("meeting"),
        **_RECORD,
    },
    ("id", "body", "title"),
    (checks.days_in_order, *CITED_CHECKS),
    key="id",
    name="meetings",
)
MEETINGS = _file({"defaults": DEFAULTS, "meetings": Many(MEETING)}, "defaults", "meetings")

# --------------------------------------------------------------------------------------------------------------- plan
STAGE = Shape(
    {"id": Id("stage"), "order": Number(1, 1000), "title": TITLE, "articles": ARTICLES, **_RECORD},
    ("id", "order", "title"),
    key="id",
    name="stages",
)
TRANSFER_CHAIN = Shape({"note": LONG, **_CITED, "stages": Many(STAGE)}, ("stages",), CITED_CHECKS)
MAPPED_ARTICLE = Shape(
    {"ref": Id("article", Matching(Article.pattern, N_("an Article"))), "topic": Slug(80), "summary": LONG, **_RECORD},
    ("ref",),
    key="ref",
    name="articles",
)
ARTICLE_MAP = Shape({"note": LONG, **_CITED, "articles": Many(MAPPED_ARTICLE)}, ("articles",), CITED_CHECKS)
VERSION_STATES = {"circulated_for_comment": "lapsed"}
"""Words of the record for the state of a version: circulated once and never acted on is lapsed."""
VERSION = Shape(
    {
        "id": Id("version"),
        "version": Number(1, 10_000),
        "kind": Word(tuple(VersionKind)),
        "document": Ref("document"),
        "date": Day(),
        "status": Word((*lifecycle.states("plan_version"), *VERSION_STATES)),
        "by": Ref("cycle"),
        "change": LONG,
        "title": TITLE,
        **_RECORD,
    },
    ("version", "status"),
    (checks.acted_on_by_a_cycle, *CITED_CHECKS),
)
TOPIC = Shape(
    {
        "id": Id("item"),
        "title": TITLE,
        "text": LONG,
        "articles": ARTICLES,
        "carried_over_from": Many(Ref("item"), distinct=True),
        "related_sub_body": Ref("body"),
        "document": Ref("document"),
        **_RECORD,
    },
    ("id", "title"),
    (checks.not_from_itself, *CITED_CHECKS),
    key="id",
    name="topics",
)
EXPECTED_OUTPUT = Shape(
    {
        "id": Id("item"),
        "title": TITLE,
        "kind": Slug(40),
        "document": Ref("document"),
        "result": LONG,
        "text": LONG,
        **_state("output"),
        **_RECORD,
    },
    ("id", "title", "kind"),
    CITED_CHECKS,
    key="id",
    name="expected_outputs",
)
PLAN_CYCLE = Shape(
    {
        "cycle": Ref("cycle"),
        "years": Text(20),
        "theme": TITLE,
        "text": LONG,
        "chain_stages": Many(Ref("stage"), distinct=True),
        "facilitator": SEAT,
        "wgeti_chair": SEAT,
        "conference_theme": LONG,
        "meetings": Many(Ref("meeting"), distinct=True),
        "topics": Many(TOPIC),
        "expected_outputs": Many(EXPECTED_OUTPUT),
        **_RECORD,
    },
    ("cycle", "theme"),
    CITED_CHECKS,
)
QUESTION = Shape(
    {"id": Id("item"), "stage": Ref("stage"), "articles": ARTICLES, "text": TITLE, **_EXTRA},
    ("id", "text"),
    key="id",
    name="questions",
)
DERIVED_QUESTIONS = Shape(
    {"note": LONG, "provenance": Word(("derived",)), "items": Many(QUESTION)}, ("provenance", "items")
)
PLAN = Shape(
    {
        "id": Id("plan"),
        "title": TITLE,
        "body": Ref("body"),
        "sub_body": Ref("body"),
        "proposed_by": Shape({"paper": Ref("document"), "section": Text(20)}, ("paper",)),
        "first_cycle": Ref("cycle"),
        "last_cycle": Ref("cycle"),
        "ended_because": LONG,
        "shape": Many(LONG),
        "versions": Many(VERSION),
        "cycles": Many(PLAN_CYCLE),
        "derived_questions": DERIVED_QUESTIONS,
        "wished_outputs": Shape({"note": LONG, **_CITED, "items": Many(LONG)}, ("items",), CITED_CHECKS),
        **_RECORD,
    },
    ("id", "title", "body", "versions", "cycles"),
    (checks.versions_and_cycles_once, *CITED_CHECKS),
    key="id",
    name="plans",
)
PLANS = _file(
    {"transfer_chain": TRANSFER_CHAIN, "article_map": ARTICLE_MAP, "plans": Many(PLAN)},
    "transfer_chain",
    "article_map",
    "plans",
)

# -------------------------------------------------------------------------------------------------------- instruments
INSTRUMENT = Shape(
    {
        "id": Id("instrument"),
        "short": Text(80),
        "name": TITLE,
        "adopted": YEAR,
        "in_force": YEAR,
        "amended": Many(YEAR, distinct=True),
        "year_provenance": PROVENANCE,
        "kind": Word(
            ("treaty", "political", "resolution_goal", "control_regime", "eu_law", "guideline", "declaration")
        ),
        "binding": Word(("legally", "politically", "none")),
        "region": Text(40),
        "depositary": Text(120),
        "parties": Number(),
        "in_seed": Truth(),
        "relates_to": ARTICLES,
        "parent": Ref("instrument"),
        "organisation": Ref("organisation"),
        "aliases": Many(Text(80), distinct=True),
        "alias_note": LONG,
        "cycle": LONG,
        **_RECORD,
    },
    ("id", "short", "name", "kind", "binding"),
    (checks.in_force_after_adoption, *CITED_CHECKS),
    key="id",
    name="instruments",
)
INSTRUMENTS = _file({"seed_label_note": LONG, "instruments": Many(INSTRUMENT)}, "instruments")

# ------------------------------------------------------------------------------------------------------------- bodies
BODY = Shape(
    {
        "code": Id("body", Matching(re.compile(r"[^\x00-\x1f]+"), N_("a name"), 120)),
        "name": TITLE,
        "slug": Id("slug", Matching(re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), N_("a name for addresses"), 80)),
        "kind": Word(tuple(BodyKind)),
        "parent": Ref("body"),
        "first_cycle": Ref("cycle"),
        "last_cycle": Ref("cycle"),
        "work_audience": Many(_GROUNDS, distinct=True, least=1),
        "description": LONG,
        **_RECORD,
    },
    ("code", "name", "slug", "kind"),
    CITED_CHECKS,
    key="code",
    name="bodies",
)
CYCLE = Shape(
    {
        "code": Id("cycle", Matching(re.compile(r"[A-Z][A-Za-z]{0,18} ?[1-9][0-9]{0,3}"), N_("a cycle (“CSP5”)"), 30)),
        "series": Text(20),
        "number": Number(1, 9999),
        "title": TITLE,
        "from": Day(whole=True),
        "until": Day(whole=True),
        "conference_theme": LONG,
        **_RECORD,
    },
    ("code", "series", "number", "until"),
    (checks.cycle_in_order, *CITED_CHECKS),
    key="code",
    name="cycles",
)
BODIES = _file({"bodies": Many(BODY), "cycles": Many(CYCLE)}, "bodies")

FILES: dict[str, Shape] = {
    "documents.yaml": DOCUMENT_FILE,
    "parties.yaml": PARTIES,
    "instruments.yaml": INSTRUMENTS,
    "meetings.yaml": MEETINGS,
    "plan.yaml": PLANS,
    "bodies.yaml": BODIES,
}
"""Every file of a record with its shape. `bodies.yaml` may be left out: then the packaged one counts."""
OPTIONAL_FILE = "bodies.yaml"
