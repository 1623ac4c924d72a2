"""A reader of tagged PDF: the tree of structure as (tag, attributes, parts), and what stands in the metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from pypdf import PdfReader


@dataclass
class Tag:
    name: str
    attributes: dict = field(default_factory=dict)
    parts: list[Tag] = field(default_factory=list)

    def all(self, *names):
        found = [self] if self.name in names else []
        return found + [tag for part in self.parts for tag in part.all(*names)]


def read(written):
    return PdfReader(BytesIO(written))


def catalog(written):
    return read(written).trailer["/Root"]


def tree(written):
    return _tag(catalog(written)["/StructTreeRoot"]["/K"].get_object())


def _tag(element):
    while isinstance(element, list):
        (element,) = element
        element = element.get_object()
    attributes = element.get("/A", {})
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    every = attributes if isinstance(attributes, list) else [attributes]
    merged = {key: value for one in every for key, value in one.get_object().items()} if attributes else {}
    kids = element.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    kids = kids if isinstance(kids, list) else [kids]
    parts = [kid.get_object() for kid in kids if not isinstance(kid, int)]
    return Tag(
        element["/S"][1:],
        merged,
        [_tag(kid) for kid in parts if isinstance(kid, dict) and "/S" in kid],
    )


def text(written):
    return "\n".join(page.extract_text() for page in read(written).pages)


def metadata(written):
    return catalog(written)["/Metadata"].get_data().decode()
