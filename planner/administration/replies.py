"""Answers by mail that were not taken: for officers to look at, to set by hand, or to put aside."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from planner.administration.blueprint import Answer, bp
from planner.core import clock
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import Message
from planner.rules.mail_words import ANSWERS
from planner.services import invitations
from planner.web import registers
from planner.web.i18n import translate
from planner.web.viewer import current_viewer


@bp.get("/outbox/replies")
def refused_replies() -> str:
    """List the answers that wait for an officer; those that were seen to with ?state=done."""
    asked = request.args.get("state", "open")
    if asked not in ("open", "done"):
        raise NotVisible
    page = registers.number(request.args.get("page"), default=1) or 1
    found = invitations.list_refused(current_viewer(), is_done=asked == "done", page=page)

    def url(to: int | None, state: str = asked) -> str:
        return url_for("administration.refused_replies", state=None if state == "open" else state, page=to)

    return render_template(
        "administration/replies.html",
        found=found,
        tabs=[
            {"text": text, "url": url(None, state), "count": count, "is_current": asked == state}
            for state, text, count in (
                ("open", _("To see to"), found.open_count),
                ("done", _("Seen to"), found.done_count),
            )
        ],
        is_open=asked == "open",
        pages=registers.pager(found.page, found.pages, url),
        previous_url=url(found.page - 1) if found.page > 1 else None,
        next_url=url(found.page + 1) if found.page < found.pages else None,
        current="workbench",
    )


@bp.route("/outbox/replies/<int:reply_id>", methods=["GET", "POST"])
def refused_reply(reply_id: int) -> Answer:
    """Show an answer that was not taken; set it by hand for the person who gave it."""
    if request.method == "GET":
        return _page(reply_id)
    try:
        name = invitations.set_by_hand(
            current_viewer(),
            reply_id,
            invitation_id=registers.number(request.form.get("invitation"), default=0),
            answer=request.form.get("answer", ""),
            at=clock.now(),
        )
    except Invalid as invalid:
        return _page(reply_id, invalid.fields), 422
    flash(_("The answer of %(name)s is set.", name=name))
    return redirect(url_for("administration.refused_replies"), code=303)


@bp.post("/outbox/replies/<int:reply_id>/done")
def put_aside_reply(reply_id: int) -> AnyResponse:
    """Note that nothing more is to be done about an answer."""
    invitations.note_done(current_viewer(), reply_id, at=clock.now())
    flash(_("The answer is put aside. Nothing else has changed."))
    return redirect(url_for("administration.refused_replies"), code=303)


@bp.post("/outbox/replies/<int:reply_id>/reopen")
def reopen_reply(reply_id: int) -> AnyResponse:
    """Have an answer wait again."""
    invitations.reopen(current_viewer(), reply_id, at=clock.now())
    flash(_("The answer waits again."))
    return redirect(url_for("administration.refused_reply", reply_id=reply_id), code=303)


def _page(reply_id: int, faults: dict[str, Message] | None = None) -> str:
    shown = invitations.get_refused(current_viewer(), reply_id)
    known = shown.refused.answer
    guessed = shown.refused.invitation_id or (shown.choices[0].invitation_id if len(shown.choices) == 1 else "")
    said = {name: translate(text) for name, text in (faults or {}).items()}
    return render_template(
        "administration/reply.html",
        shown=shown,
        reply=shown.refused,
        answers=[(code, ANSWERS[code.value]) for code in invitations.GIVEN],
        answer=request.form.get("answer", known.value if known in invitations.GIVEN else ""),
        invitation=request.form.get("invitation", str(guessed)),
        faults=said,
        fault_list=[(text, f"#{name}") for name, text in said.items()],
        current="workbench",
    )
