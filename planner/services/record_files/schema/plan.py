"""The shape of `plan.yaml`."""

from __future__ import annotations

from planner.core.i18n import N_
from planner.models import VersionKind
from planner.rules import lifecycle
from planner.services.record_files import checks
from planner.services.record_files.kinds import Article, Day, Id, Matching, Number, Ref, Slug, Text, Word
from planner.services.record_files.schema.common import (
    ARTICLES,
    CITED,
    CITED_CHECKS,
    EXTRA,
    LONG,
    RECORD,
    SEAT,
    TITLE,
    file_shape,
    state_of,
)
from planner.services.record_files.shapes import Many, Shape

STAGE = Shape(
    {"id": Id("stage"), "order": Number(1, 1000), "title": TITLE, "articles": ARTICLES, **RECORD},
    ("id", "order", "title"),
    key="id",
    name="stages",
)
TRANSFER_CHAIN = Shape({"note": LONG, **CITED, "stages": Many(STAGE)}, ("stages",), CITED_CHECKS)
MAPPED_ARTICLE = Shape(
    {"ref": Id("article", Matching(Article.pattern, N_("an Article"))), "topic": Slug(80), "summary": LONG, **RECORD},
    ("ref",),
    key="ref",
    name="articles",
)
ARTICLE_MAP = Shape({"note": LONG, **CITED, "articles": Many(MAPPED_ARTICLE)}, ("articles",), CITED_CHECKS)
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
        "actions": Many(checks.action_shape()),  # own: where they do not follow from the status
        "title": TITLE,
        **RECORD,
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
        **RECORD,
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
        "actions": Many(checks.action_shape()),  # own: where they do not follow from the result
        "output": Shape({"title": TITLE, "text": LONG, "note": LONG}),  # own: what the output says beside the plan
        "text": LONG,
        **state_of("output"),
        **RECORD,
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
        **RECORD,
    },
    ("cycle", "theme"),
    CITED_CHECKS,
)
QUESTION = Shape(
    {"id": Id("item"), "stage": Ref("stage"), "articles": ARTICLES, "text": TITLE, **EXTRA},
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
        "wished_outputs": Shape({"note": LONG, **CITED, "items": Many(LONG)}, ("items",), CITED_CHECKS),
        **RECORD,
    },
    ("id", "title", "body", "versions", "cycles"),
    (checks.versions_and_cycles_once, *CITED_CHECKS),
    key="id",
    name="plans",
)
PLANS = file_shape(
    {"transfer_chain": TRANSFER_CHAIN, "article_map": ARTICLE_MAP, "plans": Many(PLAN)},
    "transfer_chain",
    "article_map",
    "plans",
)
