"""One page for every register, and its CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from itertools import chain
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from planner.access import policy
from planner.core.i18n import N_
from planner.formats.sheets import harmless
from planner.rules import lifecycle
from planner.rules.words import ORIGINS
from planner.services.registers import (
    REGISTERS,
    BadQuery,
    Cell,
    Register,
    RegisterPage,
    RegisterQuery,
    Row,
    read_all,
    read_page,
)
from planner.web.i18n import translate
from planner.web.urls import REGISTER_PAGES, register_url
from planner.web.viewer import current_viewer

_OWN = {"q", "sort", "page", "under", "format", "lang", "illustrations"}


def show(name: str, *, current: str = "registers") -> Response | str:
    """Answer a register's address: the page, or the CSV of all that it asks for with `format=csv`."""
    register = REGISTERS[name]
    viewer = current_viewer()
    query = question()
    if request.args.get("format") == "csv":
        return _csv(register, query)
    if request.args.get("format"):
        raise BadQuery(N_("A list is there as a page and as CSV."))
    page = read_page(register, viewer, query)
    creates = register.creates if register.creates and policy.may_change(viewer, register.creates) else ""
    return render_template(
        "registers/page.html",
        current=current,
        creates=creates,
        tabs=_tabs(register),
        # what is shown, the worked example too
        csv_url=_url(page, REGISTER_PAGES[name], format="csv", page=None, illustrations="include"),
        **page_values(page, REGISTER_PAGES[name]),
    )


def page_values(page: RegisterPage, endpoint: str) -> dict[str, Any]:
    """Return what the page of a list reads (registers/page.html): its rows, and the ways to other questions of it."""
    here = page.query.page

    def url(to: int | None) -> str:
        return _url(page, endpoint, page=to)

    return {
        "page": page,
        "list_url": url_for(endpoint),
        "pages": pager(here, page.pages, url),
        "sort_urls": _sort_urls(page, endpoint),
        "clear_url": url_for(endpoint) if page.is_filtered else None,
        "previous_url": url(here - 1) if here > 1 else None,
        "next_url": url(here + 1) if here < page.pages else None,
    }


def question() -> RegisterQuery:
    """Return what the address asks for; a page or a record that is no number is a fault of the address."""
    args = request.args
    filters = {key: value for key, value in args.items() if key not in _OWN}
    asked = args.get("illustrations")
    if asked not in (None, "include"):
        raise BadQuery(N_("“illustrations” can only be “include”."))
    return RegisterQuery(
        filters=filters,
        q=args.get("q", "").strip(),
        sort=args.get("sort", ""),
        page=number(args.get("page"), default=1) or 1,
        under=number(args.get("under"), default=None),
        with_illustration=asked == "include" or "format" not in args,
    )


def number(text: str | None, *, default: int | None) -> int | None:
    """Return a positive number of an address, or the default where there is none. Raises BadQuery for all else."""
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and int(text[:10]) > 0 and len(text) < 10):
        raise BadQuery(N_("“{value}” is not a number.", value=text[:40]))
    return int(text)


def _url(shown: RegisterPage, endpoint: str, /, **changed: Any) -> str:
    query = shown.query
    values: dict[str, Any] = {
        **{f.name: f.value for f in shown.filters},
        "q": query.q,
        "sort": query.sort,
        "page": query.page if query.page > 1 else None,
        "under": query.under,
        **changed,
    }
    return url_for(endpoint, **{key: value for key, value in values.items() if value})


def _sort_urls(page: RegisterPage, endpoint: str) -> dict[str, str]:
    urls = {}
    for column in page.columns:
        if column.sortable:
            sort = f"-{column.key}" if page.sort == column.key else column.key
            urls[column.key] = _url(page, endpoint, sort=sort, page=None)
    return urls


def pager(current: int, last: int, url: Callable[[int | None], str]) -> list[tuple[str, str | None, bool]]:
    """Return the pager of a list: first, last, two on each side; `url` makes the address of a page (None: first)."""
    shown = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    links: list[tuple[str, str | None, bool]] = []
    before = 0
    for one in shown:
        if one - before > 1:
            links.append(("…", None, False))
        links.append((str(one), url(one if one > 1 else None), one == current))
        before = one
    return links


def _tabs(register: Register) -> list[dict[str, Any]]:
    """Return the registers beside this one; that of people is for officers."""
    is_officer = current_viewer().is_officer
    return [
        {"text": title_of(name), "url": register_url(name), "is_current": name == register.name}
        for name in register.tabs
        if name in REGISTER_PAGES and (is_officer or name != "people")
    ]


def _csv(register: Register, query: RegisterQuery) -> Response:
    """Return all rows for the viewer: one audience, that of who asks. Cells that a spreadsheet would run are quoted.

    The last columns say of each row where it is from, how it is known and whether it was withdrawn, as the
    page does by its marks.
    """
    viewer = current_viewer()
    marks = (_("Origin"), _("Known"), _("Withdrawn"))
    heads = _line([*(translate(column.label) for column in register.source(viewer).columns), *marks])
    lines = (_line([*(_plain(cell) for cell in row.cells), *_marks(row)]) for row in read_all(register, viewer, query))
    # whole before the first byte goes: a fault in the middle must not end in a file that looks whole
    text = "".join(chain((heads,), lines))
    audience = "own-view" if viewer.is_signed_in else "public"
    response = Response(text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{register.name}-{audience}.csv"'
    return response


def _marks(row: Row) -> tuple[str, str, str]:
    known = _("recalled, not checked") if row.flags.get("recalled") else ""
    standing = translate(lifecycle.state_word(row.kind, lifecycle.WITHDRAWN)) if row.flags["withdrawn"] else ""
    return translate(ORIGINS[row.flags["origin"]]), known, standing


def _plain(cell: Cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    text = str(value)
    return harmless(text)


def _line(values: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def title_of(name: str) -> str:
    """Return the name of a register in words."""
    return translate(REGISTERS[name].title) if name in REGISTERS else _("Register")
