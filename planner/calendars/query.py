"""What an address asks of a feed: the same names on pages, public feeds and files.

`body=slug`, `cycle=code`, `theme=id` (a theme or topic) and `class=meetings|sessions|deadlines` may come several times
and narrow it; `presentations=apart` adds presentations as events of their own, `illustrations=include` the worked
example; `alarm=minutes` reminds before sessions and such presentations, `lang` chooses the language of the fixed words.
"""

from __future__ import annotations

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from planner.access.viewer import Viewer
from planner.core.i18n import LANGUAGES, N_
from planner.services.feed_choice import ALARMS, CLASSES, Choice, Names, find_ids
from planner.services.registers import BadQuery
from planner.web.urls import LARGEST_ID

NARROWING = ("body", "cycle", "theme", "class")
FORMS = ("presentations", "illustrations", "alarm", "lang")
MOST_NAMES = 50


def read_choice(viewer: Viewer, args: MultiDict[str, str], *, further: Collection[str] = ()) -> Choice:
    """Return what the query string asks for. Raises BadQuery for unknown keys and values, and for names of nothing."""
    if unknown := set(args) - {*NARROWING, *FORMS, *further}:
        raise BadQuery(N_("“{name}” is no filter of this calendar.", name=min(unknown)[:40]))
    names = Names(
        bodies=frozenset(args.getlist("body")),
        cycles=frozenset(args.getlist("cycle")),
        items=frozenset(read_number("theme", text) for text in args.getlist("theme")),
    )
    classes = frozenset(args.getlist("class"))
    if any(len(args.getlist(key)) > MOST_NAMES for key in NARROWING):
        raise BadQuery(N_("A calendar is narrowed by at most {count} names of a kind.", count=MOST_NAMES))
    if strange := classes - CLASSES.keys():
        raise BadQuery(N_("“{name}” names nothing here.", name=min(strange)[:40]))
    alarm = read_number("alarm", args["alarm"]) if "alarm" in args else None
    if alarm is not None and alarm not in ALARMS:
        raise BadQuery(N_("“{name}” names nothing here.", name=alarm))
    return Choice(
        **find_ids(viewer, names),
        classes=classes,
        with_presentations=_is("presentations", "apart", args),
        with_illustration=_is("illustrations", "include", args),
        alarm_minutes=alarm,
        language=_language(args.get("lang")),
    )


def _is(key: str, only: str, args: MultiDict[str, str]) -> bool:
    value = args.get(key)
    if value not in (None, only):
        raise BadQuery(N_("“{key}” can only be “{value}”.", key=key, value=only))
    return value == only


def _language(code: str | None) -> str | None:
    """Return a language other than the usual one. Raises BadQuery for one that entries are not written in."""
    if code is not None and code not in LANGUAGES:
        raise BadQuery(N_("“{name}” is no language of this calendar.", name=code[:40]))
    return None if code == LANGUAGES[0] else code


def read_number(key: str, text: str) -> int:
    """Return a number that a record may have. Raises BadQuery, which names the key."""
    if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST_ID):
        raise BadQuery(N_("“{key}” is a number.", key=key))
    return int(text)
