"""An IMAP server of the test's own, where dovecot is installed; elsewhere the test is skipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from pwd import getpwnam
from tempfile import mkdtemp

import pytest

from .authority import Certified

CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
{tls}
disable_plaintext_auth = no
{users}
first_valid_uid = 0
mail_location = maildir:{home}/mail
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {secure_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password=s3cret/word
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home} allow_all_users=yes
}}
"""


@dataclass(frozen=True)
class Listening:
    """A server: its ports, in clear (with STARTTLS where it is certified) and with TLS, and the Maildir behind it."""

    port: int
    secure_port: int
    maildir: Path


@contextmanager
def dovecot(certified: Certified | None = None) -> Iterator[Listening]:
    """Run a server, with TLS where it has a certificate; anybody's password is s3cret/word."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("no dovecot is installed: reading over IMAP is not tested")
    if not subprocess.check_output([program, "--version"], text=True).startswith("2.3"):
        pytest.skip("this dovecot wants another configuration: reading over IMAP is not tested")
    port, secure_port = _free_port(), _free_port() if certified else 0
    home = Path(mkdtemp(prefix="planner-imap-", dir="/tmp"))
    for name in ("new", "cur", "tmp"):
        (home / "mail" / name).mkdir(parents=True)
    tls = "ssl = no"
    if certified:
        for file in (certified.certificate, certified.key):
            shutil.copy(file, home)
        tls = f"ssl = yes\nssl_cert = <{home}/{certified.certificate.name}\nssl_key = <{home}/{certified.key.name}"
    configuration = home / "dovecot.conf"
    # it reads no mail as the superuser, who in turn has it start as the users that its package made
    is_root = os.getuid() == 0
    account = getpwnam("nobody" if is_root else getuser())
    users = "" if is_root else f"default_internal_user = {getuser()}\ndefault_login_user = {getuser()}"
    if is_root:
        for folder in (home, *home.rglob("*")):
            os.chown(folder, account.pw_uid, account.pw_gid)
    configuration.write_text(
        CONFIGURATION.format(home=home, users=users, port=port, secure_port=secure_port, tls=tls,
                             uid=account.pw_uid, gid=account.pw_gid)
    )  # fmt: skip
    server = subprocess.Popen([program, "-F", "-c", str(configuration)])
    try:
        _wait_for(port, server, home)
        home.chmod(0o755)
        yield Listening(port, secure_port, home / "mail")
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home)


def arrive(maildir: Path, raw: bytes) -> None:
    """Have a mail come in."""
    file = maildir / "new" / f"{time.time_ns()}.host"
    file.write_bytes(raw)
    shutil.chown(file, maildir.stat().st_uid, maildir.stat().st_gid)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def _wait_for(port: int, server: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(100):
        assert server.poll() is None, (home / "log").read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("dovecot does not listen")
