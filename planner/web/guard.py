"""Refuses addresses that no link of this program has, before Flask sees them.

Flask decodes a path or query that is not UTF-8 with replacement signs, hands NUL on to the file system and to the
database, which raise, and takes any length. Here they are answered: 400 for what is not text, 414 for what is too long.
A Host that is not ours is 400 too. Flask's own TRUSTED_HOSTS stays unset: where it refuses, no error page can be drawn,
since links need a host; and it knows neither IPv6 addresses nor capital letters (seen with Werkzeug 3.1.9).
"""

import logging
import re
from collections.abc import Collection, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_PATH: Final = 2000
LONGEST_QUERY: Final = 8000
"""In bytes, the path as decoded, the query as sent."""


_HOST: Final = re.compile(r"(?P<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(:(?P<port>[0-9]{1,5}))?")

log = logging.getLogger("planner.web")


class Guard:
    """WSGI middleware: `app.wsgi_app = Guard(app.wsgi_app, trusted_hosts)`, inside of what corrects for a proxy."""

    def __init__(self, app: "WSGIApplication", trusted_hosts: Collection[str] | None = None) -> None:
        """Keep the application to guard, and the hosts that it answers for; None answers for any."""
        self.app = app
        self.trusted_hosts = trusted_hosts

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with the refusal, or let the application answer."""
        status = refusal(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        if status is None and not self._is_our_host(environ):
            status = HTTPStatus.BAD_REQUEST
        if status is None:
            return self.app(environ, start_response)
        body = f"{status.value} {status.phrase}\n".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _is_our_host(self, environ: "WSGIEnvironment") -> bool:
        """Say whether the request names a host that the settings name; if not, tell the operator which it was."""
        if self.trusted_hosts is None:
            return True
        host = environ.get("HTTP_HOST", "")
        if is_trusted(host, self.trusted_hosts):
            return True
        log.warning("refused a request for host %.100r; PLANNER_TRUSTED_HOSTS names those that are answered", host)
        return False


def is_trusted(host: str, trusted: Collection[str]) -> bool:
    """Say whether a Host header names one of the hosts, whatever its port; a leading dot takes all hosts below."""
    match = _HOST.fullmatch(host.lower())
    if match is None or not 1 <= int(match["port"] or 80) <= 65535:
        return False
    name = match["name"]
    return name in trusted or any(ours.startswith(".") and name.endswith(ours) for ours in trusted)


def refusal(path: str, query: str) -> HTTPStatus | None:
    """Return the status to refuse an address with, None if it is fine. Both are as WSGI has them: bytes as Latin-1."""
    if len(path) > LONGEST_PATH or len(query) > LONGEST_QUERY:
        return HTTPStatus.REQUEST_URI_TOO_LONG
    path_text = _text(path.encode("latin-1"))
    query_text = _text(unquote_to_bytes(query.encode("latin-1")))
    if path_text is None or query_text is None or "\0" in query_text:
        return HTTPStatus.BAD_REQUEST
    # a query may hold lines of text; in a path a control character is never meant
    return HTTPStatus.BAD_REQUEST if any(sign < " " or sign == "\x7f" for sign in path_text) else None


def _text(data: bytes) -> str | None:
    """Return the text of UTF-8 bytes, None if they are none."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
