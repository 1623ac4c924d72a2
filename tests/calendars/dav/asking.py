"""A program that asks as programs do: small helpers to write bodies and to read multistatus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from lxml import etree
from sqlalchemy import select

from planner.access.viewer import Viewer
from planner.core import clock
from planner.core.db import db
from planner.models import UserAccount
from planner.services import devices
from planner.services.accounts import load_viewer

NS = {"D": "DAV:", "C": "urn:ietf:params:xml:ns:caldav", "CS": "http://calendarserver.org/ns/"}
HEAD = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NS.items())
EVENTS, TASKS = "/dav/calendars/all/", "/dav/calendars/tasks/"


def short(tag: str) -> str:
    """Return a name as prefix and local part."""
    name, _, local = tag[1:].partition("}")
    return f"{next((prefix for prefix, known in NS.items() if known == name), name)}:{local}"


def propfind(*names: str) -> str:
    return f"<D:propfind {HEAD}><D:prop>{''.join(f'<{name}/>' for name in names)}</D:prop></D:propfind>"


def query(filters: str, *names: str) -> str:
    props = "".join(f"<{name}/>" for name in names or ("D:getetag",))
    inner = f'<C:comp-filter name="VCALENDAR">{filters}</C:comp-filter>'
    return f"<C:calendar-query {HEAD}><D:prop>{props}</D:prop><C:filter>{inner}</C:filter></C:calendar-query>"


def multiget(*hrefs: str) -> str:
    named = "".join(f"<D:href>{href}</D:href>" for href in hrefs)
    props = "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
    return f"<C:calendar-multiget {HEAD}>{props}{named}</C:calendar-multiget>"


def sync(token: str = "", more: str = "") -> str:
    level = "<D:sync-level>1</D:sync-level>"
    return (
        f"<D:sync-collection {HEAD}><D:sync-token>{token}</D:sync-token>{level}{more}"
        "<D:prop><D:getetag/></D:prop></D:sync-collection>"
    )


@dataclass
class Multistatus:
    """What was told: href → name → text (or names of what is inside); names that are missing; statuses; the token."""

    found: dict[str, dict[str, Any]]
    missing: dict[str, list[str]]
    statuses: dict[str, str]
    token: str | None


def read(body: bytes) -> Multistatus:
    root = etree.fromstring(body)
    assert short(root.tag) == "D:multistatus"
    told = Multistatus({}, {}, {}, root.findtext("D:sync-token", namespaces=NS))
    for response in root.iterfind("D:response", NS):
        href = response.findtext("D:href", namespaces=NS)
        status = response.findtext("D:status", namespaces=NS)
        if status:
            told.statuses[href] = status
        for part in response.iterfind("D:propstat", NS):
            props = list(part.find("D:prop", NS))
            if "200" in part.findtext("D:status", namespaces=NS):
                told.found[href] = {short(one.tag): inside(one) for one in props}
            else:
                told.missing[href] = [short(one.tag) for one in props]
    return told


def inside(element: Any) -> Any:
    if len(element):
        return [short(child.tag) + (f" {inside(child)}" if inside(child) else "") for child in element]
    return element.text or " ".join(f"{key}={value}" for key, value in element.items())


def conditions(body: bytes) -> list[str]:
    """Return the conditions that an error names; its words come last."""
    root = etree.fromstring(body)
    assert short(root.tag) == "D:error"
    return [short(child.tag) if child.tag != f"{{{NS['D']}}}responsedescription" else child.text for child in root]


@dataclass
class Program:
    """A program with the password of a device."""

    app: Flask
    email: str
    secret: str
    viewer: Viewer

    def ask(self, method: str, path: str, body: str | bytes = b"", depth: str | None = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if depth is not None:
            named["Depth"] = depth
        return self.app.test_client().open(
            path, method=method, data=body, headers=named, auth=(self.email, self.secret)
        )

    def told(self, method: str, path: str, body: str | bytes = b"", depth: str | None = None) -> Multistatus:
        answer = self.ask(method, path, body, depth)
        assert answer.status_code == 207, answer.text
        assert answer.content_type == "application/xml; charset=utf-8"
        return read(answer.data)

    def sync(self, path: str, token: str = "") -> Multistatus:
        return self.told("REPORT", path, sync(token), "0")


def program_of(app: Flask, email: str) -> Program:
    """Make a device of an account."""
    with app.app_context():
        account = db.session.scalars(select(UserAccount).where(UserAccount.email == email)).one()
        viewer = load_viewer(account.id, account.session_epoch, day=clock.today())
        assert viewer
        return Program(app, email, devices.make(viewer, "Phone", at=clock.now()), viewer)
