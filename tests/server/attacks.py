"""What is sent to hurt a server, by name. Each is to be answered 4xx, or the connection closed where it is no HTTP."""

from tests.server.wire import request

CHUNKED = b"Transfer-Encoding: chunked"
POST = b"POST /account/sign-in HTTP/1.1"
GET = b"GET /healthz HTTP/1.1"
FORM = b"Content-Type: application/x-www-form-urlencoded"
JSON = b"Content-Type: application/json"
MULTIPART = b"Content-Type: multipart/form-data; boundary=x"
DEEP = 100_000
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'

BROKEN_CHUNKS = {
    "size is no number": request(POST, FORM, CHUNKED) + b"zz\r\nabc\r\n0\r\n\r\n",
    "size is negative": request(POST, FORM, CHUNKED) + b"-3\r\nabc\r\n0\r\n\r\n",
    "size has a prefix": request(POST, FORM, CHUNKED) + b"0x3\r\nabc\r\n0\r\n\r\n",
    "chunk is longer than its size": request(POST, FORM, CHUNKED) + b"3\r\nabcdef\r\n0\r\n\r\n",
    "chunk extension is broken": request(POST, FORM, CHUNKED) + b"3;\x01=\r\nabc\r\n0\r\n\r\n",
    "size line has no end": request(POST, FORM, CHUNKED) + b"0" * 100_000,
    "trailer has no end": request(POST, FORM, CHUNKED) + b"0\r\nX: " + b"y" * 100_000,
    "too many chunks": request(POST, FORM, CHUNKED) + b"1\r\na\r\n" * 3_000_000,
}

AMBIGUOUS_LENGTHS = {
    "length and chunks": request(POST, CHUNKED, b"Content-Length: 4") + b"0\r\n\r\n",
    "gzip coding": request(POST, b"Transfer-Encoding: gzip") + b"abc",
    "identity coding": request(POST, b"Transfer-Encoding: identity") + b"abc",
    "gzip, chunked": request(POST, b"Transfer-Encoding: gzip, chunked") + b"0\r\n\r\n",
    "chunked twice": request(POST, b"Transfer-Encoding: chunked, chunked") + b"0\r\n\r\n",
    "chunked in two headers": request(POST, CHUNKED, CHUNKED) + b"0\r\n\r\n",
    "chunked in HTTP/1.0": request(b"POST / HTTP/1.0", CHUNKED) + b"0\r\n\r\n",
    "coding with a control sign": request(POST, b"Transfer-Encoding: \x0bchunked") + b"0\r\n\r\n",
    "length is negative": request(POST, b"Content-Length: -1"),
    "length has a sign": request(POST, b"Content-Length: +3") + b"abc",
    "length is no number": request(POST, b"Content-Length: three") + b"abc",
    "length twice": request(POST, b"Content-Length: 3", b"Content-Length: 4") + b"abcd",
    "length of 5,000 digits": request(POST, b"Content-Length: " + b"9" * 5000) + b"abc",
    "length of a petabyte": request(POST, b"Content-Length: 1125899906842624") + b"abc",
    "length of a petabyte, politely": request(POST, b"Expect: 100-continue", b"Content-Length: 1125899906842624"),
}

HOSTS = {
    "no host": request(GET, host=b""),
    "no host in HTTP/1.0": request(b"GET /healthz HTTP/1.0", host=b""),
    "empty host": request(GET, host=b"Host:"),
    "wrong host": request(GET, host=b"Host: evil.example"),
    "two hosts": request(GET, b"Host: evil.example"),
    "the same host twice": request(GET, b"Host: localhost"),
    "two hosts in one": request(GET, host=b"Host: localhost, evil.example"),
    "host with a port out of range": request(GET, host=b"Host: localhost:99999"),
    "host with a port that is none": request(GET, host=b"Host: localhost:evil.example"),
    "host with a user": request(GET, host=b"Host: localhost@evil.example"),
    "host with a path": request(GET, host=b"Host: localhost/evil"),
    "host with a blank": request(GET, host=b"Host: local host"),
    "host below ours": request(GET, host=b"Host: evil.localhost"),
    "host that is not ASCII": request(GET, host=b"Host: \xff\xfe"),
}

BROKEN_LINES = {
    "method only": b"GET\r\n\r\n",
    "HTTP/0.9": b"GET /healthz\r\n\r\n",
    "HTTP/9.9": request(b"GET /healthz HTTP/9.9"),
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "small letters": request(b"get /healthz HTTP/1.1"),
    "unknown method": request(b"BREW /healthz HTTP/1.1"),
    "CONNECT": request(b"CONNECT localhost:443 HTTP/1.1"),
    "TRACE": request(b"TRACE /healthz HTTP/1.1"),
    "two blanks": request(b"GET  /healthz HTTP/1.1"),
    "NUL in the line": request(b"GET /heal\0thz HTTP/1.1"),
    "NUL in a header": request(GET, b"X-A: a\0b"),
    "line feeds alone": b"GET /healthz HTTP/1.1\nHost: localhost\n\n\r\n\r\n",
    "header without colon": request(GET, b"nonsense"),
    "blank before the colon": request(GET, b"X-A : 1"),
    "folded header first": b"GET /healthz HTTP/1.1\r\n X: 1\r\nHost: localhost\r\n\r\n",
    "address with half a bracket": request(b"GET http://[/ HTTP/1.1"),
    "address with a broken IPv6": request(b"GET http://[::1/healthz HTTP/1.1"),
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) * 2 + b"\r\n\r\n",
    "random bytes": bytes((i * 7919 + 13) % 256 for i in range(5000)) + b"\r\n\r\n",
}

TOO_LARGE = {
    "one header of 40 kB": request(GET, b"X-A: " + b"a" * 40_000),
    "5,000 headers": request(GET, *(b"X-%d: a" % i for i in range(5_000))),
    "headers without end": b"GET /healthz HTTP/1.1\r\nX-A: " + b"a" * 1_000_000,
    "path of 3,000 bytes": request(b"GET /" + b"a" * 3_000 + b" HTTP/1.1"),
    "path of 100,000 bytes": request(b"GET /" + b"a" * 100_000 + b" HTTP/1.1"),
    "query of 9,000 bytes": request(b"GET /healthz?" + b"a" * 9_000 + b" HTTP/1.1"),
    "body of 20 MB": request(POST, FORM, body=b"a" * 20_000_000),
    "chunked body of 20 MB": request(POST, FORM, CHUNKED) + b"1312D00\r\n" + b"a" * 20_000_000 + b"\r\n0\r\n\r\n",
}

BROKEN_TEXT = {
    "NUL in the path": request(b"GET /%00 HTTP/1.1"),
    "NUL below static": request(b"GET /static/css%00/planner.css HTTP/1.1"),
    "NUL in an id": request(b"GET /sessions/1%00/calendar.ics HTTP/1.1"),
    "path of a lone byte": request(b"GET /%FF HTTP/1.1"),
    "path of a raw byte": request(b"GET /\xff HTTP/1.1"),
    "path with an overlong slash": request(b"GET /static/..%C0%AF..%C0%AFconfig.py HTTP/1.1"),
    "path with half a surrogate": request(b"GET /%ED%A0%80 HTTP/1.1"),
    "path with a line feed": request(b"GET /healthz%0D%0ASet-Cookie:a=b HTTP/1.1"),
    "path out of static": request(b"GET /static/../../config.py HTTP/1.1"),
    "path out of static, encoded": request(b"GET /static/..%2F..%2Fconfig.py HTTP/1.1"),
    "NUL in the query": request(b"GET /healthz?q=%00 HTTP/1.1"),
    "query of a lone byte": request(b"GET /healthz?q=%FF HTTP/1.1"),
    "query of a raw byte": request(b"GET /healthz?q=\xff HTTP/1.1"),
    "query with half a surrogate": request(b"GET /healthz?q=%ED%A0%80 HTTP/1.1"),
}

BODIES = {
    "deeply nested JSON list": request(POST, JSON, body=b"[" * DEEP + b"]" * DEEP),
    "deeply nested JSON object": request(POST, JSON, body=b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    "JSON cut short": request(POST, JSON, body=b'{"a": [1, 2'),
    "JSON number of a million digits": request(POST, JSON, body=b"9" * 1_000_000),
    "JSON that is not UTF-8": request(POST, JSON, body=b'{"a": "\xff"}'),
    "form that is not UTF-8": request(POST, FORM, body=b"email=%FF%FE&password=%00"),
    "form with NUL": request(POST, FORM, body=b"email=a%00b&password=a%00b"),
    "form of 100,000 fields": request(POST, FORM, body=b"&".join(b"f%d=1" % i for i in range(100_000))),
    "form with a field of 10 MB": request(POST, FORM, body=b"email=" + b"a" * 10_000_000),
    "multipart without boundary": request(POST, b"Content-Type: multipart/form-data", body=PART),
    "multipart cut short": request(POST, MULTIPART, body=PART[:30]),
    "multipart of 20,000 parts": request(POST, MULTIPART, body=PART * 20_000 + b"--x--\r\n"),
    "multipart with a header of 100 kB": request(
        POST, MULTIPART, body=b"--x\r\nX: " + b"a" * 100_000 + PART + b"--x--"
    ),
    "content type that is none": request(POST, b"Content-Type: \xff/;;=;charset=\xfe", body=b"a=b"),
    "unknown charset": request(POST, FORM + b"; charset=klingon", body=b"a=b"),
    "gzip that is none": request(POST, FORM, b"Content-Encoding: gzip", body=b"not gzip"),
    "POST without body": request(POST),
    "POST to a page that only reads": request(b"POST /healthz HTTP/1.1", FORM, body=b"a=b"),
}

ATTACKS = {
    **BROKEN_CHUNKS,
    **AMBIGUOUS_LENGTHS,
    **HOSTS,
    **BROKEN_LINES,
    **TOO_LARGE,
    **BROKEN_TEXT,
    **BODIES,
}

HALF_SENT = (
    b"",
    b"G",
    b"GET /healthz HTTP/1.1\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ",
    request(POST, FORM, b"Content-Length: 1000") + b"email=a",
    request(POST, FORM, CHUNKED) + b"FFFFFFF\r\nemail=a",
    request(POST, FORM, CHUNKED) + b"3",
    request(POST, FORM, b"Expect: 100-continue", b"Content-Length: 1000"),
)
"""Requests of which the rest never comes."""

ODD_BUT_HONEST = {
    "percent sign alone": request(b"GET /healthz?q=100% HTTP/1.1"),
    "percent sign before letters": request(b"GET /healthz?q=%zz HTTP/1.1"),
    "address in full": request(b"GET http://localhost/healthz HTTP/1.1"),
    "fragment": request(b"GET /healthz#part HTTP/1.1"),
    "cookies of 6 kB that are none": request(GET, b"Cookie: " + b"\xff=;;,=\x80" * 800),
    "session cookie that is none": request(GET, b"Cookie: session=.eJx\xff; remember_token=1|2|3"),
    "languages that are none": request(GET, b"Accept-Language: " + b"x;q=9," * 500),
    "dates and ranges that are none": request(GET, b"If-Modified-Since: never", b"If-None-Match: \x80", b"Range: x=-"),
    "HEAD": request(b"HEAD /healthz HTTP/1.1"),
    "empty lines first": b"\r\n\r\n" + request(GET),
    "GET with a body": request(GET, body=b"abc"),
    "expectation without a body": request(GET, b"Expect: 100-continue"),
}
"""What must be answered as if nothing were."""
