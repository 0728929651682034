"""Photos and scans as pages of A4: upright, as sharp as paper shows, silent about their maker."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Dictionary, Object, Pdf
from PIL import ExifTags, Image, ImageChops, ImageSequence

from wvp_docs.pdf.document import to_bytes
from wvp_docs.pdf.intake.raster import (
    bare_jpeg_stream,
    fax_stream,
    jpeg_stream,
    lossless_stream,
    reduced,
)
from wvp_docs.pdf.intake.unusable import UnusableError

JPEG, PNG, TIFF = "JPEG", "PNG", "TIFF"

A4 = (595.28, 841.89)
"""Points, upright."""

MARGIN = 28.35
"""Points: 1 cm."""

PAPER_DPI, FAX_DPI = 300, 600
"""More is not seen on paper, in colour and grey and in black and white."""

_INCH = 72
_UNKNOWN_DPI = 150
_SANE_DPI = range(90, 2401)
_SLACK = 1.35
"""A scan of 400 dpi, or one on paper larger than A4, is left as it is."""
_SHEET = 0.04
"""So much may the size of a scan differ from A4 to count as a whole sheet."""
_QUALITY = 88
_MOST_PAGES = 1000
_MOST_MEMORY = 400_000_000
"""Bytes of an opened picture: 100 megapixels in colour. A JPEG is made smaller as it is read."""

_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
_PHOTOS = frozenset({JPEG, "MPO"})
_SMALL_COPY = 254
# Where the right and the bottom edge of the stored picture go: PDF turns it, without loss.
_TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)  # fmt: skip  what Pillow raises on broken pictures; the list is long because its readers are many


@dataclass(frozen=True, slots=True)
class Pages:
    """Pictures as a PDF; `said` is what was changed, in sentences."""

    pdf: bytes
    pages: int
    said: tuple[str, ...]


def on_paper(content: bytes, kind: str) -> Pages:
    """Return a JPEG, PNG or TIFF as pages of A4, one for each picture in it.

    Raises:
        UnusableError: it is broken, or too large for any paper.
    """
    said: dict[str, None] = {}
    try:
        with warnings.catch_warnings(), Pdf.new() as pdf:
            # Pillow warns of large pictures and odd notes; we judge the first, and drop the second.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=[kind]) as image:
                for frame in _frames(image):
                    said |= dict.fromkeys(_add(pdf, frame, content))
            if not len(pdf.pages):
                raise UnusableError("heeft geen bladzijden.", "Kijk of dit het goede bestand is.")
            return Pages(to_bytes(pdf), len(pdf.pages), tuple(said))
    except Image.DecompressionBombError as fault:
        raise _too_large() from fault
    except _BROKEN as fault:
        raise UnusableError(
            "is een beschadigde afbeelding.", "Maak de foto of de scan opnieuw."
        ) from fault


def _too_large() -> UnusableError:
    return UnusableError(
        "heeft veel te veel beeldpunten.", "Maak de foto kleiner, of scan met 300 dpi."
    )


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """Yield the pictures of a file; of a photo only the first: others in it are small copies."""
    if image.format != TIFF:
        yield image
        return
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        if number >= _MOST_PAGES:
            raise UnusableError(
                f"heeft meer dan {_MOST_PAGES} bladzijden.", "Splits het in meer bijlagen."
            )
        if not frame.tag_v2.get(_SMALL_COPY, 0) & 1:  # type: ignore[attr-defined]
            yield frame


@dataclass(frozen=True, slots=True)
class _Plan:
    """How a picture, as it is stored, comes on paper; `printed` in points, `pixels` at most."""

    printed: tuple[float, float]
    pixels: tuple[int, int]
    dpi: int
    is_reduced: bool


def _plan(image: Image.Image) -> _Plan:
    natural = _natural_size(image)
    # The longest side of the picture goes along the longest side of the paper.
    margin = 0.0 if _is_sheet(natural) else MARGIN
    room = sorted(edge - 2 * margin for edge in A4)
    fit = min(1.0, *(have / need for have, need in zip(room, sorted(natural), strict=True)))
    wide, high = natural[0] * fit, natural[1] * fit
    dpi = FAX_DPI if image.mode == "1" else PAPER_DPI
    pixels = (
        max(1, min(image.width, round(wide / _INCH * dpi))),
        max(1, min(image.height, round(high / _INCH * dpi))),
    )
    is_reduced = image.width > pixels[0] * _SLACK or image.height > pixels[1] * _SLACK
    return _Plan((wide, high), pixels, dpi, is_reduced)


def _is_sheet(size: tuple[float, float]) -> bool:
    """Return whether this is a scan of a whole sheet, which has its margins in it."""
    return all(
        abs(have - edge) <= _SHEET * edge for have, edge in zip(sorted(size), A4, strict=True)
    )


def _natural_size(image: Image.Image) -> tuple[float, float]:
    """Return width and height in points by what the picture says; a fax has flat dots."""
    found = image.info.get("dpi", (0, 0))
    across, down = (round(float(number)) for number in (found[0], found[1]))
    # Cameras write 72 without meaning it.
    if across not in _SANE_DPI or down not in _SANE_DPI:
        across = down = _UNKNOWN_DPI
    return image.width / across * _INCH, image.height / down * _INCH


def _add(pdf: Pdf, image: Image.Image, content: bytes) -> Iterator[str]:
    """Add a page with the picture; yield what was changed."""
    plan = _plan(image)
    if plan.is_reduced:
        yield f"De afbeelding was scherper dan papier toont; ze is verkleind tot {plan.dpi} dpi."
        if image.format in _PHOTOS:
            image.draft(None, plan.pixels)
    if image.width * image.height * _PIXEL.get(image.mode, 4) > _MOST_MEMORY:
        raise _too_large()
    image.load()
    if image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
        yield "De plaats waar de foto is gemaakt stond erin; die is weggelaten."
    # Read only now: Pillow turns a TIFF upright when it loads it.
    turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    _place(pdf, _stored(pdf, image, plan, content), plan.printed, turn)


def _stored(pdf: Pdf, image: Image.Image, plan: _Plan, content: bytes) -> Object:
    """Return the picture in the packing that fits it; a photo that is not reduced, as it was."""
    is_photo = image.format in _PHOTOS
    if is_photo and not plan.is_reduced:
        as_it_was = bare_jpeg_stream(pdf, image, content)
        if as_it_was is not None:
            return as_it_was
    plain = _plain(image)
    if plan.is_reduced:
        plain = reduced(plain, plan.pixels)
    if plain.mode == "1":
        return fax_stream(pdf, plain)
    return jpeg_stream(pdf, plain, _QUALITY) if is_photo else lossless_stream(pdf, plain)


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in black and white, grey or colour, on white paper."""
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        # Sixteen bits to eight: Pillow itself would cut off what is above 255.
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.mode == "CMYK" and image.format in _PHOTOS and "adobe" not in image.info:
        # Pillow turns every CMYK JPEG over; only Adobe writes them so.
        return ImageChops.invert(image).convert("RGB")
    if "transparency" not in image.info and not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _place(pdf: Pdf, stream: Object, printed: tuple[float, float], turn: int) -> None:
    """Add a page of A4 with the picture in the middle, upright."""
    a, b, c, d, e, f = _TURNS.get(turn, _TURNS[1])
    wide, high = printed if a else (printed[1], printed[0])
    paper = A4 if wide <= high else (A4[1], A4[0])
    left, bottom = (paper[0] - wide) / 2, (paper[1] - high) / 2
    matrix = (a * wide, b * high, c * wide, d * high, left + e * wide, bottom + f * high)
    page = pdf.add_blank_page(page_size=paper)
    page.obj.Resources = Dictionary(XObject=Dictionary(Afbeelding=stream))
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    page.obj.Contents = pdf.make_stream(f"q {numbers} cm /Afbeelding Do Q".encode())
