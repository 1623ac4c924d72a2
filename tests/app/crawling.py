"""Follows every link of the site as one viewer would, without scripts, and keeps what it saw."""

from __future__ import annotations

import gzip
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

OFFICERS_FORMS = ("/administration/", "/records/", "/account/")
"""Forms open from every page; one of each kind is looked at by the tests of the administration."""


@dataclass
class Seen:
    """One page: its status, its links and what is wrong with its markup."""

    status: int
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    compressed: int = 0
    text: str = ""


def crawl(app: Flask, client: FlaskClient, start: str = "/", *, each: int = 12) -> tuple[dict[str, Seen], set[str]]:
    """Return what was seen per address, from `start` on, over links that stay on the site; and every link that was met.

    Of each kind of page at most `each` are opened: a hundred States look alike. All pages of the registers are, and all
    meetings, from which alone a release is linked.
    """
    seen: dict[str, Seen] = {}
    opened: Counter[str] = Counter()
    queue, met = deque([start]), {start}
    while queue:
        address = queue.popleft()
        endpoint = _endpoint(app, address) or ""
        if opened[endpoint] >= each and "page=" not in address and endpoint != "sessions.meeting_page":
            continue
        opened[endpoint] += 1
        seen[address] = look(client, address)
        for link in seen[address].links:
            if link not in met and _is_page(link):
                met.add(link)
                queue.append(link)
    return seen, met


def look(client: FlaskClient, address: str) -> Seen:
    """Open one page."""
    response = client.get(address)
    if response.status_code in (301, 302, 303, 308):
        return Seen(response.status_code, [_local(address, response.location)])
    if not response.mimetype.startswith("text/html"):
        return Seen(response.status_code)
    body = response.get_data(as_text=True)
    tree = html.document_fromstring(body)
    links = [_local(address, href) for href in tree.xpath("//a/@href")]
    page = Seen(response.status_code, [link for link in links if link], compressed=len(gzip.compress(body.encode())))
    page.faults = list(_faults(tree))
    page.text = body
    return page


def _local(base: str, href: str) -> str:
    """Return a link that stays on the site as an absolute path without its fragment, else nothing."""
    parts = urlsplit(urldefrag(urljoin(f"http://localhost{base}", href))[0])
    if parts.scheme not in ("http", "https") or parts.netloc != "localhost":
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_page(link: str) -> bool:
    """Say whether to follow a link: no files, no forms, and of a register's questions only its pages."""
    if not link or link.startswith(OFFICERS_FORMS) or ".ics" in link or "format=csv" in link or "lang=" in link:
        return False
    query = urlsplit(link).query
    return not query or all(part.startswith("page=") for part in query.split("&"))


def _faults(tree: html.HtmlElement) -> list[str]:
    ids = tree.xpath("//@id")
    doubled = sorted({value for value in ids if ids.count(value) > 1})
    faults = [f"id {value} stands twice" for value in doubled]
    faults += [f"style attribute on {node.tag}" for node in tree.xpath("//*[@style]")]
    faults += [f"{name} on a tag" for name in tree.xpath("//@*[starts-with(name(), 'on')]")]
    faults += ["a form without action" for _ in tree.xpath("//form[not(@action)]")]
    faults += ["a script in the page" for _ in tree.xpath("//script[not(@src)]")]
    faults += [f"{count} first headings" for count in [len(tree.xpath("//h1"))] if count != 1]
    faults += ["no title" for _ in [0] if not (tree.findtext(".//title") or "").strip(" -")]
    return faults


def one_of_each(app: Flask, client: FlaskClient, *, start: str = "/", each: int = 1) -> dict[str, list[str]]:
    """Return up to `each` addresses per endpoint that answers with a page, forms included, found by clicking."""
    found: dict[str, list[str]] = {}
    queue, known = deque([start]), {start}
    while queue:
        address = queue.popleft()
        endpoint = _endpoint(app, address)
        if not endpoint or len(found.get(endpoint, ())) >= each:
            continue
        page = look(client, address)
        if page.status == 200 and page.text:
            found.setdefault(endpoint, []).append(address)
        for link in page.links:
            if link and link not in known and ".ics" not in link and "lang=" not in link and "format=" not in link:
                known.add(link)
                queue.append(link)
    return found


def _endpoint(app: Flask, address: str) -> str | None:
    try:
        endpoint, values = app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")
    except (NotFound, MethodNotAllowed, RequestRedirect):
        return None
    kind = values.get("kind") or values.get("verb") or ""
    return f"{endpoint} {kind}".strip()
