"""What officers do with a round: answer comments, apply wordings, extend, close, mail personal addresses."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from planner.consultations.forms import AnswerForm, ExtendForm, LinkForm, PlainForm
from planner.consultations.taking import attempted
from planner.core import clock
from planner.core.errors import Conflict, NotAllowed, Stale
from planner.core.i18n import N_
from planner.pictures.balance import Segment, balance
from planner.rules.words import CLASS_CODES
from planner.services import consultations
from planner.services.consultations import RoundPage
from planner.web.forms import BaseForm
from planner.web.i18n import translate
from planner.web.viewer import current_viewer

bp = Blueprint("running", __name__)


def segments(view: RoundPage) -> tuple[Segment, ...]:
    """Return the bar of those who commented, by class."""
    counts = {CLASS_CODES.get(part.kind, "xx").upper(): len(part.commented) for part in view.taking_part}
    return balance(counts)


@bp.route("/comments/<int:comment_id>/answer", methods=["GET", "POST"])
def answer(comment_id: int) -> AnyResponse:
    """Answer a comment, then go on to the next one without an answer."""
    viewer, at = current_viewer(), clock.now()
    view = consultations.get_comment(viewer, comment_id, at=at)
    _require(view.round.may_run)
    row = view.entry.row
    form = AnswerForm()
    may_apply = row.kind == "proposed_wording" and row.applied_at is None
    form.offer(row.disposition, row.reason, row.rev, may_apply=may_apply)
    status = 200
    if request.method == "POST":
        refused = _tried(
            form,
            lambda: consultations.dispose(
                viewer, comment_id, form.disposition.data or "", form.reason.data, rev=form.rev_number, at=at
            ),
        )
        if refused is None:
            return _after_answer(view.round.version.id, comment_id, wants_apply=may_apply and form.apply.data)
        status = refused
    waiting = consultations.next_undecided(viewer, view.round.version.id, after=comment_id)
    return make_response(
        render_template("consultations/answer.html", view=view, form=form, waiting=waiting, current="plan"), status
    )


def _after_answer(version_id: int, comment_id: int, *, wants_apply: bool) -> AnyResponse:
    """Apply where that was asked, showing both texts where the item has changed; then go on to what waits."""
    if wants_apply:
        try:
            consultations.apply_comment(current_viewer(), comment_id, at=clock.now())
        except Conflict as refused:
            flash(translate(refused.message))
            target = "apply" if isinstance(refused, Stale) else "answer"
            return redirect(url_for(f"consultations.running.{target}", comment_id=comment_id), code=303)
        flash(_("Answered, and written into the working copy."))
    else:
        flash(_("The answer is kept."))
    waiting = consultations.next_undecided(current_viewer(), version_id, after=comment_id)
    if waiting is not None and "next" in request.form:
        return redirect(url_for("consultations.running.answer", comment_id=waiting), code=303)
    return redirect(url_for("consultations.page", version_id=version_id), code=303)


@bp.get("/plan-versions/<int:version_id>/comments/next")
def next_comment(version_id: int) -> AnyResponse:
    """Go to the first comment without an answer."""
    viewer = current_viewer()
    _require(consultations.get_round(viewer, version_id, at=clock.now()).may_run)
    waiting = consultations.next_undecided(viewer, version_id)
    if waiting is None:
        flash(_("Every comment has an answer."))
        return redirect(url_for("consultations.page", version_id=version_id), code=303)
    return redirect(url_for("consultations.running.answer", comment_id=waiting), code=303)


@bp.post("/comments/<int:comment_id>/answer/take-back")
def take_back(comment_id: int) -> AnyResponse:
    """Take an answer back."""
    rev = request.form.get("rev", "")
    known = int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 10 else 0
    comment = consultations.take_back_disposition(current_viewer(), comment_id, rev=known, at=clock.now())
    flash(_("The answer is taken back."))
    return redirect(url_for("consultations.comment_page", record_id=comment.id), code=303)


@bp.route("/comments/<int:comment_id>/apply", methods=["GET", "POST"])
def apply(comment_id: int) -> AnyResponse:
    """Show a proposed wording beside what stands now, and write it into the working copy."""
    viewer = current_viewer()
    fault, status = None, 200
    if request.method == "POST":
        try:
            done = consultations.apply_comment(viewer, comment_id, at=clock.now(), base=request.form.get("base", ""))
        except Stale as stale:
            fault, status = translate(stale.message), 409
        else:
            flash(_("The wording is in the working copy."))
            return redirect(url_for("consultations.page", version_id=done.comment.version_id), code=303)
    view = consultations.get_application(viewer, comment_id)
    return make_response(
        render_template("consultations/apply.html", view=view, form=PlainForm(), fault=fault, current="plan",
                        illustration=view.comment.origin == "illustration"), status
    )  # fmt: skip


@bp.route("/plan-versions/<int:version_id>/comments/extend", methods=["GET", "POST"])
def extend(version_id: int) -> AnyResponse:
    """Give the round a later deadline."""
    viewer, at = current_viewer(), clock.now()
    view = consultations.get_round(viewer, version_id, at=at)
    _require(view.may_run)
    form = ExtendForm()
    status = 200
    if request.method == "POST":
        until, reason = form.until.data or "", form.reason.data or ""
        refused = _tried(
            form, lambda: consultations.extend_round(viewer, version_id, until_local=until, reason=reason, at=at)
        )
        if refused is None:
            flash(_("The deadline is moved."))
            return redirect(url_for("consultations.page", version_id=version_id), code=303)
        status = refused
    return make_response(render_template("consultations/extend.html", round=view, form=form, current="plan"), status)


@bp.post("/plan-versions/<int:version_id>/comments/close")
def close(version_id: int) -> AnyResponse:
    """Close the round."""
    consultations.close_round(current_viewer(), version_id, at=clock.now())
    flash(_("The round of comments is closed."))
    return redirect(url_for("consultations.page", version_id=version_id), code=303)


@bp.route("/plan-versions/<int:version_id>/comments/links", methods=["GET", "POST"])
def links(version_id: int) -> AnyResponse:
    """Show the personal addresses of the round, and make one."""
    viewer, at = current_viewer(), clock.now()
    form = LinkForm()
    page = consultations.get_links(viewer, version_id, at=at)
    choices = [("", _("Choose")), *((str(one.id), one.title) for one in page.voices)]
    form.stakeholder_id.choices = choices
    status = 200
    if request.method == "POST":
        chosen = form.stakeholder_id.data or ""
        refused = _tried(
            form,
            lambda: consultations.make_link(
                viewer,
                version_id,
                at=at,
                stakeholder_id=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None,
                person_name=form.person_name.data or "",
                address=form.address.data or "",
            ),
        )
        if refused is None:
            flash(_("The mail with the address waits in the outbox."))
            return redirect(url_for("consultations.running.links", version_id=version_id), code=303)
        status = refused
    return make_response(render_template("consultations/links.html", view=page, form=form, current="plan"), status)


@bp.post("/plan-versions/<int:version_id>/comments/links/<int:link_id>/revoke")
def revoke_link(version_id: int, link_id: int) -> AnyResponse:
    """End a personal address."""
    consultations.revoke_link(current_viewer(), version_id, link_id, at=clock.now())
    flash(_("The address is void."))
    return redirect(url_for("consultations.running.links", version_id=version_id), code=303)


@bp.post("/plan-versions/<int:version_id>/comments/links/<int:link_id>/rotate")
def rotate_link(version_id: int, link_id: int) -> AnyResponse:
    """Give somebody another address, by another mail."""
    consultations.rotate_link(current_viewer(), version_id, link_id, at=clock.now())
    flash(_("The address before is void. The mail with the new one waits in the outbox."))
    return redirect(url_for("consultations.running.links", version_id=version_id), code=303)


def _tried(form: BaseForm, act: Callable[[], object]) -> int | None:
    """Do what a form asks; return None where it was done, else the status of the answer."""
    return attempted(form, act) if form.validate() else 422


def _require(may_run: bool) -> None:
    if not may_run:
        raise NotAllowed(N_("Your offices do not allow this."))
