"""A filled Word file in the style of a house.

Colours and font change in the styles alone: a text that a template editor coloured by hand, and a
style of which they changed the colour, stay as they made them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from wvp_docs.housestyle.logo import Logo
from wvp_docs.housestyle.palette import palette_of
from wvp_docs.housestyle.style import FONT, HouseStyle

_STYLES, _BODY, _TYPES = "word/styles.xml", "word/document.xml", "[Content_Types].xml"
_ADDRESS = re.compile(rb'<w:pStyle w:val="Adres"\s*/>')
"""The style of the lines with the address of a letter; only a letter has them."""

_EMU = 360_000
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
    """Return the parts with the logo in the first line of each header, as Word itself does it."""
    made = dict(members)
    headers = _parts(made, "header")
    for name in headers:
        stem = name.removeprefix("word/")
        made[name] = made[name].replace(b"</w:p>", _picture(logo).encode() + b"</w:p>", 1)
        relations = f"word/_rels/{stem}.rels"
        made[relations] = _related(made.get(relations, b""), logo)
    if headers:
        made[f"word/media/logo.{logo.kind}"] = logo.content
        made[_TYPES] = _typed(made[_TYPES], logo)
    return made


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
