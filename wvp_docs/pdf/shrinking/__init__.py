"""Brings a PDF under a number of bytes: first without any loss, then by its pictures alone.

Text and lines stay text and lines. Of the pictures as little is given up as will do, and never so
much that a scan cannot be read.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf

from wvp_docs.pdf.document import open_pdf, to_bytes
from wvp_docs.pdf.intake.placed import placed_pictures
from wvp_docs.pdf.sharing import share_streams
from wvp_docs.pdf.shrinking.recoding import give_up, pack_as_fax

LEAST_DPI, LEAST_FAX_DPI = 100, 200
"""Below this small print can no longer be read: in colour and grey, and in black and white."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A PDF that fits.

    Attributes:
        pdf: with the same text, lines, links and outline.
        dpi: what is left of the least sharp picture that was changed; 0 if nothing was given up.
    """

    pdf: bytes
    dpi: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What may be kept: dots per inch in colour and in black and white, and quality of JPEG."""

    dpi: int
    fax_dpi: int
    quality: int


_STEPS = (
    _Step(400, 600, 88),
    _Step(300, 600, 85),
    _Step(250, 400, 80),
    _Step(200, 300, 80),
    _Step(200, 300, 70),
    _Step(150, 300, 75),
    _Step(150, 250, 60),
    _Step(120, 200, 60),
    _Step(LEAST_DPI, LEAST_FAX_DPI, 60),
    _Step(LEAST_DPI, LEAST_FAX_DPI, 45),
)


def shrink(pdf: bytes, limit: int) -> Shrunk | None:
    """Return the PDF in at most `limit` bytes, with as little given up as will do.

    Returns:
        None if it does not fit without giving up text, lines or readability.

    Raises:
        EngineError: if the bytes are no PDF.
    """
    if len(pdf) <= limit:
        return Shrunk(pdf, 0)
    packed = _repack(pdf)
    if len(packed) <= limit:
        return Shrunk(packed, 0)
    # Each step gives up more than the one before it: the first that fits is found by halving.
    best: Shrunk | None = None
    low, high = 0, len(_STEPS)
    while low < high:
        middle = (low + high) // 2
        made = _reduce(packed, _STEPS[middle])
        if len(made.pdf) <= limit:
            best, high = made, middle
        else:
            low = middle + 1
    return best


def _reduce(pdf: bytes, step: _Step) -> Shrunk:
    with open_pdf(pdf) as document:
        wanted = (step.dpi, step.fax_dpi)
        left = [
            give_up(document, placed.picture, placed.dpi, wanted=wanted, quality=step.quality)
            for placed in placed_pictures(document)
        ]
        return Shrunk(to_bytes(document), min(filter(None, left), default=0))


def _repack(pdf: bytes) -> bytes:
    """Return the same PDF without waste, or as it is if there was none."""
    with open_pdf(pdf) as document:
        for placed in placed_pictures(document):
            pack_as_fax(document, placed.picture)
        share_streams(document)
        plain = to_bytes(document)
        again = io.BytesIO()
        # Not always better: it undoes the way in which PNG prepares a picture for packing.
        document.save(
            again,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return min((pdf, plain, again.getvalue()), key=len)
