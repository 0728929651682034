"""The logo of the employer at the top of every page, as Word itself puts a picture in a header."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

MAX_BYTES = 2_000_000
"""More is a photo, not a logo, and would stand in every document."""

MAX_HEIGHT, MAX_WIDTH = 1.3, 6.0
"""Centimetres: what the header holds without moving the text of the page."""

_EMU = 360_000
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ID = "rIdLogo"


class NoLogoError(Exception):
    """The bytes are no picture that can stand in a header; `str()` says why in Dutch."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that fits the header; width and height in centimetres."""

    content: bytes
    kind: str
    width: float
    height: float


def logo_of(content: bytes) -> Logo:
    """Return the picture, scaled to fit.

    Raises:
        NoLogoError: it is too large, or no PNG or JPEG.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  most cases have no logo

    if len(content) > MAX_BYTES:
        raise NoLogoError(f"is te groot voor een logo ({len(content) // 1_000_000} MB).")
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            picture.verify()
            kind, (wide, high) = str(picture.format).lower(), picture.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NoLogoError("is geen PNG of JPEG.") from error
    except Image.DecompressionBombError as error:
        raise NoLogoError("heeft veel te veel beeldpunten voor een logo.") from error
    scale = min(MAX_HEIGHT / high, MAX_WIDTH / wide)
    return Logo(content, kind, wide * scale, high * scale)


def with_logo(members: Mapping[str, bytes], logo: Logo) -> dict[str, bytes]:
    """Return the parts of a Word package with the logo in the first line of each header."""
    made = dict(members)
    headers = [name for name in members if name.startswith("word/header") and name.endswith(".xml")]
    for name in headers:
        stem = name.removeprefix("word/")
        made[name] = made[name].replace(b"</w:p>", _picture(logo).encode() + b"</w:p>", 1)
        relations = f"word/_rels/{stem}.rels"
        made[relations] = _related(made.get(relations, b""), logo)
    if headers:
        made[f"word/media/logo.{logo.kind}"] = logo.content
        made["[Content_Types].xml"] = _typed(made["[Content_Types].xml"], logo)
    return made


def _picture(logo: Logo) -> str:
    size = f'cx="{round(logo.width * _EMU)}" cy="{round(logo.height * _EMU)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" '
        f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent {size}/>'
        '<wp:docPr id="9001" name="Logo" descr="Logo van de werkgever"/>'
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
