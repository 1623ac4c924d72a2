"""What the address of a round asks for."""

from __future__ import annotations

from collections.abc import Mapping

from planner.core.i18n import N_
from planner.rules.comment_words import COMMENT_KINDS, DISPOSITIONS
from planner.services.consultations import Asked
from planner.services.registers import BadQuery
from planner.web.registers import number


def read_order(args: Mapping[str, str]) -> str:
    """Return the order of the comments. Raises BadQuery."""
    return _one_of(args.get("by", ""), ("item", "state")) or "item"


def read_asked(args: Mapping[str, str]) -> Asked:
    """Return what a round is narrowed to. Raises BadQuery for what no link of the page asks."""
    return Asked(
        by=read_order(args),
        kind=_one_of(args.get("kind", ""), tuple(COMMENT_KINDS)),
        answer=_one_of(args.get("answer", ""), ("none", "late", *DISPOSITIONS)),
        stakeholder_id=number(args.get("from"), default=None),
    )


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    if value and value not in choices:
        raise BadQuery(N_("“{value}” is not one of the choices.", value=value[:40]))
    return value
