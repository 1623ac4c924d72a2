"""A reader of DOCX of our own: the paragraphs of a paper with all its changes accepted, or with all refused.

A paragraph whose mark is taken out runs on into the next one, which gives it its style, as in Word.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W[1:-1]}
SIGNS = {f"{W}br": "\n", f"{W}tab": "\t"}


def part(written, name):
    with ZipFile(BytesIO(written)) as zipped:
        return etree.fromstring(zipped.read(name))


def settled(written, *, accept):
    """Return (style, text) of each paragraph, rows of tables as tuples of texts."""
    gone = "del" if accept else "ins"
    root = part(written, "word/document.xml")
    for row in root.findall(f".//{W}tr/{W}trPr/{W}{gone}/../.."):
        row.getparent().remove(row)
    for change in root.findall(f".//{W}{gone}"):
        if change.getparent().tag != f"{W}rPr":
            change.getparent().remove(change)
    found, carried = [], ""
    for paragraph in root.iter(f"{W}p"):
        text = carried + "".join(
            SIGNS.get(sign.tag) or sign.text or "" for sign in paragraph.iter(f"{W}t", f"{W}delText", *SIGNS)
        )
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None and paragraph.getparent().tag == f"{W}body":
            carried = text
            continue
        carried = ""
        found.append((paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"), text))
    return found
