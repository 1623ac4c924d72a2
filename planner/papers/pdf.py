"""A paper as accessible PDF (PDF/UA-1, ISO 14289-1), set by Typst from the same blocks as the DOCX.

Typst itself refuses what would break the standard. It runs in a process of its own, which is ended when it takes too
long: a paper is text that people typed, and no text may hold up those who ask for other pages.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from planner.papers.pdf_data import paper_data
from planner.papers.shape import Paper

LONGEST_SECONDS = 30.0
REFUSED = 3
"""How the child ends where Typst says why it does not set a paper."""
_CHILD = Path(__file__).parent / "pdf_child.py"


class PdfError(RuntimeError):
    """A paper could not be set, or not in time."""


def pdf_bytes(paper: Paper, seconds: float = LONGEST_SECONDS) -> bytes:
    """Return a paper as PDF; the same paper gives the same bytes. Raise PdfError where it is not set in time."""
    asked = {"paper": json.dumps(paper_data(paper)), "timestamp": int(paper.modified_at.timestamp())}
    try:
        # -I: neither the folder that this runs in nor the environment has a say in what the child imports
        done = subprocess.run(  # noqa: S603 - this program's own file
            [sys.executable, "-I", str(_CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfError(f"The paper was not set within {seconds:g} seconds.") from None
    if done.returncode == REFUSED:
        raise PdfError(done.stderr.decode("utf-8", "replace").strip()[:1000])
    if done.returncode:
        raise PdfError(f"The paper could not be set: the program that sets it ended with {done.returncode}.")
    return done.stdout
