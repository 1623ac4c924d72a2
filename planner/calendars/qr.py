"""QR codes of addresses (ISO/IEC 18004), as a drawing inside the page: no other site is asked, nothing is stored."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def qr_of(address: str) -> Markup:
    """Return the drawing of an address, with classes only: the page's policy allows no style inside."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, svgclass="qr", lineclass="qr-ink",
        border=4,
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())  # noqa: S704 - the library draws modules and writes no text of the address


def webcal(address: str) -> str:
    """Return an address in the scheme that phones and programs take for a subscription, not for a download."""
    return "webcal:" + address.partition(":")[2]
