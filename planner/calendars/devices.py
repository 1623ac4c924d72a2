"""The page of devices that keep calendars in step: their passwords are made and revoked here."""

from __future__ import annotations

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from planner.calendars.forms import DeviceForm
from planner.core import clock
from planner.core.errors import Invalid
from planner.services import devices
from planner.web.forms import show_faults
from planner.web.viewer import current_viewer

bp = Blueprint("devices", __name__)


@bp.get("/calendars/devices")
def index() -> AnyResponse:
    """Show the person's devices, and how one is set up."""
    return _page(DeviceForm(formdata=None))


@bp.post("/calendars/devices")
def make() -> AnyResponse:
    """Make the password of a device. It is shown on the answer alone: nothing keeps it, so no redirect could."""
    form = DeviceForm()
    if form.validate():
        try:
            secret = devices.make(current_viewer(), form.name.data or "", at=clock.now())
        except Invalid as faults:
            show_faults(form, faults)
        else:
            return _page(DeviceForm(formdata=None), secret=secret, made=(form.name.data or "").strip())
    return _page(form, status=422)


@bp.post("/calendars/devices/<int:device_id>/revoke")
def revoke(device_id: int) -> AnyResponse:
    """End the password of a device."""
    devices.revoke(current_viewer(), device_id, at=clock.now())
    flash(_("The device is revoked. It is let in no more."))
    return redirect(url_for("calendars.devices.index"), 303)


def _page(form: DeviceForm, *, secret: str | None = None, made: str = "", status: int = 200) -> AnyResponse:
    viewer = current_viewer()
    page = render_template(
        "calendars/devices.html",
        current="calendars",
        devices=devices.list_mine(viewer),
        form=form,
        email=devices.find_email(viewer),
        server=url_for("calendars.dav.root", _external=True),
        secret=secret,
        made=made,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response
