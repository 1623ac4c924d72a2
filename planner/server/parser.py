"""Reading one request: what waitress lets through though no honest client sends it, or takes for its own fault."""

import re
from typing import Final

from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented
from waitress.receiver import ChunkedReceiver
from waitress.utilities import BadRequest

LONGEST_CHUNK_LINE: Final = 1024
LONGEST_TRAILER: Final = 8192
WASTE_BYTES: Final = 64 * 1024
"""So much is taken in chunks of any size."""
_CODINGS: Final = re.compile(rb"\r\ntransfer-encoding:[ \t]*([^\r\n]*)", re.IGNORECASE)


class RequestParser(HTTPRequestParser):
    """One request as it comes in, by RFC 9112. Its faults become 400, 413 or 431, never 5xx and never an exception."""

    completed: bool
    # waitress leaves it unset where the first line is broken, yet writes it to the log
    path = "/"

    def received(self, data: bytes) -> int:
        """Take some bytes; return how many belonged to this request."""
        consumed: int = super().received(data)
        body = self.body_rcv
        if isinstance(body, ChunkedReceiver) and not self.completed and self._is_wasteful(body):
            self.error = BadRequest("chunks that hold next to nothing")
            self.completed = True
        if self.completed:
            # else waitress says "100 Continue" to a request that it has refused already, or that has no body, and waits
            self.expect_continue = False
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        """Read the first line and the headers; raises ParsingError, which is answered with 400."""
        try:
            super().parse_header(header_plus)
        except TransferEncodingNotImplemented as error:
            # 501 would be by the book, but it blames the server for what the client sent
            raise ParsingError(str(error)) from error
        except ValueError as error:
            # "http://[" as address, or a Content-Length of 5,000 digits
            raise ParsingError(str(error)) from error
        fault = self._fault(header_plus)
        if fault:
            raise ParsingError(fault)

    def _is_wasteful(self, body: ChunkedReceiver) -> bool:
        """Say whether a chunk's size line or the trailer has no end, or the chunks are mostly their own frames.

        Waitress would keep and search all of the first; 18 MB in chunks of one byte take it 20 s.
        """
        if len(body.control_line) > LONGEST_CHUNK_LINE or len(body.trailer) > LONGEST_TRAILER:
            return True
        received: int = self.body_bytes_received
        return received > WASTE_BYTES and received > 3 * len(body)

    def _fault(self, header_plus: bytes) -> str | None:
        """Say what makes the request ambiguous: this server and one before it might see different requests."""
        host = self.headers.get("HOST")
        codings = [coding.strip(b" \t").lower() for coding in _CODINGS.findall(header_plus)]
        if self.version not in ("1.0", "1.1"):
            return "not HTTP/1.0 or HTTP/1.1"
        if host is None and self.version == "1.1":
            return "no Host"
        if host is not None and "," in host:
            return "more than one Host"
        if codings and (self.version == "1.0" or codings != [b"chunked"] or "CONTENT_LENGTH" in self.headers):
            return "Transfer-Encoding is not chunked alone"
        return None
