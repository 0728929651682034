"""A Word file as Word itself writes it: its parts at the usual place, and in the usual dialect.

Word Online calls the part with the text `document2.xml`, others a header `kop.xml`, and every
reader finds them by their kind.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container
from itertools import count

from lxml import etree

from wvp_docs.ooxml.dangers import Danger, HostileError
from wvp_docs.ooxml.package import read_package

BODY = "word/document.xml"
"""Where what `read_template` returns has its text."""

_LISTS = ("[Content_Types].xml", "_rels/.rels")
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_RELATIONS = "word/_rels/document.xml.rels"
_PARTS = {
    **{kind: f"word/{kind}{{}}.xml" for kind in ("header", "footer")},
    **{it: f"word/{it}.xml" for it in ("styles", "settings", "footnotes", "endnotes", "comments")},
    "theme": "word/theme/theme1.xml",
}
"""What the text refers to, by the last word of the relation; of some kinds there are many."""
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BESIDE = re.compile(r"word/[^/]+\.xml")
_MAIN = "wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read_template(source: bytes) -> dict[str, bytes]:
    """Return the harmless parts of a Word file, its text in `BODY` and the rest where Word has it.

    Raises:
        HostileError: as `read_package`, or it has no text that can be filled.
    """
    members = _with_usual_parts(_with_usual_name(read_package(source)))
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


def _with_usual_parts(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with those that the text refers to under the names that Word gives them."""
    relations = etree.fromstring(members.get(_RELATIONS, b"<none/>"))
    names: dict[str, str] = {}
    for link in relations.iter(_LINK):
        part = _target(link, BODY)
        usual = _PARTS.get(link.get("Type", "").rpartition("/")[2], "")
        if not usual or part not in members or re.fullmatch(usual.format(r"\d*"), part):
            continue
        if part not in names and (new := _free(usual, {*members, *names.values()})):
            names[part] = new
        if part in names:
            link.set("Target", f"/{names[part]}")
    if not names:
        return members
    types = etree.fromstring(members[_LISTS[0]])
    for it in types.iter(_TYPES):
        it.set("PartName", "/" + names.get(it.get("PartName", "")[1:], it.get("PartName", "")[1:]))
    made = {**members, _RELATIONS: etree.tostring(relations), _LISTS[0]: etree.tostring(types)}
    for old, new in names.items():
        made[new] = made.pop(old)
        if its := made.pop(_relations_of(old), b""):
            made[_relations_of(new)] = _with_whole_targets(its, old)
    return made


def _free(usual: str, taken: Container[str]) -> str:
    """Return a name of this kind that no part has; empty when there is none."""
    names = (usual.format(it) for it in count(1)) if "{}" in usual else iter((usual,))
    return next((it for it in names if it not in taken), "")


def _target(link: etree._Element, part: str) -> str:
    """Return the part of the package that a relation of another part means."""
    folder = posixpath.dirname(part)
    return posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:]


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _with_whole_targets(relations: bytes, part: str) -> bytes:
    """Return the relations of a part as they hold in any folder."""
    root = etree.fromstring(relations)
    for link in root.iter(_LINK):
        if link.get("TargetMode") != "External":
            link.set("Target", f"/{_target(link, part)}")
    return bytes(etree.tostring(root))
