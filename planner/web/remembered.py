"""Answers that are the same for everybody, sent again as they were while the data is in the state they were made in.

A view that may be answered so names the state in the request's environment (`remember`). The next request that is equal
in all that such a view looks at gets the same answer after one small question to the database, before Flask sees it:
most of the time of a small answer is Flask's and the session's. Nothing is decided here but equality.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATE: Final = "planner.state"
AFTER: Final = "planner.after"
MOST_BYTES: Final = 32 * 1024 * 1024
LARGE_BYTES: Final = 256 * 1024
SENDING_SECONDS: Final = 0.25
"""For how long what is to be done afterwards leaves the processor to the answer itself."""
MOST_ANSWERS: Final = 4000
_LOOKED_AT: Final = (
    "REQUEST_METHOD",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "wsgi.url_scheme",
)
"""What the answer of such a view may depend on, the data apart; that of no such view depends on cookies."""
Key = tuple[str, ...]

log = logging.getLogger("planner")


@dataclass(frozen=True)
class Answer:
    """A whole answer, and the state of the data that it is right in."""

    state: int
    status: str
    headers: list[tuple[str, str]]
    body: bytes


def remember(state: int) -> None:
    """Say that the answer to this request is right as long as the data is in this state, for whoever asks."""
    request.environ[STATE] = state


def afterwards(job: Callable[[], None]) -> None:
    """Have a job done when the answer to this request is on its way, by a thread of its own: nobody waits for it."""
    request.environ[AFTER] = job


class Remembered:
    """WSGI middleware around the application; `read_state` asks the database for the mark of its present state."""

    def __init__(self, app: WSGIApplication, read_state: Callable[[], int]) -> None:
        """Keep the application, and begin with no answer."""
        self.app = app
        self.read_state = read_state
        self.do_later: Callable[[Callable[[], None]], object] = self._in_thread
        self._thread: ThreadPoolExecutor | None = None
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send the remembered answer where it is right, else let the application answer."""
        key = tuple(environ.get(name, "") for name in _LOOKED_AT)
        known = self._answers.get(key)
        if known is not None and known.state == self._state():
            start_response(known.status, known.headers)
            return _sent([known.body] if known.body else [], environ)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.app(environ, start_response)
        return self._asked(key, environ, start_response)

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._answers.clear()
            self._size = 0

    def _state(self) -> int | None:
        try:
            return self.read_state()
        except Exception:
            # the application asks again, and says in its own way what is wrong
            log.warning("the state of the data could not be read", exc_info=True)
            return None

    def _asked(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let the application answer, and keep the answer if it says that it may be kept."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Callable[[bytes], object]:
            begun[:] = [(status, list(headers))]
            return start_response(status, headers, *rest)  # type: ignore[arg-type]  # passed on as it came

        answer = self.app(environ, start)
        state, job = environ.get(STATE), environ.get(AFTER)
        if (state is None and job is None) or not begun:
            return answer
        try:
            parts = [part for part in answer if part]
        finally:
            if hasattr(answer, "close"):
                answer.close()
        if state is not None:
            body = b"".join(parts)
            parts = [body] if body else []
            self._keep(key, Answer(state, *begun[0], body))
        if job is None:
            return _sent(parts, environ)
        is_sent = Event()
        sent = _sent(parts, environ, is_sent)
        self.do_later(partial(_when, is_sent, job))
        return sent

    def _in_thread(self, job: Callable[[], None]) -> None:
        with self._lock:
            # made with the first job: the process may have been forked since this object was made
            self._thread = self._thread or ThreadPoolExecutor(1, "afterwards")
        self._thread.submit(_logged, job)

    def _keep(self, key: Key, answer: Answer) -> None:
        if len(answer.body) > MOST_BYTES:
            return  # it would drive out all others, and then itself
        with self._lock:
            before = self._answers.pop(key, None)
            self._size += len(answer.body) - (len(before.body) if before else 0)
            self._answers[key] = answer
            while self._size > MOST_BYTES or len(self._answers) > MOST_ANSWERS:
                _, dropped = self._answers.popitem(last=False)
                self._size -= len(dropped.body)


class _Parts:
    """Parts of a body as one file, read without being copied; it says when it is closed, which is when it is sent."""

    def __init__(self, parts: list[bytes], is_sent: Event | None) -> None:
        self._views = [memoryview(part) for part in parts]
        self._ends = list(accumulate(map(len, parts)))
        self._at, self._is_sent = 0, is_sent

    def read(self, size: int) -> memoryview:
        """Return some of what follows, at least a byte until the end."""
        number = bisect_right(self._ends, self._at)
        if number == len(self._ends):
            return memoryview(b"")
        view = self._views[number]
        start = self._at - self._ends[number] + len(view)
        part = view[start : start + size]
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._ends[-1]}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if self._is_sent:
            self._is_sent.set()


def _sent(parts: list[bytes], environ: WSGIEnvironment, is_sent: Event | None = None) -> Iterable[bytes]:
    """Return a body for the server to send; a large one as a file, which the server sends as it is, uncopied."""
    wrapper = environ.get("wsgi.file_wrapper")
    if wrapper is not None and sum(map(len, parts)) >= LARGE_BYTES:
        sent: Iterable[bytes] = wrapper(_Parts(parts, is_sent), LARGE_BYTES)
        return sent
    if is_sent:
        is_sent.set()
    return parts


def _when(is_sent: Event, job: Callable[[], None]) -> None:
    """Do a job when the answer is sent, or after a while: others wait for what the job does, too."""
    is_sent.wait(SENDING_SECONDS)
    job()


def _logged(job: Callable[[], None]) -> None:
    try:
        job()
    except Exception:
        log.exception("what was to be done after an answer failed")
