"""A throw-away certificate authority, and what a server shows that it has certified."""

from __future__ import annotations

import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

HOST = "mail.example"
"""By a name that is not the machine's own, a server is a stranger's, though it runs on this machine."""


@dataclass(frozen=True)
class Certified:
    """The files of an authority's own certificate, and of a server's certificate with its key."""

    authority: Path
    certificate: Path
    key: Path


def certify(folder: Path, name: str = HOST) -> Certified:
    """Make an authority, and have it certify a server of a name. Without openssl the test is skipped."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl is installed: TLS is not tested")
    folder.mkdir(parents=True)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _openssl(
        folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Throw-away"
    )
    _openssl(folder, "req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={name}")
    (folder / "server.cnf").write_text(f"subjectAltName = DNS:{name}\nbasicConstraints = CA:FALSE\n")
    _openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "2",
             "-days", "2", "-extfile", "server.cnf", "-out", "server.pem")  # fmt: skip
    return Certified(folder / "ca.pem", folder / "server.pem", folder / "server.key")


def trust(monkeypatch: pytest.MonkeyPatch, authority: Path) -> None:
    """Have the program trust an authority, as its installation does, and find every host on this machine."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _host, *rest, **more: real("127.0.0.1", *rest, **more))


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
