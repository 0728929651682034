"""One picture inside a PDF, packed again: what it is drawn with and where stays as it was."""

from __future__ import annotations

import struct
import warnings
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, PdfImage, Stream
from PIL import Image

from wvp_docs.pdf.intake.opening import filters_of, word
from wvp_docs.pdf.intake.raster import fax_stream, jpeg_stream, lossless_stream, reduced

_PLAIN = frozenset(
    {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased", "/Indexed"}
)
# What Pillow or qpdf cannot unpack, or not within bounds.
_CLOSED = frozenset({"/JBIG2Decode", "/LZWDecode", "/LZW", "/Crypt"})
_FAXES = frozenset({"/CCITTFaxDecode", "/CCF", "/JBIG2Decode"})
_MOST_PIXELS = 150_000_000
_SMALLEST = 4096
"""Bytes of a picture below which nothing is won."""

_SLACK = 1.05
_GAIN = 0.95
_BROKEN = (
    pikepdf.PikepdfError,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    RuntimeError,
    ArithmeticError,
    MemoryError,
    AttributeError,
    NotImplementedError,
    struct.error,
    zlib.error,
)  # fmt: skip  what pikepdf and Pillow raise on a picture that is broken or of an odd kind


def pack_as_fax(pdf: Pdf, picture: Stream) -> None:
    """Pack a picture in black and white as a fax is, without loss, if that is smaller."""
    if set(filters_of(picture)) & _FAXES or picture.get("/BitsPerComponent") != 1:
        return
    image = _opened(picture)
    if image is not None and image.mode == "1":
        _exchange(picture, fax_stream(pdf, image))


def give_up(pdf: Pdf, picture: Stream, dpi: float, *, wanted: tuple[int, int], quality: int) -> int:
    """Make a picture smaller in bytes, and return the dots per inch that are left of it.

    Args:
        pdf: where the picture is.
        picture: the picture, changed in place.
        dpi: the dots that it has for each inch of paper.
        wanted: the most that it may keep: in colour or grey, and in black and white.
        quality: of a JPEG, up to 100.

    Returns:
        0 if the picture was left alone: it would not get smaller, or not stay right.
    """
    image = _opened(picture)
    if image is None:
        return 0
    is_fax = image.mode == "1"
    scale = min(1.0, wanted[is_fax] / dpi)
    if scale * _SLACK > 1:
        scale = 1.0
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if is_fax and scale == 1:
        return 0
    plain = image.convert("RGB") if image.mode not in {"1", "L", "RGB", "CMYK"} else image
    smaller = reduced(plain, size) if scale < 1 else plain
    made = fax_stream(pdf, smaller) if is_fax else jpeg_stream(pdf, smaller, quality)
    is_jpeg = "/DCTDecode" in filters_of(picture)
    is_changed = _exchange(picture, made)
    if is_changed and image.mode == "CMYK" and not is_jpeg:
        # Pillow turns CMYK over when it writes a JPEG, as it does when it reads one.
        _turn_over(picture)
    if scale < 1:
        is_changed = _reduce_mask(pdf, picture, scale) or is_changed
    return round(dpi * scale) if is_changed else 0


def _opened(picture: Stream) -> Image.Image | None:
    """Return the picture as its dots, or None if packing it again would not keep it right."""
    colours = picture.get("/ColorSpace")
    family = word(colours[0] if isinstance(colours, Array) and len(colours) else colours)
    mask = picture.get("/SMask")
    parms = picture.get("/DecodeParms")
    if (
        len(picture.read_raw_bytes()) < _SMALLEST
        or int(picture.get("/Width", 0)) * int(picture.get("/Height", 0)) > _MOST_PIXELS
        or family not in _PLAIN
        or set(filters_of(picture)) & _CLOSED
        or bool(picture.get("/ImageMask"))
        # These name colours, or dots, one by one.
        or isinstance(picture.get("/Mask"), Array)
        or (isinstance(mask, Stream) and "/Matte" in mask)
        or "/SMaskInData" in picture
        or any(isinstance(one, Dictionary) and "/ColorTransform" in one for one in _each(parms))
    ):
        return None
    try:
        with warnings.catch_warnings():
            # Pillow warns of many dots; they are counted above.
            warnings.simplefilter("ignore")
            image = PdfImage(picture).as_pil_image(apply_decode_array=False)
            image.load()
    except _BROKEN:
        return None
    return image


def _each(value: object) -> list[object]:
    return list(value) if isinstance(value, Array) else [value]


def _exchange(picture: Stream, made: Stream) -> bool:
    """Put the new packing in the place of the old one if it is clearly smaller."""
    content = made.read_raw_bytes()
    if len(content) > len(picture.read_raw_bytes()) * _GAIN:
        return False
    colours = picture.ColorSpace
    if isinstance(colours, Array) and colours[0] == Name.Indexed:
        picture.ColorSpace = made.ColorSpace
        if "/Decode" in picture:
            del picture.Decode
    parms = made.get("/DecodeParms")
    picture.write(
        content,
        filter=Name(str(made.Filter)),
        decode_parms=parms if isinstance(parms, Dictionary) else None,
    )
    for key in ("/Width", "/Height", "/BitsPerComponent"):
        picture[key] = made[key]
    for key in ("/Alternates", "/Metadata", "/OPI"):
        if key in picture:
            del picture[key]
    return True


def _turn_over(picture: Stream) -> None:
    if "/Decode" in picture and [float(number) for number in picture.Decode] == [1, 0] * 4:
        del picture.Decode
    else:
        picture.Decode = Array([1, 0] * 4)


def _reduce_mask(pdf: Pdf, picture: Stream, scale: float) -> bool:
    """Reduce what makes a picture transparent as the picture itself, without losing a shade."""
    mask = picture.get("/SMask")
    if not isinstance(mask, Stream):
        return False
    image = _opened(mask)
    if image is None or image.mode != "L":
        return False
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return _exchange(mask, lossless_stream(pdf, reduced(image, size)))
