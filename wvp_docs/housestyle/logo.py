"""The logo of a house: a picture that a header can hold and every engine can draw."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wvp_docs.housestyle.unusable import UnusableError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 2_000_000
"""More is a photo, not a logo, and would stand in every document."""

MAX_DOTS = 25_000_000
"""More asks 100 MB to draw."""

MAX_HEIGHT, MAX_WIDTH = 1.3, 6.0
"""Centimetres: what the header holds without moving the text of the page."""

HINT = "Kies een PNG, JPEG of SVG van ten hoogste 2 MB."
_FORMATS = ("PNG", "JPEG")
_PLAIN_PNG = frozenset({(8, 2, 0), (8, 6, 0)})
"""Depth, kind of colour and interlacing that rdocx draws; of any other it leaves out the picture
without a word."""
_PLAIN_JPEG = frozenset({"RGB", "L"})

_LOOKED_AT, _WHITE = 200, 250
"""Dots along a side, and how light what nobody sees is."""
_ORIENTATION = 0x0112
_BEFORE_XML = b"\xef\xbb\xbf \t\r\n"


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
        UnusableError: it is too large, damaged, or no PNG, JPEG or SVG that can be drawn.
    """
    if len(content) > MAX_BYTES:
        size = len(content) // 1_000_000
        raise UnusableError(f"is te groot voor een logo ({size} MB).", HINT)
    if content.lstrip(_BEFORE_XML).startswith(b"<"):
        from wvp_docs.housestyle.svg import raster_of  # noqa: PLC0415  few logos are drawings

        content = raster_of(content)
    try:
        return _fitted(content)
    except (OSError, SyntaxError, ValueError, EOFError) as error:  # not identified, or broken
        raise UnusableError("is geen PNG, JPEG of SVG, of is beschadigd.", HINT) from error


def _fitted(content: bytes) -> Logo:
    from PIL import Image, ImageOps  # noqa: PLC0415  most cases have no logo

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_many_dots() from error
    with picture:
        if picture.width * picture.height > MAX_DOTS:
            raise _too_many_dots()
        picture.load()
        # Pillow draws what a PNG without an end still has; rdocx leaves it out.
        Image.open(io.BytesIO(content), formats=_FORMATS).verify()
        if not _is_visible(picture):
            raise UnusableError("is leeg: op wit papier is er niets van te zien.", HINT)
        if _is_plain(content, picture):
            kind, (wide, high) = str(picture.format).lower(), picture.size
        else:
            upright = ImageOps.exif_transpose(picture)
            kind, (wide, high), target = "png", upright.size, io.BytesIO()
            grey = upright.convert("L") if upright.mode.startswith("I") else upright
            grey.convert("RGBA" if grey.has_transparency_data else "RGB").save(target, "PNG")
            content = target.getvalue()
    scale = min(MAX_HEIGHT / high, MAX_WIDTH / wide)
    return Logo(content, kind, wide * scale, high * scale)


def _is_visible(picture: Image) -> bool:
    """Return whether anything would stand on the paper: an empty drawing is a picture too."""
    from PIL import Image as Pictures  # noqa: PLC0415  most cases have no logo

    grey = picture.convert("L") if picture.mode.startswith("I") else picture
    small = grey.convert("RGBA").resize((_LOOKED_AT, _LOOKED_AT), Pictures.Resampling.BOX)
    paper = Pictures.new("RGBA", small.size, "white")
    return min(Pictures.alpha_composite(paper, small).convert("L").tobytes()) < _WHITE


def _is_plain(content: bytes, picture: Image) -> bool:
    if picture.getexif().get(_ORIENTATION, 1) != 1:
        return False
    if picture.format == "JPEG":
        return picture.mode in _PLAIN_JPEG
    depth, colour, _, _, interlaced = content[24:29]  # the fields of its header
    return (depth, colour, interlaced) in _PLAIN_PNG


def _too_many_dots() -> UnusableError:
    return UnusableError("heeft veel te veel beeldpunten voor een logo.", HINT)
