"""Refuses addresses that no link of this program has, before Flask sees them.

Flask decodes a path or query that is not UTF-8 with replacement signs, hands NUL on to the file system and to the
database, which raise, and takes any length. Here they are answered: 400 for what is not text, 414 for what is too long.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_PATH: Final = 2000
LONGEST_QUERY: Final = 8000
"""In bytes, the path as decoded, the query as sent."""


class Guard:
    """WSGI middleware: `app.wsgi_app = Guard(app.wsgi_app)`."""

    def __init__(self, app: "WSGIApplication") -> None:
        """Keep the application to guard."""
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with the refusal, or let the application answer."""
        status = refusal(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
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
