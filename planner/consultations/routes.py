"""Pages of a round of comments: the round, its comments, the form of one. Officers' acts are in `officers.py`."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from planner.consultations import linked, officers
from planner.consultations.asked import read_asked, read_order
from planner.consultations.files import table_file
from planner.consultations.forms import CommentForm, WithdrawForm
from planner.consultations.taking import taken
from planner.core import clock
from planner.core.errors import Invalid, NotAllowed
from planner.services import consultations
from planner.services.consultations import FormView
from planner.web import registers
from planner.web.forms import show_faults
from planner.web.registers import number
from planner.web.security import checks_itself
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("consultations", __name__)
bp.register_blueprint(officers.bp)
bp.register_blueprint(linked.bp)


@bp.get("/comments")
@public_route
def index() -> Response | str:
    """List the comments that the viewer may read, of all rounds."""
    return registers.show("comments", current="plan")


@bp.get("/comments/<int:record_id>")
@public_route
def comment_page(record_id: int) -> str:
    """Show a comment with what it answers and what answers it."""
    view = consultations.get_comment(current_viewer(), record_id, at=clock.now())
    return render_template("consultations/comment.html", view=view, frame=view.frame, current="plan")


@bp.get("/plan-versions/<int:version_id>/comments")
@public_route
def page(version_id: int) -> AnyResponse:
    """Show the round of a version with its comments, or give them as a table."""
    viewer, at = current_viewer(), clock.now()
    form = request.args.get("format", "")
    if form:
        found = consultations.get_round(viewer, version_id, at=at)
        order = read_order(request.args)
        return table_file(found, consultations.table_of_comments(viewer, found, order), form)
    asked = read_asked(request.args)
    view = consultations.get_page(viewer, version_id, asked, at=at)
    return make_response(
        render_template("consultations/page.html", view=view, asked=asked, illustration=view.is_illustration,
                        segments=officers.segments(view), current="plan")
    )  # fmt: skip


@bp.route("/plan-versions/<int:version_id>/comments/new", methods=["GET", "POST"])
@public_route
@checks_itself
def new_comment(version_id: int) -> AnyResponse:
    """Take a comment. A session that has ended, or a deadline that passed meanwhile, loses nothing that was typed."""
    if not current_viewer().is_signed_in:
        return _signed_out()
    item_id = number(request.values.get("item"), default=None)
    reply_to = number(request.values.get("reply"), default=None)
    view = consultations.get_form(
        current_viewer(), version_id, at=clock.now(), item_id=item_id, in_reply_to_id=reply_to
    )
    form = CommentForm()
    form.offer(view, current_viewer().stakeholders)
    if request.method == "GET":
        return form_page(view, form, may=view.round.is_open and bool(view.voices))
    status = taken(form, lambda: _submit(version_id, form, item_id, reply_to))
    return _done(version_id) if status is None else form_page(view, form, status)


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@public_route
@checks_itself
def edit_comment(comment_id: int) -> AnyResponse:
    """Change one's own comment."""
    if not current_viewer().is_signed_in:
        return _signed_out()
    viewer, at = current_viewer(), clock.now()
    shown = consultations.get_comment(viewer, comment_id, at=at)
    if not shown.entry.is_mine:
        raise NotAllowed
    version_id = shown.round.version.id
    view = consultations.get_form(viewer, version_id, at=at, comment_id=comment_id)
    form = CommentForm()
    form.offer(view, viewer.stakeholders)
    if request.method == "GET":
        return form_page(view, form, may=view.round.is_open)
    status = taken(
        form, lambda: consultations.edit_comment(viewer, comment_id, form.typed(), rev=form.rev_number, at=clock.now())
    )
    return _done(version_id) if status is None else form_page(view, form, status)


@bp.route("/comments/<int:comment_id>/withdraw", methods=["GET", "POST"])
def withdraw_comment(comment_id: int) -> AnyResponse:
    """Withdraw one's own comment."""
    viewer = current_viewer()
    view = consultations.get_comment(viewer, comment_id, at=clock.now())
    form = WithdrawForm()
    if request.method == "POST" and form.validate():
        try:
            consultations.withdraw_comment(viewer, comment_id, reason=form.reason.data, at=clock.now())
        except Invalid as invalid:
            show_faults(form, invalid)
        else:
            flash(_("Your comment is withdrawn."))
            return redirect(url_for("consultations.comment_page", record_id=comment_id), code=303)
    status = 422 if request.method == "POST" else 200
    return make_response(render_template("consultations/withdraw.html", view=view, form=form, current="plan"), status)


def form_page(view: FormView, form: CommentForm, status: int = 200, *, may: bool = True) -> AnyResponse:
    """Return the page of the form of a comment."""
    return make_response(
        render_template("consultations/form.html", view=view, form=form, may=may, current="plan"), status
    )


def _submit(version_id: int, form: CommentForm, item_id: int | None, reply_to: int | None) -> None:
    consultations.submit_comment(
        current_viewer(),
        version_id,
        form.typed(),
        at=clock.now(),
        item_id=item_id,
        in_reply_to_id=reply_to,
        stakeholder_id=form.for_whom,
    )


def _done(version_id: int) -> AnyResponse:
    flash(_("Your comment is in."))
    return redirect(url_for("consultations.page", version_id=version_id), code=303)


def _signed_out() -> AnyResponse:
    """Ask whoever is not signed in to sign in; what they typed stays on the page."""
    if request.method == "GET":
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), code=303)
    kept = [(name, value) for name, value in request.form.items() if name != "csrf_token"]
    return make_response(render_template("consultations/signed_out.html", kept=kept, current="plan"), 422)
