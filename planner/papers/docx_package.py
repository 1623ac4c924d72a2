"""The parts of a DOCX file and the zip around them: what stands in no other module. The same parts give the same bytes.

WordprocessingML is ECMA-376 part 1; a part is one XML file of the package, with its relations to others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package as WordPackage
from lxml import etree

from planner.papers.shape import Paper

HOUSE = Path(__file__).parent / "house"

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {"w": W, "r": R}

LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}

# the first day that a zip can hold
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_KINDS = {
    "styles": (CT.WML_STYLES, RT.STYLES),
    "numbering": (CT.WML_NUMBERING, RT.NUMBERING),
    "settings": (CT.WML_SETTINGS, RT.SETTINGS),
    "fontTable": (CT.WML_FONT_TABLE, RT.FONT_TABLE),
    "footnotes": (CT.WML_FOOTNOTES, RT.FOOTNOTES),
    "comments": (CT.WML_COMMENTS, RT.COMMENTS),
    "header1": (CT.WML_HEADER, RT.HEADER),
    "footer1": (CT.WML_FOOTER, RT.FOOTER),
}


def w(tag: str, *children: Any, **attributes: str | int) -> Any:
    """Return an element of WordprocessingML; attributes are its own too, but `r_id` is a relation's."""
    element = etree.Element(f"{{{W}}}{tag}", nsmap=NAMESPACES)
    for name, value in attributes.items():
        space, local = (R, name[2:]) if name.startswith("r_") else (W, name)
        element.set(f"{{{space}}}{local}", str(value))
    element.extend(child for child in children if child is not None)
    return element


def text_element(tag: str, text: str) -> Any:
    """Return an element that holds a text, all its spaces kept."""
    element = w(tag)
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


def instant(at: datetime) -> str:
    """Return an instant as Word writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def house_part(name: str) -> Any:
    """Return the root of a part that is the same in all papers."""
    return etree.fromstring((HOUSE / f"{name}.xml").read_bytes(), etree.XMLParser(remove_blank_text=True))


class Package:
    """The parts of one file. Links are kept per part: Word looks for each in the part where it stands."""

    def __init__(self) -> None:
        self._package = WordPackage()
        self._document = self._part("document", CT.WML_DOCUMENT_MAIN)
        self._package.relate_to(self._document, RT.OFFICE_DOCUMENT)
        self._parts = {"document": self._document}

    def _part(self, name: str, content_type: str) -> Part:
        return Part(PackURI(f"/word/{name}.xml"), content_type, b"", self._package)

    def relation(self, name: str) -> str:
        """Return the id of a part's relation to the document; the part is begun where it was not."""
        content_type, kind = _KINDS[name]
        if name not in self._parts:
            self._parts[name] = self._part(name, content_type)
        return self._document.relate_to(self._parts[name], kind)

    def link(self, name: str, address: str) -> str:
        """Return the id by which a part names an address."""
        if name != "document":
            self.relation(name)
        return self._parts[name].relate_to(address, RT.HYPERLINK, is_external=True)

    def set(self, name: str, root: Any) -> None:
        """Put the XML of a part into the package."""
        if name != "document":
            self.relation(name)
        self._parts[name]._blob = xml_bytes(root)  # noqa: SLF001 - parts of this kind are made once, with their bytes

    def describe(self, paper: Paper) -> None:
        """Say title, language, symbol and time of the paper, as programs show them."""
        head, known = paper.head, self._package.core_properties
        known.title, known.subject, known.author = head.title[:255], head.symbol[:255], head.body[:255]
        known.language = LOCALES[paper.language]
        known.last_modified_by = head.body[:255]
        known.revision = 1
        known.created = known.modified = paper.modified_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>planner</Application></Properties>"
        )
        part = Part(PackURI("/docProps/app.xml"), _EXTENDED, xml_bytes(etree.fromstring(properties)), self._package)
        self._package.relate_to(part, RT.EXTENDED_PROPERTIES)

    def to_bytes(self) -> bytes:
        """Return the file."""
        saved = BytesIO()
        self._package.save(saved)
        with ZipFile(saved) as zipped:
            return zip_of({name: zipped.read(name) for name in zipped.namelist()})


def xml_bytes(root: Any) -> bytes:
    """Return the bytes of a part."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose bytes come of names and contents alone: no times, one order, the types first."""
    target = BytesIO()
    with ZipFile(target, "w") as zipped:
        for name in sorted(files, key=lambda name: (name != "[Content_Types].xml", name)):
            info = ZipInfo(name, _NO_TIME)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 0, 0
            zipped.writestr(info, files[name])
    return target.getvalue()
