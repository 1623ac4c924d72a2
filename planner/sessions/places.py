"""Where something is held, and who may read of it, in words."""

from __future__ import annotations

from babel import Locale
from flask_babel import get_locale

from planner.rules.audience import Ground
from planner.rules.words import word
from planner.web.i18n import translate


def place_words(*parts: str | None, country: str | None = None) -> str:
    """Return "Room 3, venue, city, country", as far as known."""
    return ", ".join(part for part in (*parts, country_name(country)) if part)


def country_name(code: str | None) -> str | None:
    """Return the name of a country of an ISO 3166-1 code in the language of the request."""
    if code is None:
        return None
    locale = get_locale() or Locale("en")
    return str(locale.territories.get(code, code))


def audience_words(mask: int) -> str:
    """Return who may read of a record, from its mask of grounds; the officers go without saying."""
    if mask & Ground.PUBLIC:
        return translate(word("ground", "public"))
    grounds = [str(ground.name).lower() for ground in Ground if mask & ground and ground is not Ground.OFFICERS]
    return ", ".join(translate(word("ground", name)) for name in grounds or ["officers"])
