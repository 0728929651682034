"""Tracked changes accepted: what somebody took out of a Word file is not printed again.

Word prints what the file shows; LibreOffice prints deleted text too, struck through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

_SPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_TRACKED = re.compile(rb"[<:](?:del|ins|moveFrom|moveTo|cellDel|cellIns|\w+Change)[\s/>]")
_GONE = ("del", "moveFrom", "delText", "delInstrText")
_ROUND = ("ins", "moveTo")
_NOTES = (
    *("cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"),
    *("tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange"),
)


def accepted(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a Word file with every tracked change accepted.

    Args:
        members: as `read_package` gives them.
    """
    return {
        name: _accepted(content)
        if name.startswith("word/") and name.endswith(".xml") and _TRACKED.search(content)
        else content
        for name, content in members.items()
    }


def _accepted(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for space in _SPACES:
        _drop_marked(root, space)
        _drop_all(_all(root, space, (*_GONE, *_NOTES)))
        for node in _all(root, space, _ROUND):
            _unwrap(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _all(root: etree._Element, space: str, names: tuple[str, ...]) -> list[etree._Element]:
    return list(root.iter(*(f"{space}{name}" for name in names)))


def _drop_marked(root: etree._Element, w: str) -> None:
    """Take out rows and cells that are marked as deleted, and ends of paragraphs that are."""
    _drop_all(it for it in _all(root, w, ("tr",)) if it.find(f"{w}trPr/{w}del") is not None)
    _drop_all(it for it in _all(root, w, ("tc",)) if it.find(f"{w}tcPr/{w}cellDel") is not None)
    _drop_all(it for it in _all(root, w, ("tr",)) if it.find(f".//{w}tc") is None)
    _drop_all(it for it in _all(root, w, ("tbl",)) if it.find(f".//{w}tr") is None)
    for paragraph in _all(root, w, ("p",)):
        marks = paragraph.find(f"{w}pPr/{w}rPr")
        gone = marks is not None and any(marks.find(w + it) is not None for it in _GONE[:2])
        follows = paragraph.getnext()
        if gone and follows is not None and follows.tag == f"{w}p":
            _join(paragraph, follows, w)


def _join(paragraph: etree._Element, follows: etree._Element, w: str) -> None:
    """Put the content of a paragraph at the beginning of the one that it now runs into."""
    at = 1 if follows.find(f"{w}pPr") is not None else 0
    content = [node for node in paragraph if node.tag != f"{w}pPr"]
    for offset, node in enumerate(content):
        follows.insert(at + offset, node)
    _drop_all([paragraph])


def _drop_all(nodes: Iterable[etree._Element]) -> None:
    for node in nodes:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def _unwrap(node: etree._Element) -> None:
    """Leave what is in it in its place; of a mark nothing stays."""
    parent = node.getparent()
    if parent is not None:
        at = parent.index(node)
        for offset, child in enumerate(list(node)):
            parent.insert(at + offset, child)
        parent.remove(node)
