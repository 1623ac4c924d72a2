"""Sending what is due in the outbox: to a mail server, or into a folder where none is configured."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from planner.access.viewer import Viewer, system
from planner.core.errors import Conflict
from planner.formats.mime import Mail, mail_bytes
from planner.services import outbox

TIMEOUT_SECONDS = 60
MOST_AT_ONCE = 200
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
TLS_OPTIONAL = "tls=optional"
log = logging.getLogger("planner.mail")


class NotTaken(Exception):  # noqa: N818 - named after the fact
    """A mail was not taken. `is_final`: trying again is of no use; `is_unclear`: it may have been taken after all."""

    def __init__(self, text: str, *, is_final: bool = False, is_unclear: bool = False) -> None:
        """Keep what the other side said."""
        super().__init__(text)
        self.is_final = is_final
        self.is_unclear = is_unclear


class Way(Protocol):
    """A way for mail to leave."""

    def send(self, mail: Mail, about_to_hand_over: Callable[[], None]) -> None:
        """Send a mail, calling the function when its text is about to leave. Raises NotTaken."""

    def close(self) -> None:
        """End what is open."""


class Folder:
    """Writes each mail into a file of a folder, named after its Message-ID: a repeat replaces it."""

    def __init__(self, folder: Path) -> None:
        """Keep the folder; it is made with the first mail."""
        self.folder = folder

    def send(self, mail: Mail, about_to_hand_over: Callable[[], None]) -> None:
        """Write the file, whole or not at all."""
        name = "".join(sign for sign in mail.message_id if sign.isalnum() or sign in "-.@_")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            scratch = self.folder / f".{name}.part"
            scratch.write_bytes(mail_bytes(mail))
            about_to_hand_over()
            scratch.replace(self.folder / f"{name}.eml")
        except OSError as error:
            raise NotTaken(f"{self.folder}: {error.strerror or error}") from error

    def close(self) -> None:
        """Leave the folder."""


class Server:
    """A mail server, one connection for all that is due (RFC 5321)."""

    def __init__(self, url: str) -> None:
        """Keep the address: smtp:// or smtps://, with user and password percent-encoded where there are any.

        Certificates are checked against what the machine trusts (or the file that SSL_CERT_FILE names). Another machine
        must offer STARTTLS, or somebody between could take the offer away; `?tls=optional` does without where it has
        none, but never sends a password in clear. On this machine nobody is between.
        """
        self.url = urlsplit(url)
        self.smtp: smtplib.SMTP | None = None

    def send(self, mail: Mail, about_to_hand_over: Callable[[], None]) -> None:
        """Send a mail to its one recipient."""
        content = mail_bytes(mail)
        try:
            smtp = self._connection()
            self._ask(smtp.mail(mail.from_address), is_of_mail=False)
            self._ask(smtp.rcpt(mail.to_address), is_of_mail=True)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NotTaken(f"{type(error).__name__}: {error}") from error
        about_to_hand_over()
        try:
            self._ask(smtp.data(content), is_of_mail=True)
        except smtplib.SMTPDataError as error:
            self.close()  # refused before the text was asked for
            raise NotTaken(f"{error.smtp_code} {_words(error.smtp_error)}", is_final=error.smtp_code >= 500) from error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NotTaken(f"{type(error).__name__}: {error}", is_unclear=True) from error

    def close(self) -> None:
        """End the connection."""
        if self.smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.smtp.quit()
            self.smtp.close()
        self.smtp = None

    def _ask(self, answer: tuple[int, bytes], *, is_of_mail: bool) -> None:
        """Raise NotTaken for an answer that is no yes; after it the connection is ready for another mail."""
        code, words = answer
        if code // 100 == 2:
            return
        if self.smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.smtp.rset()
        # a sender that is refused is a matter of the installation, and mended there: no mail is given up for it
        raise NotTaken(f"{code} {_words(words)}", is_final=is_of_mail and code >= 500)

    def _connection(self) -> smtplib.SMTP:
        if self.smtp is not None:
            return self.smtp
        host, context = self.url.hostname or "localhost", ssl.create_default_context()
        if self.url.scheme == "smtps":
            port = self.url.port or smtplib.SMTP_SSL_PORT
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(host, self.url.port or smtplib.SMTP_PORT, timeout=TIMEOUT_SECONDS)
        self.smtp = smtp
        smtp.ehlo_or_helo_if_needed()
        if self.url.scheme == "smtp" and host not in THIS_MACHINE:
            if smtp.has_extn("starttls"):
                smtp.starttls(context=context)
                smtp.ehlo()
            elif self.url.username or self.url.query != TLS_OPTIONAL:
                raise smtplib.SMTPNotSupportedError("the server offers no STARTTLS: nothing is sent in clear")
        if self.url.username:
            smtp.login(unquote(self.url.username), unquote(self.url.password or ""))
        return smtp


def way_of(mail_url: str | None, instance: Path) -> Way:
    """Return how mail leaves an installation."""
    return Server(mail_url) if mail_url else Folder(instance / "mail")


def send_due(way: Way, now: Callable[[], datetime]) -> tuple[int, int]:
    """Send what is due, and take up what a sender that ended has left; return how many were sent, and how many not.

    `now` is the clock: each mail has its own instant, and a server may be slow.
    """
    actor = system(now().date(), "planner send-mail")
    if not outbox.has_work(at=now()):
        return 0, 0
    outbox.sweep(actor, at=now())
    sent = failed = 0
    try:
        while sent + failed < MOST_AT_ONCE and (claimed := outbox.claim(actor, at=now())) is not None:
            if _send(way, actor, claimed, now):
                sent += 1
            else:
                failed += 1
    finally:
        way.close()
    return sent, failed


def _send(way: Way, actor: Viewer, claimed: outbox.Claimed, now: Callable[[], datetime]) -> bool:
    try:
        try:
            way.send(claimed.mail, lambda: outbox.hand_over(actor, claimed, at=now()))
        except NotTaken as fault:
            log.warning("mail %s was not taken: %s", claimed.id, fault)
            outbox.note_failed(
                actor, claimed, str(fault), at=now(), is_final=fault.is_final, is_unclear=fault.is_unclear
            )
            return False
        outbox.note_sent(actor, claimed, at=now())
    except Conflict:
        # the lease was over: before the text left somebody else sends it, afterwards it stands as unclear
        log.warning("mail %s took longer than a sender may have it", claimed.id)
        return False
    return True


def _words(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
