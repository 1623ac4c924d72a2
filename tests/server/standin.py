"""A small application on the real server, for what the whole program cannot be made to do: hold a request, hurry a
deadline, run out of places.

    python -m tests.server.standin '{"HEADER_SECONDS": 0.2, "MOST_CONNECTIONS": 20}'

Prints the port it listens on. `/hold` says that it is there and answers after the next line on standard input.
"""

import json
import sys

from planner.server import channel, listener, serve
from planner.web.guard import Guard


def app(environ, start_response):
    path = environ["PATH_INFO"]
    body = environ["wsgi.input"].read()
    if path == "/hold":
        print("holding", flush=True)
        sys.stdin.readline()
    if path == "/raise":
        raise RuntimeError
    answer = b"x" * 8_000_000 if path == "/large" else f"{environ['REQUEST_METHOD']} {path} {len(body)}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(answer)))])
    return [answer]


def main() -> None:
    for name, value in json.loads(sys.argv[1] if len(sys.argv) > 1 else "{}").items():
        setattr(listener if name == "MOST_CONNECTIONS" else channel, name, value)
    serve(Guard(app), host="127.0.0.1", port=0, threads=2, on_start=lambda _host, port: print(port, flush=True))


if __name__ == "__main__":
    main()
