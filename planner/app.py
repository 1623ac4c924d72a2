"""The application: joins settings, extensions, areas and error pages; no logic."""

from __future__ import annotations

import logging
from importlib import import_module

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from planner.core import paths
from planner.core.db import db
from planner.services import calendar_entries, data_state, invitation_mail, rounds
from planner.web import errors, filters, health, i18n, limits, security, urls, viewer
from planner.web.guard import Guard
from planner.web.remembered import Remembered

AREAS = (
    "home",
    "plan",
    "consultations",
    "sessions",
    "presentations",
    "contributions",
    "outputs",
    "follow_ups",
    "stakeholders",
    "documents",
    "calendars",
    "account",
    "bodies",
    "administration",
)


def create_app(settings: Settings) -> Flask:
    """Build the application for the given settings."""
    app = Flask("planner", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"pool_pre_ping": not settings.is_sqlite},
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_NAME="planner",
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 14,
        MAX_CONTENT_LENGTH=12 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,
    )
    logging.getLogger("planner").setLevel(settings.log_level)
    app.jinja_env.trim_blocks = False
    db.init_app(app)
    Migrate(app, db, directory=str(paths.MIGRATIONS), render_as_batch=True, compare_type=True)
    for part in (urls, errors, security, i18n, limits, viewer, filters, health):
        part.init_app(app)
    for area in AREAS:
        app.register_blueprint(import_module(f"planner.{area}.routes").bp)
    with app.app_context():
        read_state = data_state.reader()
    app.wsgi_app = Remembered(app.wsgi_app, read_state)  # type: ignore[method-assign]
    app.extensions["remembered"] = app.wsgi_app
    app.wsgi_app = Guard(app.wsgi_app, settings.trusted_hosts)  # type: ignore[method-assign]
    calendar_entries.configure(settings.base_url)
    rounds.configure(settings.base_url, settings.secret_key)
    invitation_mail.configure(settings.mail_from, settings.replies_to, settings.secret_key)
    if settings.proxy_count:
        hops = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
