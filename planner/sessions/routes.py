"""Pages of meetings, sessions and releases."""

from flask import Blueprint, Response, render_template

from planner.core import clock
from planner.services import meetings as meetings_service
from planner.services import sessions
from planner.sessions.places import audience_words, place_words
from planner.sessions.programme import draw
from planner.web import registers
from planner.web.programme_changes import tell
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("sessions", __name__)


@bp.get("/sessions/<int:record_id>")
@public_route
def page(record_id: int) -> str:
    """Show a session in the edition that is for the viewer."""
    view = sessions.get_session(current_viewer(), record_id, at=clock.now())
    return render_template(
        "sessions/page.html",
        view=view,
        frame=view.frame,
        drawn=draw(view),
        differences=tell(view.changes, {record_id: view.values["zone"]}),
        audience_words=audience_words,
        place_words=place_words,
        current="sessions",
    )


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
    view = meetings_service.get_release(current_viewer(), record_id)
    changes = [change for change in view.release.changes if change["session_id"] in view.zones]
    return render_template(
        "sessions/release.html",
        view=view,
        frame=view.frame,
        changes=tell(changes, view.zones),
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
