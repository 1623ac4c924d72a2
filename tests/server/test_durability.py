"""Killed in the middle of writes by eight clients, the program starts again with every acknowledged write there."""

import html
import http.client
import re
import signal
import threading
from urllib.parse import urlencode

import pytest

from tests.conftest import DEMO_PASSWORD
from tests.server.conftest import Installation
from tests.server.wire import Server

pytestmark = pytest.mark.server

CLIENTS = 8
BEFORE_THE_KILL = 60
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
NEW = "/administration/new/follow_up"
CHOICE = re.compile(r'<datalist id="list-plan_session-output-decision-meeting">\s*<option value="([^"]+)"')


class Browser:
    """A signed-in secretariat: one connection, its cookies and its token."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = self.found_on("/account/sign-in", TOKEN)
        status, _ = self.post("/account/sign-in", email="secretariat@demo.example", password=DEMO_PASSWORD)
        assert status == 303
        self.token = self.found_on(NEW, TOKEN)
        self.source = self.found_on(NEW, CHOICE)

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, http.client.HTTPMessage, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response.status, response.headers, text

    def found_on(self, path: str, pattern: re.Pattern[str]) -> str:
        """Return what a pattern's group finds on a page."""
        status, _, text = self.ask("GET", path)
        found = pattern.search(text)
        assert status == 200
        assert found
        return html.unescape(found[1])

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form; return the status and where it leads."""
        status, headers, _ = self.ask("POST", path, urlencode({"csrf_token": self.token, **fields}))
        return status, headers.get("Location", "")

    def write(self, title: str) -> tuple[int, str]:
        """Create a follow-up; return the status and its address."""
        return self.post(
            NEW, title=title, comes_from_id=self.source, owner_email="clerk@demo.example", due_on="2030-01-31"
        )


class Writers:
    """Clients that create follow-ups one after the other until the server is gone."""

    def __init__(self, port: int) -> None:
        self.acknowledged: dict[str, str] = {}
        self.refused: list[int] = []
        self.enough = threading.Event()
        self.browsers = [Browser(port) for _ in range(CLIENTS)]
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def write(self, number: int) -> None:
        """Note each follow-up that the server said it has."""
        for count in range(10_000):
            title = f"Kept of client {number}, number {count}"
            try:
                status, address = self.browsers[number].write(title)
            except (http.client.HTTPException, OSError):
                return
            if status == 303:
                self.acknowledged[title] = address
            else:
                self.refused.append(status)
            if len(self.acknowledged) >= BEFORE_THE_KILL or self.refused:
                self.enough.set()

    def end(self) -> None:
        for thread in self.threads:
            thread.join(60)
        for browser in self.browsers:
            browser.connection.close()


def kill_amid_writes(server: Server) -> dict[str, str]:
    """Let all clients write, kill the server while they do; return the titles acknowledged, with their addresses."""
    writers = Writers(server.port)
    assert writers.enough.wait(120)
    assert all(thread.is_alive() for thread in writers.threads)
    server.process.send_signal(signal.SIGKILL)
    writers.end()
    assert writers.refused == []
    return writers.acknowledged


def test_a_kill_loses_no_acknowledged_write(installation: Installation) -> None:
    with installation.serving() as server:
        acknowledged = kill_amid_writes(server)
    assert len(acknowledged) >= BEFORE_THE_KILL
    assert len(set(acknowledged.values())) == len(acknowledged)
    with installation.serving() as server:
        browser = Browser(server.port)
        kept = {}
        for title, address in acknowledged.items():
            status, _, text = browser.ask("GET", address)
            kept[title] = status == 200 and title in text
        more = browser.write("Written after the restart")[0]
        browser.connection.close()
    assert kept == dict.fromkeys(acknowledged, True)
    assert more == 303
