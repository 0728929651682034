"""A copy of a template in which each finding is a Word comment at its place.

Word takes comments in the body only: what is about a header or a note stands at the first
paragraph, and says where it belongs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from wvp_docs.inspection.reading import BODY, Paragraph, W
from wvp_docs.inspection.template import Inspected
from wvp_docs.ooxml import write_package

AUTHOR = "wvp-docs"
_COMMENTS, _RELATIONS, _TYPES = (
    *("word/comments.xml", "word/_rels/document.xml.rels"),
    "[Content_Types].xml",
)
_NUMBER = re.compile("[0-9]{1,9}")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def annotated(inspected: Inspected) -> bytes | None:
    """Return the template with its findings as comments; None when it could not be read."""
    body = inspected.members.get(BODY)
    if body is None:
        return None
    root = etree.fromstring(body)
    paragraphs = list(root.iter(f"{W}p"))
    comments = _comments(inspected.members)
    taken = (it.get(f"{W}id", "") for it in comments)
    number = 1 + max((int(it) for it in taken if _NUMBER.fullmatch(it)), default=-1)
    findings = zip(inspected.remarks, inspected.findings, strict=True)
    for at, (remark, finding) in enumerate(findings, number):
        _mark(_place(remark.paragraph, paragraphs), at)
        is_here = remark.paragraph and remark.paragraph.part == BODY
        lines = [f"{remark.code}: {remark.message if is_here else finding.message}", remark.hint]
        comments.append(_comment(at, [line for line in lines if line]))
    members = {**inspected.members, BODY: _xml(root), _COMMENTS: _xml(comments)}
    if _COMMENTS not in inspected.members:
        _declare(members)
    return write_package(members)


def _comments(members: Mapping[str, bytes]) -> etree._Element:
    if _COMMENTS in members:
        return etree.fromstring(members[_COMMENTS])
    return etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})


def _place(paragraph: Paragraph | None, body: Sequence[etree._Element]) -> etree._Element:
    """Return the paragraph of the body to hang a comment on; of a text box that around it."""
    if paragraph is None or paragraph.part != BODY:
        return body[0]
    found = body[paragraph.at]
    return [found, *found.iterancestors(f"{W}p")][-1]


def _mark(paragraph: etree._Element, number: int) -> None:
    def element(tag: str) -> etree._Element:
        return etree.Element(f"{W}{tag}", {f"{W}id": str(number)})

    properties = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if properties is None else 1, element("commentRangeStart"))
    paragraph.append(element("commentRangeEnd"))
    etree.SubElement(paragraph, f"{W}r").append(element("commentReference"))


def _comment(number: int, lines: Sequence[str]) -> etree._Element:
    attributes = {f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}initials": "WVP"}
    comment = etree.Element(f"{W}comment", attributes)
    for line in lines:
        paragraph = etree.SubElement(comment, f"{W}p")
        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        text.text = line
    return comment


def _declare(members: dict[str, bytes]) -> None:
    """Add the part with the comments to the lists of contents of the package."""
    types = etree.fromstring(members[_TYPES])
    part = {"PartName": f"/{_COMMENTS}", "ContentType": _KIND}
    etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", part)
    empty = f'<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
    relations = etree.fromstring(members.get(_RELATIONS, empty))
    link = {"Id": "wvpDocsComments", "Type": f"{_OFFICE}/comments", "Target": "comments.xml"}
    etree.SubElement(relations, f"{{{_PACKAGE}/relationships}}Relationship", link)
    members.update({_TYPES: _xml(types), _RELATIONS: _xml(relations)})


def _xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
