"""Addresses that are refused before the application sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.web.guard import Guard, refusal


def status(path: str, query: str = "") -> int:
    return int(refusal(path.encode().decode("latin-1"), query) or 200)


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/", "", 200),
        ("/topics/Éléments de preuve", "q=%C3%89l%C3%A9ments&page=2", 200),
        ("/search", "q=two%0D%0Alines", 200),
        ("/search", "q=100%", 200),
        ("/search", "q=%zz", 200),
        ("/" + "a" * 1999, "q=" + "a" * 7998, 200),
        ("/" + "a" * 2000, "", 414),
        ("/" + "é" * 1000, "", 414),
        ("/", "a" * 8001, 414),
        ("/a\0b", "", 400),
        ("/a\r\nb", "", 400),
        ("/a\x7fb", "", 400),
        ("/", "q=%00", 400),
        ("/", "q=\0", 400),
        ("/", "q=%FF", 400),
        ("/", "q=\xff", 400),
        ("/", "q=%ED%A0%80", 400),
    ],
)
def test_what_is_refused(path: str, query: str, expected: int) -> None:
    assert status(path, query) == expected


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_an_address_is_taken_if_and_only_if_it_is_text(path: bytes, query: bytes) -> None:
    def is_text(data: bytes) -> bool:
        try:
            return b"\0" not in data and data.decode() is not None
        except UnicodeDecodeError:
            return False

    has_control = any(byte < 32 or byte == 127 for byte in path)
    quoted = "".join(f"%{byte:02x}" for byte in query)
    taken = refusal(path.decode("latin-1"), quoted) is None
    assert taken == (is_text(path) and is_text(query) and not has_control)


def test_a_refusal_is_an_answer_and_the_rest_goes_through() -> None:
    def app(environ, start_response):
        start_response("200 OK", [])
        return [b"served"]

    answers = {}

    def ask(path: str) -> bytes:
        def start_response(status, headers, exc_info=None):
            answers[path] = (status, dict(headers))

        return b"".join(Guard(app)({"PATH_INFO": path, "QUERY_STRING": ""}, start_response))

    assert ask("/") == b"served"
    assert ask("/\0") == b"400 Bad Request\n"
    assert answers == {
        "/": ("200 OK", {}),
        "/\0": (
            "400 Bad Request",
            {
                "Content-Type": "text/plain; charset=utf-8",
                "Content-Length": "16",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "no-store",
            },
        ),
    }


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("[::1]:8000", 200),
        ("a.example.net", 200),
        ("evil.example", 400),
        ("example.net", 400),
        ("evil-example.net", 400),
        ("evil.localhost", 400),
        ("localhost:0", 400),
        ("[::1", 400),
        ("localhost:99999", 400),
        ("localhost:x", 400),
        ("localhost@evil.example", 400),
        ("localhost, evil.example", 400),
        ("", 400),
        (None, 400),
    ],
)
def test_only_our_hosts_are_answered(caplog: pytest.LogCaptureFixture, host: str | None, expected: int) -> None:
    statuses = []
    environ = {
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "SERVER_NAME": "waitress.invalid",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
    }
    if host is not None:
        environ["HTTP_HOST"] = host

    def app(environ, start_response):
        start_response("200 OK", [])
        return []

    def start_response(status, headers, exc_info=None):
        statuses.append(int(status[:3]))

    Guard(app, ("localhost", "[::1]", ".example.net"))(environ, start_response)
    assert statuses == [expected]
    assert ("PLANNER_TRUSTED_HOSTS" in caplog.text) == (expected == 400)
