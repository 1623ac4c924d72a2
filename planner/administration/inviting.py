"""Inviting to a session: who is asked, what they answered, what was refused."""

from __future__ import annotations

from collections import Counter

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from planner.administration.blueprint import Answer, bp
from planner.core import clock
from planner.core.errors import Invalid
from planner.models import Answer as Given
from planner.pictures.balance import balance
from planner.rules.mail_words import ANSWERS, MESSAGE_TONES
from planner.rules.words import CLASS_CODES
from planner.services import invitations
from planner.web import registers
from planner.web.i18n import translate
from planner.web.viewer import current_viewer


@bp.route("/sessions/<int:record_id>/invitations", methods=["GET", "POST"], endpoint="invitations")
def show_invitations(record_id: int) -> Answer:
    """Show who is invited to a session, and invite more of those who are registered."""
    if request.method == "GET":
        return _page(record_id)
    chosen = [registers.number(text, default=0) or 0 for text in request.form.getlist("people")]
    try:
        count = invitations.invite(current_viewer(), record_id, chosen, at=clock.now())
    except Invalid as invalid:
        return _page(record_id, chosen, translate(invalid.fields["people"])), 422
    flash(ngettext("%(num)s invitation is drafted. Send it from the outbox.",
                   "%(num)s invitations are drafted. Send them from the outbox.", count))  # fmt: skip
    return redirect(url_for("administration.invitations", record_id=record_id), code=303)


@bp.post("/invitations/<int:invitation_id>/take-back")
def take_back_invitation(invitation_id: int) -> AnyResponse:
    """End an invitation."""
    session_id = invitations.take_back(current_viewer(), invitation_id, at=clock.now())
    flash(_("The invitation is taken back. If it had been sent, a message that says so waits in the outbox."))
    return redirect(url_for("administration.invitations", record_id=session_id), code=303)


def _page(record_id: int, chosen: list[int] | None = None, fault: str | None = None) -> str:
    viewer = current_viewer()
    overview = invitations.get_overview(viewer, record_id, day=viewer.day)
    coming: Counter[str] = Counter()
    for kind, counts in overview.counts:
        coming[CLASS_CODES.get(kind, "xx").upper()] += counts[Given.ACCEPTED]
    return render_template(
        "administration/invitations.html",
        overview=overview,
        plan_session=overview.plan_session,
        answers=[(answer, words) for answer, words in ANSWERS.items()],
        segments=balance(coming),
        coming=coming.total(),
        chosen=chosen or [],
        fault=fault,
        tones=MESSAGE_TONES,
        current="workbench",
    )
