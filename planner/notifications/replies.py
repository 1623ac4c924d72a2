"""Reading the mailbox that answers come to: IMAP, a Maildir, or a folder of files. What a mail says is judged by
services/invitations; here each is fetched, handed on, and marked, in this order: one that is met twice is known there.
"""

from __future__ import annotations

import imaplib
import logging
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import url2pathname

from planner.access.viewer import system
from planner.formats.itip_reply import LARGEST_MAIL
from planner.models import ReplyOutcome
from planner.notifications.deliver import THIS_MACHINE
from planner.services import invitations

MOST_AT_ONCE = 200
TIMEOUT_SECONDS = 60
_PORTS = {"imap": 143, "imaps": 993}
KEYWORD = "PlannerRead"
"""The flag of mails that were read: \\Seen stays for people, and is used where a server keeps no flag of ours."""
log = logging.getLogger("planner.mail")


class Unreachable(Exception):  # noqa: N818 - named after the fact
    """The mailbox cannot be read; the text says why."""


class Mailbox(Protocol):
    """A place that mail comes to."""

    def unread(self) -> Iterator[tuple[bytes, Callable[[], None]]]:
        """Yield each new mail, at most one byte more of it than may be read, and what marks it as read. Raises
        Unreachable.
        """


class Folder:
    """A Maildir, whose mail goes from new/ to cur/, or a folder of .eml files, which go to read/ in it."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder."""
        self.folder = folder

    def unread(self) -> Iterator[tuple[bytes, Callable[[], None]]]:
        """Yield the mails in the order of their names."""
        try:
            yield from self._unread()
        except OSError as error:
            raise Unreachable(f"{self.folder}: {error.strerror or error}") from error

    def _unread(self) -> Iterator[tuple[bytes, Callable[[], None]]]:
        is_maildir = (self.folder / "new").is_dir() and (self.folder / "cur").is_dir()
        source = self.folder / "new" if is_maildir else self.folder
        files = (file for file in sorted(source.iterdir()) if is_maildir or file.suffix == ".eml")
        for file in [file for file in files if file.is_file()][:MOST_AT_ONCE]:
            with file.open("rb") as stream:
                raw = stream.read(LARGEST_MAIL + 1)
            target = self.folder / "cur" / f"{file.name}:2,S" if is_maildir else self.folder / "read" / file.name
            yield raw, lambda file=file, target=target: _move(file, target)  # type: ignore[misc]


class Server:
    """A mailbox of an IMAP server (RFC 3501)."""

    def __init__(self, url: str) -> None:
        """Keep the address: imaps:// or imap://user:password@host/MAILBOX, user and password percent-encoded."""
        self.url = urlsplit(url)

    def unread(self) -> Iterator[tuple[bytes, Callable[[], None]]]:
        """Yield the mails in the order in which they came."""
        try:
            imap = _signed_in(self.url)
            try:
                yield from self._unread(imap)
            finally:
                with suppress(OSError, imaplib.IMAP4.error):
                    imap.logout()
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreachable(f"{self.url.hostname}: {type(error).__name__}: {error}") from error

    def _unread(self, imap: imaplib.IMAP4) -> Iterator[tuple[bytes, Callable[[], None]]]:
        mailbox = unquote(self.url.path.removeprefix("/")) or "INBOX"
        quoted = mailbox.replace("\\", "\\\\").replace('"', '\\"')
        _ok(imap.select(f'"{quoted}"'))
        permanent = b" ".join(part for part in imap.response("PERMANENTFLAGS")[1] if part)
        keeps = b"\\*" in permanent or KEYWORD.encode() in permanent
        found = _ok(imap.uid("SEARCH", *(("UNKEYWORD", KEYWORD) if keeps else ("UNSEEN",))))
        for uid in (found[0] or b"").split()[:MOST_AT_ONCE]:
            number = uid.decode()
            # PEEK: people who read the same mailbox see as new what they have not read
            parts = _ok(imap.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST_MAIL + 1}>)"))
            raw = next((part[1] for part in parts if isinstance(part, tuple)), None)
            if raw is None:
                continue  # deleted meanwhile
            flag = KEYWORD if keeps else "\\Seen"
            yield raw, lambda number=number, flag=flag: _flag(imap, number, flag)  # type: ignore[misc]


def mailbox_of(url: str) -> Mailbox:
    """Return the mailbox that an address names: a folder (file://) or that of a server (imap://, imaps://)."""
    split = urlsplit(url)
    return Folder(Path(url2pathname(split.path))) if split.scheme == "file" else Server(url)


def read_replies(mailbox: Mailbox, now: Callable[[], datetime]) -> Counter[ReplyOutcome]:
    """Read what is new in a mailbox; return how often each came of it. Raises Unreachable."""
    actor = system(now().date(), "planner read-replies")
    outcomes: Counter[ReplyOutcome] = Counter()
    for raw, mark in mailbox.unread():
        outcome = invitations.answer_mail(actor, raw, at=now())
        if outcome is not None:
            outcomes[outcome] += 1
            log.info("a mail was read for an answer: %s", outcome)
        mark()
    return outcomes


def _signed_in(url: SplitResult) -> imaplib.IMAP4:
    host, context = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "imaps":
        port = url.port or _PORTS["imaps"]
        imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        imap = imaplib.IMAP4(host, url.port or _PORTS["imap"], timeout=TIMEOUT_SECONDS)
    try:
        if url.scheme == "imap" and host not in THIS_MACHINE:
            # a server without it raises: the password is not sent in clear
            imap.starttls(ssl_context=context)
        imap.login(unquote(url.username or ""), unquote(url.password or ""))
    except BaseException:
        # after a refused certificate the socket is gone already; that is not what people should read
        with suppress(OSError):
            imap.shutdown()
        raise
    return imap


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {data!r}"[:200])
    return data


def _flag(imap: imaplib.IMAP4, number: str, flag: str) -> None:
    _ok(imap.uid("STORE", number, "+FLAGS.SILENT", f"({flag})"))


def _move(file: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    file.replace(target)
