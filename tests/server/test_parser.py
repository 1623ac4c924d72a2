"""Reading requests: whatever comes, in whatever pieces, is a request or a fault of the client."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress.adjustments import Adjustments

from planner.server.parser import RequestParser
from tests.server.wire import request

LIMITS = Adjustments(max_request_header_size=2000, max_request_body_size=5000)
CHUNKED = b"Transfer-Encoding: chunked"
SCRAPS = st.sampled_from(
    [
        *(b"GET", b"POST", b" ", b"/", b"http://", b"[", b"]", b"HTTP/1.1", b"HTTP/1.0", b"\r\n", b"\n", b"\r", b"\0"),
        *(b"Host: localhost", b"Host:", b"Content-Length: ", b"5", b"-1", b"9" * 50, CHUNKED, b"Transfer-Encoding: "),
        *(
            b"chunked",
            b",",
            b"gzip",
            b"Expect: 100-continue",
            b"abcde",
            b"0\r\n\r\n",
            b"5\r\nabcde\r\n",
            b";",
            b"%",
            b"?",
        ),
    ]
)


def read(*pieces: bytes) -> RequestParser:
    """Feed the pieces as the channel does, to the end of the first request."""
    parser = RequestParser(LIMITS)
    for piece in pieces:
        rest = piece
        while rest and not parser.completed:
            rest = rest[parser.received(rest) :]
    return parser


def outcome(parser: RequestParser) -> tuple[object, ...]:
    if not parser.completed:
        return ("waiting",)
    if parser.error:
        return ("refused", parser.error.code)
    if parser.empty:
        return ("nothing",)
    return (parser.command, parser.path, parser.query, dict(parser.headers), parser.get_body_stream().read())


@given(st.lists(SCRAPS | st.binary(max_size=20), max_size=30).map(b"".join))
def test_whatever_comes_is_a_request_or_the_clients_fault(data: bytes) -> None:
    parser = read(data, b"\r\n\r\n")
    assert parser.error is None or 400 <= parser.error.code <= 499
    parser.close()


@given(st.data(), st.sampled_from([b"abcde", b""]), st.booleans())
def test_a_request_is_the_same_in_any_pieces(data: st.DataObject, body: bytes, chunked: bool) -> None:
    framed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    whole = (
        request(b"POST /a?b=c HTTP/1.1", CHUNKED) + framed if chunked else request(b"POST /a?b=c HTTP/1.1", body=body)
    )
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)))))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    length = {"CONTENT_LENGTH": str(len(body))} if chunked or body else {}
    assert outcome(read(*pieces)) == ("POST", "/a", "b=c", {"HOST": "localhost", **length}, body)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (request(b"GET / HTTP/1.1", b"X: " + b"a" * 2000), ("refused", 431)),
        (request(b"POST / HTTP/1.1", b"Content-Length: 5000"), ("refused", 413)),
        (request(b"POST / HTTP/1.1", CHUNKED) + b"1400\r\n" + b"a" * 5000, ("refused", 413)),
        (request(b"POST / HTTP/1.1", CHUNKED) + b"0" * 1025, ("refused", 400)),
        (request(b"POST / HTTP/1.1", b"Content-Length: 5") + b"abcd", ("waiting",)),
        (b"\r\n\r\n", ("nothing",)),
    ],
)
def test_limits(data: bytes, expected: tuple[object, ...]) -> None:
    assert outcome(read(data)) == expected


def test_nobody_is_told_to_go_on_who_is_refused_or_done() -> None:
    expecting = b"Expect: 100-continue"
    refused = read(request(b"POST / HTTP/1.1", expecting, b"Content-Length: 9999"))
    without_body = read(request(b"GET / HTTP/1.1", expecting))
    with_body = read(request(b"POST / HTTP/1.1", expecting, b"Content-Length: 5"))
    assert [parser.expect_continue for parser in (refused, without_body, with_body)] == [False, False, True]
