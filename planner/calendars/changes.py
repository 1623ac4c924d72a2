"""What changed in the calendar since a day: a page for people who keep theirs by hand, and an Atom feed."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from planner.access.viewer import public
from planner.calendars.change_words import told
from planner.calendars.other_forms import FOR_A_WHILE
from planner.core import clock
from planner.core.i18n import N_
from planner.formats import atom
from planner.services import calendar_changes, calendars
from planner.services.calendar_changes import Changed, Since
from planner.services.registers import BadQuery
from planner.web.urls import record_url
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("changes", __name__)

PERIOD = timedelta(days=30)
"""What is told unasked."""
EARLIEST = date(2000, 1, 1)
_TAG = "tag:planner,2026:"
"""Begins the identifiers of the feed and its entries (RFC 4151); they hold for good and are no addresses."""


@bp.get("/calendars/changes")
@public_route
def page() -> str:
    """Show what changed since a day, by the day of the change."""
    viewer, now = current_viewer(), clock.now()
    since = _since(request.args.get("since"), now.date())
    found = calendar_changes.read_changes(viewer, since, now=now)
    is_mixed = len({one.is_illustration for one in found.changed}) > 1
    by_day = groupby(found.changed, key=lambda one: one.at.date())
    return render_template(
        "calendars/changes.html",
        current="calendars",
        found=found,
        days=[(day, [_row(one, is_mixed=is_mixed) for one in changed]) for day, changed in by_day],
        today=now.date(),
        earlier=max(since - 3 * PERIOD, EARLIEST).isoformat(),
        illustration=found.has_illustration,
    )


@bp.get("/changes.atom")
@public_route
def feed() -> Response:
    """Atom feed of what changed in the last thirty days, for everybody. A failure is 503, never an empty feed."""
    asked = _asks_for_illustration()
    now = clock.now()
    with calendars.reading():
        found = calendar_changes.read_changes(public(now.date()), now.date() - PERIOD, now=now, with_illustration=asked)
    # one text for all who read it, in English as the calendars are
    with force_locale("en"):
        text = atom.atom_text(_channel(found, asked=asked))
    tag = hashlib.sha256(text.encode()).hexdigest()[:32]
    is_known = request.if_none_match.contains_weak(tag)
    response = Response(status=304) if is_known else Response(text, content_type=atom.MIME_TYPE)
    response.set_etag(tag)
    response.headers["Cache-Control"] = FOR_A_WHILE
    return response


def _asks_for_illustration() -> bool:
    """Say whether the worked example is asked for. Raises BadQuery for any other question: the feed is one for all."""
    if unknown := set(request.args) - {"illustrations", "lang"}:
        raise BadQuery(N_("“{name}” is no filter of this calendar.", name=min(unknown)[:40]))
    asked = request.args.get("illustrations")
    if asked not in (None, "include"):
        raise BadQuery(N_("“{key}” can only be “{value}”.", key="illustrations", value="include"))
    return asked == "include"


def _since(text: str | None, today: date) -> date:
    """Return the day that is asked for. Raises BadQuery for what is none, or has not come."""
    if not text:
        return today - PERIOD
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= today:
        raise BadQuery(N_("A day is written like 2026-11-24, and is not in the future."))
    return day


def _row(one: Changed, *, is_mixed: bool) -> dict[str, Any]:
    """Return a change as the component `rows` prints it."""
    words = told(one)
    notes = [one.of, _("illustration") if is_mixed and one.is_illustration else None]
    return {
        "when": words.sort,
        "lead": words.lead,
        "text": one.title,
        "url": record_url(one.kind, one.record_id),
        "lines": words.lines,
        "sub": ", ".join(note for note in notes if note),
        "word": words.word,
        "tone": words.tone,
    }


def _channel(found: Since, *, asked: bool) -> atom.Channel:
    return atom.Channel(
        id=f"{_TAG}changes{'/with-illustration' if asked else ''}",
        title=_("What changed in the calendar"),
        author=_("Planner"),
        url=url_for("calendars.changes.feed", illustrations="include" if asked else None, _external=True),
        page=url_for("calendars.changes.page", _external=True),
        updated=datetime.combine(found.day, time(), UTC),
        items=[_item(one) for one in found.changed],
    )


def _item(one: Changed) -> atom.Item:
    words = told(one)
    mark = f"{_('Illustration')}: " if one.is_illustration else ""
    return atom.Item(
        id=_TAG + quote(one.key, safe="@/"),
        title=f"{mark}{one.title}: {words.lead}",
        updated=one.at,
        url=request.url_root.rstrip("/") + record_url(one.kind, one.record_id),
        text="\n".join([words.lead, *words.lines, *([one.of] if one.of else [])]),
    )
