"""A filled Word file in the style of a house.

Colours and font change in the styles alone: a text that a template editor coloured by hand, and a
style of which they changed the colour, stay as they made them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from lxml import etree

from wvp_docs.housestyle.logo import Logo
from wvp_docs.housestyle.palette import palette_of
from wvp_docs.housestyle.style import FONT, HouseStyle

_STYLES, _BODY, _TYPES = "word/styles.xml", "word/document.xml", "[Content_Types].xml"
_ADDRESS = re.compile(rb'<w:pStyle w:val="Adres"\s*/>')
"""The style of the lines with the address of a letter; only a letter has them."""

_EMU, _TWIPS = 360_000, 567
"""In a centimetre."""
_GAP = 170
"""Twentieths of a point between text and logo."""
_USUAL = 9354
"""Of a page on which that is not to be read."""
_WIDTHS = tuple(
    re.compile(rb"<w:%b [^>]*w:%b=\"(\d{1,6})\"" % names)
    for names in ((b"pgSz", b"w"), (b"pgMar", b"left"), (b"pgMar", b"right"))
)
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_SPACE}}}"
_TIGHT = '<w:spacing w:before="0" w:after="0" w:line="{}" w:lineRule="{}"/>'
_CELLS = (
    f'<w:tbl xmlns:w="{_SPACE}"><w:tblPr><w:tblW w:w="{{0}}" w:type="dxa"/>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{1}"/>'
    '<w:gridCol w:w="{2}"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="{1}" w:type="dxa"/>'
    '<w:tcMar><w:right w:w="170" w:type="dxa"/></w:tcMar><w:vAlign w:val="bottom"/></w:tcPr></w:tc>'
    '<w:tc><w:tcPr><w:tcW w:w="{2}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
    f'{_TIGHT.format(240, "auto")}<w:jc w:val="right"/></w:pPr>{{3}}</w:p></w:tc></w:tr></w:tbl>'
)
_END = f'<w:p xmlns:w="{_SPACE}"><w:pPr>{_TIGHT.format(20, "exact")}</w:pPr></w:p>'
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ID = "rIdLogo"


def dressed(members: Mapping[str, bytes], style: HouseStyle) -> dict[str, bytes]:
    """Return the parts of a Word package in the style of a house; the same for the same parts."""
    made = dict(members)
    if _STYLES in made:
        made[_STYLES] = _restyled(made[_STYLES], style)
    if style.footer:
        for name in _parts(made, "footer"):
            made[name] = _with_footer(made[name], style.footer)
    if style.sender and _BODY in made:
        made[_BODY] = _with_sender(made[_BODY], style.sender)
    return _with_logo(made, style.logo) if style.logo else made


def _parts(members: Mapping[str, bytes], kind: str) -> list[str]:
    return [name for name in members if name.startswith(f"word/{kind}") and name.endswith(".xml")]


def _restyled(styles: bytes, style: HouseStyle) -> bytes:
    """Return the styles with what is still ours replaced by what is of the house."""
    if style.accent:
        palette = {
            ours.encode(): theirs.encode() for ours, theirs in palette_of(style.accent).items()
        }
        ours = re.compile(rb'(?<=")(?:' + b"|".join(palette) + rb')(?=")', re.IGNORECASE)
        styles = ours.sub(lambda found: palette[found.group().upper()], styles)
    if style.font:
        styles = styles.replace(f'="{FONT}"'.encode(), f'="{style.font}"'.encode())
    return styles


def _with_footer(footer: bytes, text: str) -> bytes:
    """Return a footer with one line more, in its last paragraph: another one would have a rule."""
    run = f'<w:r><w:br/><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'.encode()
    before, end, after = footer.rpartition(b"</w:p>")
    return before + run + after if end else footer


def _with_sender(body: bytes, text: str) -> bytes:
    """Return a letter with the return address small above the address: in the window of a cover."""
    first = _ADDRESS.search(body)
    if not first:
        return body
    at = max(body.rfind(start, 0, first.start()) for start in (b"<w:p>", b"<w:p "))
    line = (
        '<w:p><w:pPr><w:pStyle w:val="Adres"/><w:spacing w:after="80" w:line="220" '
        'w:lineRule="exact"/></w:pPr><w:r><w:rPr><w:color w:val="5B6770"/><w:sz w:val="16"/>'
        f'<w:szCs w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )
    return body[:at] + line.encode() + body[at:]


def _with_logo(members: Mapping[str, bytes], logo: Logo) -> dict[str, bytes]:
    """Return the parts with the logo at the top right of each header."""
    made = dict(members)
    headers = _parts(made, "header")
    for name in headers:
        stem = name.removeprefix("word/")
        made[name] = _beside_text(made[name], logo, _width_between_margins(made.get(_BODY, b"")))
        relations = f"word/_rels/{stem}.rels"
        made[relations] = _related(made.get(relations, b""), logo)
    if headers:
        made[f"word/media/logo.{logo.kind}"] = logo.content
        made[_TYPES] = _typed(made[_TYPES], logo)
    return made


def _width_between_margins(body: bytes) -> int:
    """Return how wide the text of the pages is, in twentieths of a point."""
    page, left, right = (found and int(found[1]) for found in (it.search(body) for it in _WIDTHS))
    return page - left - right if page and left and right else _USUAL


def _beside_text(header: bytes, logo: Logo, width: int) -> bytes:
    """Return a header with the logo in a cell of its own: a long name then breaks off before it."""
    root = etree.fromstring(header)
    if not len(root) or root[0].tag != f"{_W}p":
        return header.replace(b"</w:p>", _picture(logo).encode() + b"</w:p>", 1)
    line, own = root[0], round(logo.width * _TWIPS) + _GAP
    cells = etree.fromstring(_CELLS.format(width, width - own, own, _picture(logo)))
    root[0] = cells
    next(cells.iter(f"{_W}tc")).append(line)
    # A tab goes to the first stop: no longer to the edge of the page, but to that of the cell.
    look = line.find(f"{_W}pPr")
    if look is not None and [it.tag for it in look] == [f"{_W}pStyle"]:
        stop = {f"{_W}val": "right", f"{_W}pos": str(width - own - _GAP)}
        etree.SubElement(etree.SubElement(look, f"{_W}tabs"), f"{_W}tab", stop)
    if len(root) == 1:  # Word wants a paragraph after a table
        root.append(etree.fromstring(_END))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _picture(logo: Logo) -> str:
    size = f'cx="{round(logo.width * _EMU)}" cy="{round(logo.height * _EMU)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" '
        f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {size}/>'
        '<wp:docPr id="9001" name="Logo" descr="Logo"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="9001" name="Logo"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_OFFICE}" '
        f'r:embed="{_ID}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _related(relations: bytes, logo: Logo) -> bytes:
    link = (
        f'<Relationship Id="{_ID}" Type="{_OFFICE}/image" Target="media/logo.{logo.kind}"/>'
    ).encode()
    if relations:
        return relations.replace(b"</Relationships>", link + b"</Relationships>")
    return f'<Relationships xmlns="{_PACKAGE}">'.encode() + link + b"</Relationships>"


def _typed(types: bytes, logo: Logo) -> bytes:
    default = f'<Default Extension="{logo.kind}" ContentType="image/{logo.kind}"/>'.encode()
    # Defaults come before overrides; one that is there already would be refused as double.
    if f'Extension="{logo.kind}"'.encode() in types:
        return types
    head, override, rest = types.partition(b"<Override")
    return head + default + override + rest
