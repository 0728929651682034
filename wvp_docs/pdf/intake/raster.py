"""Pictures as a PDF keeps them: photos as JPEG, black and white as a fax, the rest without loss."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from wvp_docs.pdf.intake.jpeg import bare

_COLOURS = {"1": Name.DeviceGray, "L": Name.DeviceGray, "RGB": Name.DeviceRGB}
_COLOURS |= {"CMYK": Name.DeviceCMYK}
_SPACES = {"L": b"GRAY", "RGB": b"RGB ", "CMYK": b"CMYK"}
_COMPRESSION, _STRIP, _PHOTOMETRIC, _ROWS = 259, 273, 262, 278


def jpeg_stream(pdf: Pdf, image: Image.Image, quality: int) -> Stream:
    """Return a grey, colour or CMYK picture as JPEG."""
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=quality, optimize=True)
    return _stream(pdf, image, packed.getvalue(), Name.DCTDecode)


def bare_jpeg_stream(pdf: Pdf, image: Image.Image, content: bytes) -> Stream | None:
    """Return a JPEG file as it is but for what it says about itself: maker, place, small copies.

    Args:
        pdf: where it will be kept.
        image: the same picture, opened.
        content: the file.

    Returns:
        None if a reader program of PDF may not understand the way it is packed.
    """
    packed = bare(content)
    if packed is None or image.mode not in _COLOURS:
        return None
    stream = _stream(pdf, image, packed, Name.DCTDecode)
    if image.mode == "CMYK" and "adobe" not in image.info:
        del stream.Decode
    return stream


def fax_stream(pdf: Pdf, image: Image.Image) -> Stream:
    """Return a picture in mode 1 as a fax machine packs it (CCITT group 4), without loss."""
    packed = io.BytesIO()
    image.save(packed, "TIFF", compression="group4", tiffinfo={_ROWS: image.height})
    with Image.open(packed) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]
        (start,), is_black_first = tags[_STRIP], tags[_PHOTOMETRIC] == 1
        length = tags[_STRIP + 6][0]
    content = packed.getvalue()[start : start + length]
    stream = _stream(pdf, image, content, Name.CCITTFaxDecode)
    stream.BitsPerComponent = 1
    stream.DecodeParms = Dictionary(
        K=-1, Columns=image.width, Rows=image.height, BlackIs1=is_black_first
    )
    return stream


def lossless_stream(pdf: Pdf, image: Image.Image) -> Stream:
    """Return a grey or colour picture without loss: a PDF keeps it as a PNG does."""
    packed = io.BytesIO()
    image.save(packed, "PNG")
    content, at, parts = packed.getvalue(), 8, []
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] == b"IDAT":
            parts.append(content[at + 8 : at + 8 + length])
        at += length + 12
    stream = _stream(pdf, image, b"".join(parts), Name.FlateDecode)
    stream.DecodeParms = Dictionary(
        Predictor=15, Colors=len(image.getbands()), BitsPerComponent=8, Columns=image.width
    )
    return stream


def reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture with fewer dots; black and white stays black and white."""
    grey = image.convert("L") if image.mode == "1" else image
    made = grey.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
    made.info = dict(image.info)
    return made.convert("1", dither=Image.Dither.NONE) if image.mode == "1" else made


def _stream(pdf: Pdf, image: Image.Image, content: bytes, packing: Name) -> Stream:
    stream = pdf.make_stream(b"")
    stream.write(content, filter=packing)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height, stream.BitsPerComponent = image.width, image.height, 8
    stream.ColorSpace = _colours(pdf, image)
    if packing == Name.DCTDecode and image.mode == "CMYK":
        # Pillow, as Adobe, writes CMYK turned over.
        stream.Decode = Array([1, 0] * 4)
    return stream


def _colours(pdf: Pdf, image: Image.Image) -> pikepdf.Object:
    """Return the colours that the picture was made in, if they fit it."""
    profile = image.info.get("icc_profile")
    plain = _COLOURS[image.mode]
    if not isinstance(profile, bytes) or profile[16:20] != _SPACES.get(image.mode):
        return plain
    described = pdf.make_stream(profile)
    described.N = len(image.getbands())
    return Array([Name.ICCBased, described])
