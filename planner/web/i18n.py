"""Language of a request: what the person chose, else what the browser asks for, among the languages that are there."""

from __future__ import annotations

from typing import Any

from babel import Locale
from flask import Flask, current_app, g, request, session
from flask_babel import Babel, get_locale, gettext

from planner.core import paths
from planner.core.i18n import Text, rendered

TRANSLATIONS = paths.ROOT / "translations"
RIGHT_TO_LEFT = {"ar"}


def available() -> list[str]:
    """Return the codes of the languages the interface is there in; English is always there."""
    found = {folder.parent.parent.name for folder in TRANSLATIONS.glob("*/LC_MESSAGES/messages.mo")}
    return ["en", *sorted(found - {"en"})]


def init_app(app: Flask) -> None:
    """Join Babel to the application."""
    app.config["LANGUAGES"] = available()
    Babel(app, default_locale="en", default_translation_directories=str(TRANSLATIONS), locale_selector=_select)
    app.before_request(_remember_choice)
    app.context_processor(_words)


def _remember_choice() -> None:
    code = request.args.get("lang")
    if code in current_app.config["LANGUAGES"]:
        session["lang"] = code


def _select() -> str:
    languages: list[str] = current_app.config["LANGUAGES"]
    chosen = session.get("lang") or getattr(g.get("viewer"), "language", None)
    if chosen in languages:
        return str(chosen)
    return request.accept_languages.best_match(languages) or "en"


def translate(message: Text | None) -> str:
    """Return a message in the language of the request; plain text stays as it is."""
    return "" if message is None else str(rendered(message, gettext))


def _words() -> dict[str, Any]:
    code = str(get_locale() or "en")
    languages = [(c, Locale.parse(c).display_name) for c in current_app.config["LANGUAGES"]]
    return {"lang": code, "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr", "languages": languages}
