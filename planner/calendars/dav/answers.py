"""Answers of CalDAV: multistatus (RFC 4918 section 13), and errors that name what was not met (section 16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus

from flask import Response

from planner.calendars.dav.xml import Element, dav, element, write

COMPLIANCE = "1, 3, calendar-access"
"""RFC 4918 section 18 (class 3 without locks), RFC 4791 section 5.1."""


class DavError(Exception):
    """A request that is refused: with a status, the condition that was not met, and words for people."""

    def __init__(
        self, status: int, *conditions: Element, text: str = "", headers: dict[str, str] | None = None
    ) -> None:
        """Keep them."""
        super().__init__(text or status)
        self.status = status
        self.conditions = conditions
        self.text = text
        self.headers = headers or {}


@dataclass
class Told:
    """What is told of one resource: the properties it has, the names of those that it has not; or a status alone."""

    href: str
    found: list[Element] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    status: int | None = None


def multistatus(told: Iterable[Told], *, token: str | None = None) -> Response:
    """Return 207 with what is told of each resource, and the sync-token of a sync-collection."""
    parts = [_response(one) for one in told]
    last = element(dav("sync-token"), token) if token is not None else None
    return _xml(element(dav("multistatus"), *parts, last), 207)


def error(refused: DavError) -> Response:
    """Return an error with its conditions, and its words beside them, which programs may show."""
    if not refused.conditions and not refused.text:
        return _with(Response(status=refused.status), refused.headers)
    words = element(dav("responsedescription"), refused.text) if refused.text else None
    return _with(_xml(element(dav("error"), *refused.conditions, words), refused.status), refused.headers)


def need_privileges(href: str, privilege: str, *, text: str) -> DavError:
    """Return the refusal of a write that the person has no right to (RFC 3744 section 7.1.1)."""
    lacking = element(dav("privilege"), element(dav(privilege)))
    resource = element(dav("resource"), element(dav("href"), href), lacking)
    return DavError(403, element(dav("need-privileges"), resource), text=text)


def _response(told: Told) -> Element:
    href = element(dav("href"), told.href)
    if told.status is not None:
        return element(dav("response"), href, _status(told.status))
    parts = []
    if told.found or not told.missing:
        parts.append(element(dav("propstat"), element(dav("prop"), *told.found), _status(200)))
    if told.missing:
        parts.append(element(dav("propstat"), element(dav("prop"), *map(element, told.missing)), _status(404)))
    return element(dav("response"), href, *parts)


def _status(code: int) -> Element:
    return element(dav("status"), f"HTTP/1.1 {code} {HTTPStatus(code).phrase}")


def _xml(root: Element, status: int) -> Response:
    return Response(write(root), status, content_type="application/xml; charset=utf-8")


def _with(response: Response, headers: dict[str, str]) -> Response:
    response.headers.update(headers)
    return response
