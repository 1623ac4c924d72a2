"""The pages of a personal address: somebody without an account reads the version, comments, and withdraws.

The address is the only proof: no session is begun and no cookie is written beside it. The pages are kept by nobody,
listed by no search engine, and tell their address to no other page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from planner.consultations.forms import CommentForm, PlainForm
from planner.consultations.taking import taken
from planner.core import clock
from planner.core.errors import Conflict, NotVisible
from planner.services import consultations
from planner.services.consultations import Asked, FormView, Opened
from planner.web.i18n import translate
from planner.web.limits import limiter
from planner.web.registers import number
from planner.web.security import checks_itself, sessionless
from planner.web.viewer import public_route, stand_for

bp = Blueprint("linked", __name__)
_READS, _WRITES = "120 per minute", "20 per minute"


class _NoToken(CommentForm):
    """The form without a token of a session: whoever has the address has all that there is to forge."""

    class Meta:
        csrf = False


class _PlainNoToken(PlainForm):
    class Meta:
        csrf = False


def _by_address(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """Open the address, answer for whom it stands, and have nobody keep or learn it."""

    @wraps(view)
    def answered(token: str, **values: Any) -> AnyResponse:
        opened = consultations.open_link(token, at=clock.now())
        stand_for(opened.viewer)
        response = make_response(view(opened, token, **values))
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answered


@bp.get("/consultations/<string:token>")
@public_route
@sessionless
@limiter.limit(_READS)
@_by_address
def page(opened: Opened, token: str) -> AnyResponse:
    """Show the version with its comments, as the stakeholder of the address may read them."""
    view = consultations.get_page(opened.viewer, opened.version_id, Asked(), at=clock.now())
    return make_response(
        render_template("consultations/linked.html", view=view, opened=opened, token=token,
                        done=request.args.get("done", ""), illustration=view.is_illustration)
    )  # fmt: skip


@bp.route("/consultations/<string:token>/comment", methods=["GET", "POST"])
@public_route
@sessionless
@checks_itself
@limiter.limit(_WRITES, methods=["POST"])
@_by_address
def comment(opened: Opened, token: str) -> AnyResponse:
    """Take a comment on an item or on the plan, an answer to a comment, or a change of one's own."""
    at = clock.now()
    own = number(request.values.get("comment"), default=None)
    on = {
        "item_id": number(request.values.get("item"), default=None),
        "in_reply_to_id": number(request.values.get("reply"), default=None),
    }
    view = consultations.get_form(opened.viewer, opened.version_id, at=at, comment_id=own, **on)
    if view.held is not None and view.held.stakeholder_id != opened.stakeholder_id:
        raise NotVisible
    form = _NoToken()
    form.offer(view, opened.viewer.stakeholders)
    if request.method == "GET":
        return _form_page(view, form, opened, token)

    def act() -> None:
        if own is not None:
            consultations.edit_comment(opened.viewer, own, form.typed(), rev=form.rev_number, at=clock.now())
            return
        consultations.submit_comment(
            opened.viewer, opened.version_id, form.typed(), at=clock.now(), link_id=opened.link_id, **on
        )

    status = taken(form, act)
    if status is not None:
        return _form_page(view, form, opened, token, status)
    return redirect(url_for("consultations.linked.page", token=token, done="comment"), code=303)


@bp.route("/consultations/<string:token>/withdraw/<int:comment_id>", methods=["GET", "POST"])
@public_route
@sessionless
@checks_itself
@limiter.limit(_WRITES, methods=["POST"])
@_by_address
def withdraw(opened: Opened, token: str, comment_id: int) -> AnyResponse:
    """Ask whether a comment is to be withdrawn, then withdraw it."""
    view = consultations.get_form(opened.viewer, opened.version_id, at=clock.now(), comment_id=comment_id)
    if view.held is None or view.held.stakeholder_id != opened.stakeholder_id:
        raise NotVisible
    form = _PlainNoToken()
    if request.method == "POST":
        try:
            consultations.withdraw_comment(opened.viewer, comment_id, at=clock.now())
        except Conflict as refused:
            form.form_errors.append(translate(refused.message))
        else:
            return redirect(url_for("consultations.linked.page", token=token, done="withdrawn"), code=303)
    status = 422 if request.method == "POST" else 200
    return make_response(
        render_template("consultations/linked_withdraw.html", view=view, form=form, opened=opened, token=token), status
    )


def _form_page(view: FormView, form: CommentForm, opened: Opened, token: str, status: int = 200) -> AnyResponse:
    return make_response(
        render_template("consultations/linked_form.html", view=view, form=form, opened=opened, token=token,
                        may=view.round.is_open), status
    )  # fmt: skip
