"""Who asks: a device, by its own password (RFC 7617). A session's cookie and the account's password open nothing."""

from __future__ import annotations

from flask import request

from planner.calendars.dav.answers import DavError
from planner.core import clock
from planner.services import accounts, devices
from planner.web.limits import failed_devices
from planner.web.viewer import stand_for

CHALLENGE = {"WWW-Authenticate": 'Basic realm="planner", charset="UTF-8"'}


def signed_in() -> devices.SignedIn:
    """Return the device that the request names. Raises DavError: 401, or 429 after many wrong passwords.

    A right password is let in whatever was counted: at 140 bits nobody guesses, and a device that somebody forgot,
    which asks with a revoked password every minute, must not lock out the others behind the same address.
    """
    given = request.authorization
    if given is None or given.type != "basic" or not given.username:
        raise DavError(401, text="Sign in with your e-mail and the password of this device.", headers=CHALLENGE)
    device = devices.open_device(given.username, given.password or "", day=clock.today())
    if device is not None:
        stand_for(device.viewer)
        return device
    failures = failed_devices(accounts.normal_email(given.username))
    seconds = failures.wait_seconds()
    if seconds:
        raise DavError(429, text="Too many wrong passwords.", headers={"Retry-After": str(seconds)})
    failures.add()
    raise DavError(401, text="This is not the password of a device, or it was revoked.", headers=CHALLENGE)
