"""Pages of meetings, sessions and releases."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from planner.access import policy
from planner.access.permissions import Verb
from planner.core import clock
from planner.core.errors import NotVisible
from planner.models import Answer
from planner.rules.audience import Ground
from planner.rules.lifecycle import ENDED
from planner.rules.mail_words import ANSWERS
from planner.services import invitations, release_pages, sessions
from planner.services import meetings as meetings_service
from planner.sessions.places import audience_words, place_words
from planner.sessions.programme import draw, list_rows, minute_of_day
from planner.web import registers
from planner.web.programme_changes import tell
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("sessions", __name__)


@bp.get("/sessions/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a session in the edition that is for the viewer."""
    viewer = current_viewer()
    view = sessions.get_session(viewer, record_id, at=clock.now())
    serves = policy.may(viewer, Verb.SEND_MAIL, view.plan_session.home_body_id)
    return render_template(
        "sessions/page.html",
        invited=invitations.get_summary(record_id) if serves else None,
        mine=invitations.get_mine(viewer, record_id, day=viewer.day),
        answers=ANSWERS,
        view=view,
        frame=view.frame,
        drawn=draw(view),
        calendar_url=url_for("calendars.add_session", record_id=record_id) if _is_in_calendar(view) else None,
        differences=tell(view.changes, {record_id: view.values["zone"]}, view.names_beside),
        audience_words=audience_words,
        place_words=place_words,
        current="sessions",
    )


@bp.post("/sessions/<int:record_id>/answer")
def answer(record_id: int) -> AnyResponse:
    """Take the answer of who is signed in to their own invitation."""
    given = request.form.get("answer", "")
    if given not in ("accepted", "tentative", "declined"):
        raise NotVisible
    invitations.answer_on_page(current_viewer(), record_id, Answer(given), at=clock.now())
    flash(_("Your answer is kept."))
    return redirect(url_for("sessions.page", record_id=record_id), code=303)


def _is_in_calendar(view: sessions.SessionView) -> bool:
    """Say whether a feed holds the session: it is public, and has been released with a day and not only a month."""
    edition = view.plan_session.edition
    has_day = edition is not None and len(edition.on_text or "") == len("2026-11-24") and edition.state not in ENDED
    return has_day and bool(view.plan_session.audience & Ground.PUBLIC)


@bp.get("/meetings/<int:record_id>")
@public_route
def meeting_page(record_id: int) -> str:
    """Show a meeting."""
    view = meetings_service.get_meeting(current_viewer(), record_id)
    return render_template(
        "sessions/meeting.html",
        view=view,
        frame=view.frame,
        place_words=place_words,
        audience_words=audience_words,
        current="sessions",
    )


@bp.get("/releases/<int:record_id>")
@public_route
def release_page(record_id: int) -> str:
    """Show a release, frozen as it is."""
    view = release_pages.get_release(current_viewer(), record_id)
    return render_template(
        "sessions/release.html",
        view=view,
        frame=view.frame,
        changes=tell(view.changes, view.zones, view.names),
        programmes=[
            (one, list_rows(one.entries, minute_of_day(one.starts_at, one.values["zone"]))) for one in view.sessions
        ],
        current="sessions",
    )


@bp.get("/sessions")
@public_route
def index() -> Response | str:
    """List sessions."""
    return registers.show("sessions", current="sessions")


@bp.get("/meetings")
@public_route
def meetings() -> Response | str:
    """List meetings."""
    return registers.show("meetings", current="sessions")
