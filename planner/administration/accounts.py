"""Accounts, for the administrators of the installation: the list, one account, a new one, what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from planner.access import policy
from planner.access.permissions import Verb
from planner.access.viewer import Viewer
from planner.administration import conflicts
from planner.administration.blueprint import Answer, bp
from planner.administration.forms import LAYOUTS, Group, Layout, RecordForm, build_form
from planner.core import clock
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import N_
from planner.services import accounts, editing
from planner.services.editing import SPECS, Editable, EditConflict
from planner.web import registers
from planner.web.filters import instant
from planner.web.forms import BaseForm, make_form, text_field
from planner.web.i18n import translate
from planner.web.viewer import current_viewer

_FIELDS = ("title", "function", "email", "stakeholder_id", "kept_by_id", "delegations")
_PERSON = LAYOUTS["person"]
_SPEC = replace(
    SPECS["person"],
    fields=tuple(
        replace(field, required=field.required or field.name == "email")
        for field in SPECS["person"].fields
        if field.name in _FIELDS
    ),
)
"""Of a person what an account rests on, the address to sign in with included."""
_LAYOUT = Layout(
    groups=(
        *_PERSON.groups[:1],
        Group(
            N_("Delegations"),
            (("delegations", 12),),
            N_("Whom the person stands for: what is open to those is open to the person."),
        ),
    ),
    hints={**_PERSON.hints, "email": N_("The person signs in with it.")},
    labels=_PERSON.labels,
)


@bp.get("/administration/accounts", endpoint="accounts")
def show_accounts() -> str:
    """List the accounts."""
    page = accounts.list_accounts(current_viewer(), registers.question())
    return render_template(
        "administration/accounts.html",
        states=accounts.STATES,
        tabs=[],
        current="workbench",
        **registers.page_values(page, "administration.accounts"),
    )


@bp.route("/administration/accounts/new", methods=["GET", "POST"])
def new_account() -> Answer:
    """Make an account, for somebody new or for a person of the register (?person=12)."""
    viewer = current_viewer()
    policy.require(viewer, Verb.MANAGE_ACCOUNTS)
    editable = _chosen_person(viewer)
    form = _person_form(viewer, editable)
    if request.method == "GET" or form.is_rearranged:
        return _new_page(viewer, editable, form)
    try:
        account_id = accounts.make_account(
            viewer,
            person_id=editable.record.id if editable else None,
            rev=form.form.rev_number,
            base=form.form.base_digests,
            values=form.values(),
            at=clock.now(),
        )
    except Invalid as invalid:
        form.form.add_faults(invalid)
        return _new_page(viewer, editable, form), 422
    except EditConflict as conflict:
        if editable is None:
            raise
        return conflicts.page(viewer, editable, conflict), 409
    flash(_("The account is made. The person still needs a password."))
    return redirect(url_for("administration.account", account_id=account_id), code=303)


@bp.get("/administration/accounts/<int:account_id>")
def account(account_id: int) -> Response:
    """Show one account, with the address to hand over while it counts."""
    return _account_page(account_id)


@bp.post("/administration/accounts/<int:account_id>/e-mail")
def change_address(account_id: int) -> Response:
    """Have a person sign in with another e-mail."""
    form = _address_form()
    try:
        accounts.change_address(current_viewer(), account_id, email=form.email.data or "", at=clock.now())
    except Invalid as invalid:
        form.add_faults(invalid)
        return _account_page(account_id, form)
    flash(_("Saved."))
    return redirect(url_for("administration.account", account_id=account_id), code=303)


def _address_form(email: str | None = None) -> BaseForm:
    """Return the form for another address to sign in with; without one it holds what was sent."""
    field = text_field(_("E-mail"), type="email", maxlength=254, autocapitalize="none", spellcheck="false")
    form_class = make_form({"email": field})
    form = form_class() if email is None else form_class(formdata=None, data={"email": email})
    form["email"].flags.required = True
    return form


def _account_page(account_id: int, form: BaseForm | None = None) -> Response:
    found = accounts.get_account_page(current_viewer(), account_id, at=clock.now())
    acts = [
        {
            "when": f"{instant(act.at, 'UTC')} UTC",
            "iso": act.at.isoformat(),
            "who": act.who,
            "what": translate(act.what),
        }
        for act in found.acts
    ]
    response = make_response(
        render_template(
            "administration/account.html",
            account=found,
            form=form or _address_form(found.profile.email),
            states=accounts.STATES,
            acts=acts,
            address=_address(found),
            hours=accounts.LINK_HOURS,
            current="workbench",
        ),
        422 if form else 200,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/administration/accounts/<int:account_id>/close")
def close_account(account_id: int) -> Response:
    """Close an account."""
    return _done(
        account_id, accounts.close_account, _("The account is closed, and the person is signed out everywhere.")
    )


@bp.post("/administration/accounts/<int:account_id>/reopen")
def reopen_account(account_id: int) -> Response:
    """Open a closed account again."""
    return _done(account_id, accounts.reopen_account, _("The account is open again."))


@bp.post("/administration/accounts/<int:account_id>/password-link")
def make_password_link(account_id: int) -> Response:
    """Make the address at which the person chooses a password; one that was made before is void."""
    return _done(account_id, accounts.make_password_link, _("The address is made. Hand it over to this person alone."))


@bp.post("/administration/accounts/<int:account_id>/password-link/withdraw")
def void_password_link(account_id: int) -> Response:
    """Take that address back."""
    return _done(account_id, accounts.void_password_link, _("The address is taken back."))


def _done(account_id: int, act: Callable[..., None], said: str) -> Response:
    act(current_viewer(), account_id, at=clock.now())
    flash(said)
    return redirect(url_for("administration.account", account_id=account_id), code=303)


def _chosen_person(viewer: Viewer) -> Editable | None:
    """Return the person that the address names, None where it names none."""
    person_id = registers.number(request.args.get("person"), default=None)
    if person_id is None:
        return None
    editable = editing.get_editable(viewer, person_id)
    if editable.record.kind != "person":
        raise NotVisible
    return editable


def _person_form(viewer: Viewer, editable: Editable | None) -> RecordForm:
    if editable is None:
        return build_form(viewer, _SPEC, _LAYOUT, {}, is_new=True)
    values = {name: editable.values[name] for name in _FIELDS}
    return build_form(viewer, _SPEC, _LAYOUT, values, rev=editable.rev, base=editing.digests(values))


def _new_page(viewer: Viewer, editable: Editable | None, form: RecordForm) -> str:
    words = "" if editable else request.args.get("q", "").strip()
    return render_template(
        "administration/new_account.html",
        form=form,
        person=editable.record if editable else None,
        words=words,
        candidates=accounts.find_candidates(viewer, words),
        current="workbench",
    )


def _address(found: accounts.Account) -> str | None:
    """Return the address at which the person chooses a password, as it is handed over; None where none counts."""
    if found.link_until is None:
        return None
    token = accounts.token_of(found.id, found.link_until, key=current_app.config["SECRET_KEY"])
    base = current_app.config["SETTINGS"].base_url
    if base:
        return f"{base}{url_for('account.choose_password', link=token)}"
    return url_for("account.choose_password", link=token, _external=True)
