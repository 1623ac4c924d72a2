"""Settings: `load(environ)` turns environment variables into one typed value. Nothing else reads the environment.

An empty variable counts as one that is not set. Every fault is reported, not only the first, each with the name of its
variable and with what would be right. Texts that hold a password or a key stay out of `repr`, and so out of logs.
"""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from planner.core import paths
from planner.rules.mail_addresses import Address, is_plain, normal, read_address

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
WILDCARDS: Final = ("0.0.0.0", "::")  # noqa: S104 - compared with, never bound to here
HOST_NAME: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\]")
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
TRUE: Final = ("1", "true", "yes", "on")
FALSE: Final = ("0", "false", "no", "off")
LONGEST_CODE: Final = f"{2**31}-{'a' * 16}"
"""The longest code that an invitation may have (services/invitation_mail/senders.py)."""
SHORTEST_KEY: Final = 32
NEW_KEY: Final = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


class SettingsError(Exception):
    """Variables that cannot be right: `problems` has one sentence for each, beginning with its name."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the sentences."""
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that may differ between two installations."""

    instance: Path
    """The folder for what this installation keeps: the SQLite file, the key, uploads."""
    database_url: str = field(repr=False)
    """For SQLAlchemy, with the driver named: `sqlite:///…` or `postgresql+psycopg://…`."""
    secret_key: str = field(repr=False)
    redis_url: str | None = field(default=None, repr=False)
    files_url: str = field(repr=False)
    """Where uploads are kept: `file:///…`, or `s3://bucket/prefix`."""
    mail_url: str | None = field(default=None, repr=False)
    """`smtp://` or `smtps://user:password@host:port`; None sends no mail and writes it to `mail/` in the instance."""
    mail_from: Address = field(default=Address("planner@localhost"))
    """Who mail is from, and who invites."""
    replies_to: str | None = None
    """Where answers to invitations go, with `{code}` in the place of a secret of each; None: to `mail_from`."""
    replies_url: str | None = field(default=None, repr=False)
    """The mailbox that answers are read from: `imap://` or `imaps://user:password@host/INBOX`, or a folder."""
    demo_password: str | None = field(default=None, repr=False)
    new_password: str | None = field(default=None, repr=False)
    """For `planner add-administrator` where nobody sits at a terminal; as it is, blanks included."""
    base_url: str | None = None
    """The public address without a trailing slash, for links in mails and feeds; None takes the request's."""
    trusted_hosts: tuple[str, ...] = LOOPBACK
    proxy_count: int = 0
    """How many proxies stand in front, each of which adds to the X-Forwarded headers."""
    secure_cookies: bool = False
    threads: int = 8
    processes: int = 1
    """How many processes serve; more than one wants `redis_url`."""
    host: str = "127.0.0.1"
    port: int = 8000
    """0 lets the system choose a free port."""
    log_level: str = "INFO"

    @property
    def is_sqlite(self) -> bool:
        """Say whether the database is a SQLite file."""
        return self.database_url.startswith("sqlite")


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings; make the instance folder, and its key at the first start.

    Raises SettingsError, which names every variable that is wrong.
    """
    read = _Reader(environ)
    instance = _instance_folder(read)
    base_url = _base_url(read)
    base_host = (_split(base_url) if base_url else None) or SplitResult("", "", "", "", "")
    host = _host(read)
    values = {
        "database_url": _database_url(read, instance),
        "redis_url": read.url("PLANNER_REDIS_URL", ("redis", "rediss", "unix")),
        "files_url": read.url("PLANNER_FILES_URL", ("file", "s3")) or (instance / "files").as_uri(),
        "mail_url": _mail_url(read),
        "mail_from": _mail_from(read, base_host.hostname),
        "replies_to": _replies_to(read),
        "replies_url": read.url("PLANNER_REPLIES_URL", ("imap", "imaps", "file")),
        "demo_password": _demo_password(read),
        "new_password": environ.get("PLANNER_NEW_PASSWORD") or None,
        "base_url": base_url,
        "trusted_hosts": _trusted_hosts(read, base_host.netloc.rpartition("@")[2], host),
        "proxy_count": read.number("PLANNER_PROXY_COUNT", 0, 0, 10),
        "secure_cookies": read.yes_or_no("PLANNER_SECURE_COOKIES", default=base_host.scheme == "https"),
        "threads": read.number("PLANNER_THREADS", 8, 1, 64),
        "processes": read.number("PLANNER_PROCESSES", 1, 1, 64),
        "host": host,
        "port": read.number("PORT", 8000, 0, 65535),
        "log_level": read.one_of("PLANNER_LOG_LEVEL", LOG_LEVELS, "INFO"),
        # last, so that a start with wrong variables leaves no file behind
        "secret_key": _secret_key(read, instance),
    }
    if read.problems:
        raise SettingsError(read.problems)
    return Settings(instance=instance, **values)  # type: ignore[arg-type]  # each of its field's type, by the lines above


class _Reader:
    """Reads variables one by one and gathers what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def wrong(self, name: str, right: str) -> None:
        """Note a fault: `right` says what the variable must be. The value is not repeated: it may hold a password."""
        self.problems.append(f"{name}: {right}")

    def text(self, name: str) -> str | None:
        """Return the variable without the blanks around it, None if it is empty or not set."""
        return self.environ.get(name, "").strip() or None

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        text = self.text(name)
        if text is None:
            return default
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
            return int(text)
        self.wrong(name, f"must be a whole number from {least} to {most}")
        return default

    def yes_or_no(self, name: str, *, default: bool) -> bool:
        """Return a truth value."""
        text = (self.text(name) or "").lower()
        if text in TRUE or text in FALSE:
            return text in TRUE
        if text:
            self.wrong(name, "must be true or false")
        return default

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of the choices, which are in capitals; small letters will do."""
        text = (self.text(name) or default).upper()
        if text in choices:
            return text
        self.wrong(name, f"must be one of {', '.join(choices)}")
        return default

    def url(self, name: str, schemes: tuple[str, ...]) -> str | None:
        """Return an address with one of the schemes."""
        text = self.text(name)
        if text is None:
            return None
        split = _split(text)
        if split is not None and split.scheme in schemes and "://" in text and (split.netloc or split.path):
            return text
        self.wrong(name, f"must be an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
        return None


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address, None if it has none (a broken IPv6 address, a port that is no number)."""
    try:
        split = urlsplit(url)
        _ = split.port
    except ValueError:
        return None
    return split


def _instance_folder(read: _Reader) -> Path:
    """Return the folder, made if need be: in a checkout beside the package, in an installed wheel under its prefix."""
    name = "PLANNER_INSTANCE"
    in_checkout = paths.PACKAGE.parent == paths.ROOT
    default = paths.ROOT / "instance" if in_checkout else Path(sys.prefix) / "var" / "planner-instance"
    folder = Path(read.text(name) or default).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        read.wrong(name, f"must be a folder that the program may write to: {folder}: {error.strerror}")
    return folder


def _database_url(read: _Reader, instance: Path) -> str:
    """Return the address for SQLAlchemy. A relative SQLite path counts from the instance folder, as Flask has it."""
    name = "PLANNER_DATABASE_URL"
    text = read.text(name) or f"sqlite:///{instance / 'planner.db'}"
    split = _split(text)
    scheme = split.scheme if split else ""
    rest = text.partition("://")[2]
    if scheme == "sqlite":
        file = rest.removeprefix("/")
        return f"sqlite:///{instance / file}" if file and file != ":memory:" else "sqlite://"
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        # SQLAlchemy 2.1 takes postgresql:// for psycopg 3; naming the driver keeps it so, and postgres:// works too
        return f"postgresql+psycopg://{rest}"
    read.wrong(name, "must be sqlite:////path/to/file.db or postgresql://user:password@host:5432/database")
    return "sqlite://"


def _base_url(read: _Reader) -> str | None:
    """Return the public address without a trailing slash."""
    name = "PLANNER_BASE_URL"
    text = read.url(name, ("http", "https"))
    split = _split(text) if text else None
    if split is None:
        return None
    if not HOST_NAME.fullmatch(_without_port(split.netloc)) or split.path.strip("/") or split.query or split.fragment:
        read.wrong(name, "must be scheme and host only, such as https://planner.example.org")
        return None
    return f"{split.scheme}://{split.netloc}"


def _host(read: _Reader) -> str:
    """Return the address to listen on, an IPv6 address without brackets."""
    name = "HOST"
    host = (read.text(name) or "127.0.0.1").removeprefix("[").removesuffix("]")
    if HOST_NAME.fullmatch(f"[{host}]" if ":" in host else host):
        return host
    read.wrong(name, "must be a host name or an address, such as 127.0.0.1, 0.0.0.0 or ::1")
    return "127.0.0.1"


def _trusted_hosts(read: _Reader, base_host: str, host: str) -> tuple[str, ...]:
    """Return the names that a Host header may have, ports left out; a leading dot takes all names below it."""
    name = "PLANNER_TRUSTED_HOSTS"
    bound = () if host in WILDCARDS else (f"[{host}]" if ":" in host else host,)
    text = read.text(name)
    listed = (*LOOPBACK, *bound) if text is None else tuple(part.strip() for part in text.split(","))
    named = tuple(dict.fromkeys(_without_port(part).lower() for part in (*listed, base_host) if part))
    if not named or not all(HOST_NAME.fullmatch(part.removeprefix(".")) for part in named):
        read.wrong(name, "must be a list of host names with commas between, such as planner.example.org,.example.net")
    return named


def _without_port(host: str) -> str:
    """Return a host without `:port`; an IPv6 address keeps its brackets."""
    head, colon, tail = host.rpartition(":")
    return head if colon and tail.isdigit() and (":" not in head or head.endswith("]")) else host


def _mail_url(read: _Reader) -> str | None:
    """Return the server that takes mail, unless its address asks of TLS what is not known."""
    name = "PLANNER_MAIL_URL"
    url = read.url(name, ("smtp", "smtps"))
    if url is not None and not re.fullmatch(r"smtps://[^?#]*|smtp://[^?#]*(\?tls=optional)?", url):
        read.wrong(name, "may end in ?tls=optional after smtp://, and in nothing else")
        return None
    return url


def _mail_from(read: _Reader, base_host: str | None) -> Address:
    """Return who mail is from. Without mail that leaves the machine any name will do, so one is made up."""
    name = "PLANNER_MAIL_FROM"
    right = "an address, such as Secretariat <planner@example.org>"
    text = read.text(name)
    made_up = Address(f"planner@{base_host}" if base_host and is_plain(f"planner@{base_host}") else "planner@localhost")
    if text is None:
        if read.text("PLANNER_MAIL_URL"):
            read.wrong("PLANNER_MAIL_URL", f"asks for {name} too: {right}")
        return made_up
    address = read_address(text)
    if address is None:
        read.wrong(name, f"must be {right}")
    return address or made_up


def _replies_to(read: _Reader) -> str | None:
    """Return where answers go, with the place of the code where it has one."""
    name = "PLANNER_REPLIES_TO"
    text = read.text(name)
    if text is None:
        return None
    tried = text.replace("{code}", LONGEST_CODE)
    if is_plain(tried) and text.count("{code}") <= 1 and "{code}" not in text.rpartition("@")[2]:
        return normal(text)
    read.wrong(name, "must be an address, such as planner+{code}@example.org, with {code} once, before the @")
    return None


def _demo_password(read: _Reader) -> str | None:
    """Return the password of the demo people."""
    name = "PLANNER_DEMO_PASSWORD"
    text = read.text(name)
    if text is not None and len(text) < 8:
        read.wrong(name, "must have at least 8 characters")
    return text


def _secret_key(read: _Reader, instance: Path) -> str:
    """Return the key that signs sessions: the variable's, else the one in `instance/secret-key`.

    The file is written at the first start, readable by its owner only, so that a restart signs nobody out.
    """
    name = "PLANNER_SECRET_KEY"
    file = instance / "secret-key"
    key = read.text(name)
    if key is None and not read.problems:
        try:
            if not file.exists():
                _write_once(file, secrets.token_urlsafe(48))
            key = file.read_text(encoding="utf-8").strip()
        except OSError as error:
            read.wrong("PLANNER_INSTANCE", f"must be a folder that the program may write to: {error}")
            return ""
        name = f"{name} (read from {file})"
    if key is not None and len(key) < SHORTEST_KEY:
        read.wrong(name, f"must have at least {SHORTEST_KEY} characters; make one with {NEW_KEY}")
    return key or ""


def _write_once(file: Path, text: str) -> None:
    """Write a file that nobody else can read. Of two processes that start together the first wins, whole."""
    scratch = file.with_name(f"{file.name}.{os.getpid()}")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(f"{text}\n")
        # a link never overwrites, unlike a rename: whoever comes second reads what the first wrote
        os.link(scratch, file)
    except FileExistsError:
        pass
    finally:
        scratch.unlink(missing_ok=True)
