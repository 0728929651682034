"""A watermark behind the text of every page, as Word itself writes it in a header.

WordArt in VML, old but the one form that Word, LibreOffice and rdocx all draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_W, _R = f"{{{_SPACE}}}", f"{{{_OFFICE}}}"
_BODY, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_HEADER = re.compile(r"word/header\d*\.xml")
_NEW, _ID = "word/header9999.xml", "rIdConcept"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"

_ARC = (
    "sum #0 0 10800|prod #0 2 1|sum 21600 0 @1|sum 0 0 @2|sum 21600 0 @3|if @0 @3 0|if @0 21600 @1|"
    "if @0 0 @2|if @0 @4 21600|mid @5 @6|mid @8 @5|mid @7 @8|mid @6 @7|sum @6 0 @5"
)
_FORMULAS = "".join(f'<v:f eqn="{formula}"/>' for formula in _ARC.split("|"))
_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    f'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>{_FORMULAS}</v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
)
_PLACE = (
    "position:absolute;margin-left:0;margin-top:0;width:440pt;height:150pt;rotation:315;"
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)


def watermarked(members: Mapping[str, bytes], word: str) -> dict[str, bytes]:
    """Return the parts of a Word package with the word behind every page.

    A page without a header gets an empty one: a mark that some pages lack is no mark.

    Args:
        members: with the text in `word/document.xml`.
        word: plain letters, they go into an attribute as they are.
    """
    made = _with_headers(members)
    for name in filter(_HEADER.fullmatch, made):
        made[name] = _marked(made[name], word)
    return made


def _marked(header: bytes, word: str) -> bytes:
    shape = (
        f'<v:shape id="Watermerk" o:spid="_x0000_s2049" type="#_x0000_t136" style="{_PLACE}" '
        'o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/><v:textpath '
        f'style="font-family:&quot;Calibri&quot;;font-size:1pt" string="{word}"/></v:shape>'
    )
    run = (
        f'<w:r xmlns:w="{_SPACE}"><w:pict xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:o="urn:schemas-microsoft-com:office:office">{_TYPE}{shape}</w:pict></w:r>'
    )
    root = etree.fromstring(header)
    # In a paragraph that is there: one more would move the page down.
    paragraph = root.find(f"{_W}p")
    if paragraph is None:
        paragraph = etree.SubElement(root, f"{_W}p")
    paragraph.append(etree.fromstring(run))
    return _xml(root)


def _with_headers(members: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with a header for every page; a section takes those of the one before."""
    made, body = dict(members), etree.fromstring(members[_BODY])
    none = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()
    relations = etree.fromstring(members.get(_RELATIONS, none))
    targets = {it.get("Id"): f"word/{it.get('Target', '').rpartition('/')[2]}" for it in relations}
    for reference in list(body.iter(f"{_W}headerReference")):
        target = targets.get(reference.get(f"{_R}id"), "")
        if not _HEADER.fullmatch(target) or target not in made:
            for section in reference.iterancestors(f"{_W}sectPr"):
                section.remove(reference)
    first = next(body.iter(f"{_W}sectPr"), None)
    if first is None:
        first = etree.SubElement(next(body.iter(f"{_W}body")), f"{_W}sectPr")
    there = {it.get(f"{_W}type", "default") for it in first.iter(f"{_W}headerReference")}
    if not (lacking := [kind for kind in _kinds(body, made) if kind not in there]):
        return made
    for kind in lacking:
        first.insert(0, etree.Element(f"{_W}headerReference", {f"{_W}type": kind, f"{_R}id": _ID}))
    link = {"Id": _ID, "Type": f"{_OFFICE}/header", "Target": _NEW.rpartition("/")[2]}
    etree.SubElement(relations, f"{{{_PACKAGE}}}Relationship", link)
    types = etree.fromstring(made[_TYPES])
    part = {"PartName": f"/{_NEW}", "ContentType": _KIND}
    etree.SubElement(types, f"{{{_CONTENT}}}Override", part)
    new = f'<w:hdr xmlns:w="{_SPACE}"/>'.encode()
    xml = {_BODY: _xml(body), _RELATIONS: _xml(relations), _TYPES: _xml(types), _NEW: new}
    return {**made, **xml}


def _kinds(body: etree._Element, members: Mapping[str, bytes]) -> Iterator[str]:
    """Yield for which pages Word looks for a header of their own."""
    yield "default"
    if next(body.iter(f"{_W}titlePg"), None) is not None:
        yield "first"
    if b"evenAndOddHeaders" in members.get("word/settings.xml", b""):
        yield "even"


def _xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
