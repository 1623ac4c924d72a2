"""Sign-in, sign-out, the profile of who is signed in, and the page at which a password is chosen."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from planner.account.forms import ChoiceForm, PasswordForm, ProfileForm, SignInForm
from planner.core import clock
from planner.core.errors import Invalid
from planner.services import accounts
from planner.web import limits, viewer
from planner.web.forms import show_faults
from planner.web.viewer import current_viewer, public_route

bp = Blueprint("account", __name__)


@bp.route("/account/sign-in", methods=["GET", "POST"])
@public_route
def sign_in() -> AnyResponse:
    """Ask for e-mail and password; a right pair begins a session and leads on to where the person wanted to go."""
    target = own_path(request.values.get("next", "")) or url_for("home.index")
    form = SignInForm()
    if request.method == "GET":
        return redirect(target, 303) if current_viewer().is_signed_in else _sign_in_page(form, target)
    if not form.validate():
        return _sign_in_page(form, target, status=422)
    failures = limits.failed_sign_ins(accounts.normal_email(form.email.data or ""))
    seconds = failures.wait_seconds()
    if seconds:
        return _sign_in_page(form, target, status=429, wait=seconds)
    signed_in = accounts.authenticate(form.email.data or "", form.password.data or "", at=clock.now())
    if signed_in is None:
        failures.add()
        return _sign_in_page(form, target, status=422, failed=True)
    viewer.sign_in(signed_in.viewer, signed_in.epoch)
    return redirect(target, 303)


@bp.post("/account/sign-out")
@public_route
def sign_out() -> AnyResponse:
    """End this session."""
    viewer.sign_out()
    return redirect(url_for("home.index"), 303)


@bp.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> AnyResponse:
    """End the sessions on all devices, this one included."""
    accounts.sign_out_everywhere(current_viewer(), at=clock.now())
    viewer.sign_out()
    flash(_("You are signed out on all devices."))
    return redirect(url_for("account.sign_in"), 303)


@bp.route("/account/profile", methods=["GET", "POST"])
def profile() -> AnyResponse:
    """Show who is signed in, and take their zone and language."""
    profile_form = _profile_form()
    if request.method == "GET":
        return _profile_page(profile_form, PasswordForm(formdata=None))
    if profile_form.validate():
        try:
            accounts.set_profile(current_viewer(), **profile_form.values(), at=clock.now())
        except Invalid as faults:
            show_faults(profile_form, faults)
        else:
            flash(_("Your profile is saved."))
            return redirect(url_for("account.profile"), 303)
    return _profile_page(profile_form, PasswordForm(formdata=None), status=422)


@bp.post("/account/password")
def change_password() -> AnyResponse:
    """Set another password; this session goes on, all others end. Wrong present ones are counted, as at sign-in."""
    form = PasswordForm()
    if not form.validate():
        return _profile_page(_profile_form(from_request=False), form, status=422)
    failures = limits.wrong_present_passwords(current_viewer().user_id)
    seconds = failures.wait_seconds()
    if seconds:
        return _profile_page(_profile_form(from_request=False), PasswordForm(formdata=None), status=429, wait=seconds)
    try:
        epoch = accounts.change_password(
            current_viewer(), current=form.current.data or "", new=form.new.data or "", at=clock.now()
        )
    except Invalid as faults:
        if "current" in faults.fields:
            failures.add()
        show_faults(form, faults)
        return _profile_page(_profile_form(from_request=False), form, status=422)
    viewer.sign_in(current_viewer(), epoch)
    flash(_("Your password is changed. You are signed out on all other devices."))
    return redirect(url_for("account.profile"), 303)


@bp.route("/account/choose-password", methods=["GET", "POST"])
@public_route
def choose_password() -> AnyResponse:
    """Let a person choose the password of their account at the signed address that an administrator handed over.

    Looking at the page uses nothing up: programs that open addresses in messages must not make them void.
    """
    # in the question of the address, never in its path: paths are written to logs
    link, key = request.values.get("link", ""), current_app.config["SECRET_KEY"]
    invited = accounts.get_invited(link, key=key, at=clock.now())
    form = ChoiceForm()
    if request.method == "GET":
        return _choice_page(form, invited, link)
    if form.validate():
        try:
            accounts.choose_password(link, new=form.new.data or "", key=key, at=clock.now())
        except Invalid as faults:
            show_faults(form, faults)
        else:
            viewer.sign_out()
            flash(_("Your password is set. Sign in with it."))
            return redirect(url_for("account.sign_in"), 303)
    return _choice_page(form, invited, link, status=422)


def own_path(text: str) -> str | None:
    """Return a path of this site, or None for whatever could lead elsewhere."""
    if not text.startswith("/") or text.startswith(("//", "/\\")) or not text.isprintable() or "\\" in text:
        return None
    split = urlsplit(text)
    return text if not split.scheme and not split.netloc else None


def _choice_page(form: ChoiceForm, invited: accounts.Invited, link: str, *, status: int = 200) -> Response:
    page = render_template("account/choose_password.html", form=form, invited=invited, link=link)
    return _kept_by_nobody(page, status)


def _sign_in_page(form: SignInForm, target: str, *, status: int = 200, failed: bool = False, wait: int = 0) -> Response:
    page = render_template("account/sign_in.html", form=form, target=target, failed=failed, waiting=_waiting(wait))
    return _kept_by_nobody(page, status, wait)


def _waiting(seconds: int) -> str | None:
    """Return in words how long no try is taken, None for no wait."""
    minutes = math.ceil(seconds / 60)
    words = ngettext("Try again in %(num)d minute.", "Try again in %(num)d minutes.", minutes)
    return str(words) if seconds else None


def _kept_by_nobody(page: str, status: int, wait: int = 0) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _profile_form(*, from_request: bool = True) -> ProfileForm:
    held = current_viewer()
    stored = {"zone": held.zone or "", "language": held.language or ""}
    form = ProfileForm(data=stored) if from_request else ProfileForm(formdata=None, data=stored)
    form.offer(current_app.config["LANGUAGES"])
    return form


def _profile_page(
    profile_form: ProfileForm, password_form: PasswordForm, *, status: int = 200, wait: int = 0
) -> Response:
    page = render_template(
        "account/profile.html",
        profile=accounts.get_profile(current_viewer()),
        profile_form=profile_form,
        password_form=password_form,
        waiting=_waiting(wait),
    )
    return _kept_by_nobody(page, status, wait)
