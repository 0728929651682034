"""A Word file as Word itself writes it: its text at the usual place, and in the usual dialect.

Word Online calls the part with the text `document2.xml`, and every reader finds it by its kind.
"""

from __future__ import annotations

import re

from lxml import etree

from wvp_docs.ooxml.dangers import Danger, HostileError
from wvp_docs.ooxml.package import read_package

BODY = "word/document.xml"
"""Where what `read_template` returns has its text."""

_LISTS = ("[Content_Types].xml", "_rels/.rels")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_BESIDE = re.compile(r"word/[^/]+\.xml")
_MAIN = "wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read_template(source: bytes) -> dict[str, bytes]:
    """Return the harmless parts of a Word file, with its text in `BODY`.

    Raises:
        HostileError: as `read_package`, or it has no text that can be filled.
    """
    members = _with_usual_name(read_package(source))
    root = etree.fromstring(members[BODY])
    if str(root.tag).startswith(_STRICT):
        raise HostileError(
            Danger.NO_DOCX,
            "is bewaard als Strict Open XML-document; dat kan hier niet worden ingevuld.",
            "Kies in Word bij Opslaan als het type Word-document (*.docx).",
        )
    if next(root.iter(f"{_W}p"), None) is None:
        raise HostileError(Danger.NO_DOCX, "heeft geen tekst.", "Kies een ander bestand.")
    return members


def _with_usual_name(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the main one, and what it refers to, under the name that Word gives."""
    types = etree.fromstring(members[_LISTS[0]]).iter(_TYPES)
    names = (
        it.get("PartName", "")[1:] for it in types if it.get("ContentType", "").endswith(_MAIN)
    )
    mains = [name for name in names if name in members]
    if mains == [BODY]:
        return members
    # In another folder its relations point elsewhere; of two it is not clear which is read.
    if BODY in members or len(mains) != 1 or not _BESIDE.fullmatch(mains[0]):
        raise HostileError(Danger.STRANGE_ZIP)
    name = mains[0].removeprefix("word/")
    moved = {
        it.replace(name, "document.xml") if it in (mains[0], f"word/_rels/{name}.rels") else it: its
        for it, its in members.items()
    }
    for its in _LISTS:
        moved[its] = moved[its].replace(mains[0].encode(), BODY.encode())
    return moved
