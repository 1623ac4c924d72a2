"""The outbox: mail that the program has written, for officers to read, to hold, to send."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from planner.administration.blueprint import Answer, bp
from planner.core import clock
from planner.core.errors import Invalid, NotVisible
from planner.models import MessageState
from planner.rules.mail_words import MESSAGE_STATES, MESSAGE_TONES
from planner.services import invitations, outbox
from planner.web import registers
from planner.web.i18n import translate
from planner.web.viewer import current_viewer


@bp.get("/outbox", endpoint="outbox")
def show_outbox() -> str:
    """List the messages of one state (?state=sent); without one the drafts."""
    asked = request.args.get("state", "draft")
    if asked not in MESSAGE_STATES:
        raise NotVisible
    page = registers.number(request.args.get("page"), default=1) or 1
    found = outbox.list_messages(current_viewer(), MessageState(asked), page=page)

    def url(to: int | None) -> str:
        return url_for("administration.outbox", state=asked, page=to)

    return render_template(
        "administration/outbox.html",
        found=found,
        tones=MESSAGE_TONES,
        tabs=[
            {
                "text": translate(words),
                "url": url_for("administration.outbox", state=state),
                "count": found.counts[MessageState(state)],
                "is_current": state == asked,
            }
            for state, words in MESSAGE_STATES.items()
            if state in ("draft", "sent", asked) or found.counts[MessageState(state)]
        ],
        is_draft=asked == "draft",
        refused_count=invitations.count_open_refused(current_viewer()),
        pages=registers.pager(found.page, found.pages, url),
        previous_url=url(found.page - 1) if found.page > 1 else None,
        next_url=url(found.page + 1) if found.page < found.pages else None,
        current="workbench",
    )


@bp.post("/outbox/send")
def send_drafts() -> AnyResponse:
    """Have all drafts sent that the viewer may send."""
    count = outbox.queue_all(current_viewer(), at=clock.now())
    flash(ngettext("%(num)s message will be sent.", "%(num)s messages will be sent.", count))
    return redirect(url_for("administration.outbox"), code=303)


@bp.route("/outbox/<int:message_id>", methods=["GET", "POST"], endpoint="message")
def message(message_id: int) -> Answer:
    """Show a message as it will look; take an officer's own words for it."""
    if request.method == "GET":
        return _message_page(message_id)
    note = request.form.get("note", "")
    try:
        outbox.set_note(current_viewer(), message_id, note, rev=_rev(), at=clock.now())
    except Invalid as invalid:
        return _message_page(message_id, note=note, fault=translate(invalid.fields["note"])), 422
    flash(_("Saved."))
    return redirect(url_for("administration.message", message_id=message_id), code=303)


@bp.get("/outbox/<int:message_id>/message.eml")
def message_file(message_id: int) -> Response:
    """Answer a message as the file that leaves, or left."""
    response = make_response(outbox.get_file(current_viewer(), message_id))
    response.headers["Content-Type"] = "message/rfc822"
    response.headers["Content-Disposition"] = 'attachment; filename="message.eml"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/outbox/<int:message_id>/send")
def send_message(message_id: int) -> AnyResponse:
    """Have a message sent, as it was read."""
    outbox.queue(current_viewer(), message_id, rev=_rev(), at=clock.now())
    return _done(message_id, _("The message will be sent."))


@bp.post("/outbox/<int:message_id>/hold")
def hold_message(message_id: int) -> AnyResponse:
    """Keep a message back."""
    outbox.hold(current_viewer(), message_id, at=clock.now())
    return _done(message_id, _("The message is held until somebody sends it."))


@bp.post("/outbox/<int:message_id>/withdraw")
def withdraw_message(message_id: int) -> AnyResponse:
    """Not send a message."""
    outbox.withdraw(current_viewer(), message_id, at=clock.now())
    return _done(message_id, _("The message is withdrawn."))


def _message_page(message_id: int, *, note: str | None = None, fault: str | None = None) -> str:
    shown = outbox.get_message(current_viewer(), message_id)
    return render_template(
        "administration/message.html",
        shown=shown,
        message=shown.message,
        note=shown.message.note or "" if note is None else note,
        fault=fault,
        tones=MESSAGE_TONES,
        longest_note=outbox.LONGEST_NOTE,
        current="workbench",
    )


def _rev() -> int:
    return registers.number(request.form.get("rev"), default=0) or 0


def _done(message_id: int, said: str) -> AnyResponse:
    flash(said)
    return redirect(url_for("administration.message", message_id=message_id), code=303)
