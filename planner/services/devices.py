"""Passwords of devices: made, listed and revoked by their owner, and tried by programs that keep calendars in step.

A secret is made up with 140 random bits, so nobody guesses it and a plain digest keeps it: argon2, which slows down
guessing at words that people choose, would only slow down each of the requests, of which a program sends dozens.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from planner.access.viewer import Viewer
from planner.core.db import db, table_of, transaction
from planner.core.errors import Invalid, NotVisible
from planner.core.i18n import N_, Message
from planner.models import DevicePassword, UserAccount
from planner.rules.names import name_fault
from planner.services import changes
from planner.services.accounts import load_viewer, normal_email

MOST = 20
"""How many devices a person may have at a time."""
NOTED_EVERY = timedelta(minutes=5)
"""How exactly the last use is kept."""
_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
_LENGTH = 28
_LONGEST = 100

log = logging.getLogger("planner")


@dataclass(frozen=True)
class Device:
    """A device in its owner's list."""

    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None
    last_used_by: str | None


@dataclass(frozen=True)
class SignedIn:
    """A device that gave its password, and the viewer whom it stands for."""

    id: int
    viewer: Viewer
    email: str
    last_used_at: datetime | None


def make(viewer: Viewer, name: str, *, at: datetime) -> str:
    """Make a password for a device of the viewer and return it; it cannot be read again.

    Raises NotVisible for strangers, Invalid for a name that is none and where there are too many devices.
    """
    secret = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    with changes.change(viewer, at=at):
        held = db.session.scalar(select(func.count()).select_from(DevicePassword).where(*_own(viewer))) or 0
        _check(name, too_many=held >= MOST)
        epoch = db.session.scalar(select(UserAccount.session_epoch).where(UserAccount.id == viewer.user_id))
        db.session.add(
            DevicePassword(
                user_id=viewer.user_id, name=name.strip(), digest=_digest(secret), epoch=epoch, created_at=at
            )
        )
    return "-".join(re.findall("....", secret))


def revoke(viewer: Viewer, device_id: int, *, at: datetime) -> None:
    """End a device's password at once. Raises NotVisible for what is not the viewer's own."""
    with changes.change(viewer, at=at):
        found = select(DevicePassword).where(DevicePassword.id == device_id, *_own(viewer))
        device = db.session.scalars(found).one_or_none()
        if device is None:
            raise NotVisible
        device.revoked_at = at


def list_mine(viewer: Viewer) -> tuple[Device, ...]:
    """Return the viewer's devices whose passwords count, the oldest first. One query."""
    rows = db.session.scalars(select(DevicePassword).where(*_own(viewer)).order_by(DevicePassword.id))
    return tuple(Device(row.id, row.name, row.created_at, row.last_used_at, row.last_used_by) for row in rows)


def find_email(viewer: Viewer) -> str:
    """Return the name with which the viewer's devices sign in. Raises NotVisible for strangers."""
    email = db.session.scalar(select(UserAccount.email).where(UserAccount.id == viewer.user_id))
    if email is None:
        raise NotVisible
    return email


def open_device(email: str, secret: str, *, day: date) -> SignedIn | None:
    """Return the device that an e-mail and a secret name, and the viewer whom it stands for on the day.

    None where one of them is wrong, the device was revoked, the account is closed, or its person has signed out
    everywhere or taken another password since.
    """
    if not email.isprintable():
        return None  # no account has such an address, and PostgreSQL would refuse to look for some
    row = db.session.execute(
        select(DevicePassword.id, DevicePassword.user_id, DevicePassword.epoch, DevicePassword.last_used_at)
        .join(UserAccount, UserAccount.id == DevicePassword.user_id)
        .where(
            DevicePassword.digest == _digest(secret[:_LONGEST]),
            DevicePassword.revoked_at.is_(None),
            UserAccount.email == normal_email(email),
        )
    ).one_or_none()
    viewer = load_viewer(row.user_id, row.epoch, day=day) if row else None
    return SignedIn(row.id, viewer, normal_email(email), row.last_used_at) if row and viewer else None


def note_used(device: SignedIn, program: str, *, at: datetime) -> None:
    """Keep when a device was used last and by what kind of program; that this fails is no reason to answer nothing."""
    if device.last_used_at is not None and at - device.last_used_at < NOTED_EVERY:
        return
    table = table_of(DevicePassword)
    try:
        with transaction(write=True):
            # No audit entry: it would say no more than these columns.
            db.session.execute(
                update(table).where(table.c.id == device.id).values(last_used_at=at, last_used_by=program)
            )
    except SQLAlchemyError as error:
        log.warning("the last use of a device could not be kept", exc_info=error)


def _own(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    if viewer.user_id is None:
        raise NotVisible
    epoch = select(UserAccount.session_epoch).where(UserAccount.id == viewer.user_id).scalar_subquery()
    return (
        DevicePassword.user_id == viewer.user_id,
        DevicePassword.revoked_at.is_(None),
        DevicePassword.epoch == epoch,
    )


def _check(name: str, *, too_many: bool) -> None:
    faults: dict[str, Message] = {}
    if fault := name_fault(name, missing=N_("Give the device a name.")):
        faults["name"] = fault
    if too_many:
        faults[""] = N_("You have {count} devices already. Revoke one first.", count=MOST)
    if faults:
        raise Invalid(faults)


def _digest(secret: str) -> str:
    """Return what is stored of a secret; blanks, hyphens and capitals, which people add in typing, do not count."""
    return hashlib.sha256(re.sub(r"[\s-]", "", secret).lower().encode(errors="replace")).hexdigest()
