"""One page number on every page of a bundle, in a corner where no form prints."""

from __future__ import annotations

from collections.abc import Sequence
from string import digits

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from wvp_docs.pdf.strokes import STROKES

# The stamp stands 8 mm from the right edge and 5 mm from the bottom one: below the footer of any
# Word document, and still inside what a printer can reach.
_FROM_RIGHT, _FROM_BOTTOM, _SIZE = 23, 14, 8
_STAMP_FONT = Name("/WvpPaginanummer")
_ADVANCE = 560
# A letter is as high as three quarters of a digit: 12O must not read as 120.
_LETTER = 0.75


def number_pages(target: Pdf, labels: Sequence[str]) -> None:
    """Print its label on every page, and have reader programs show the same.

    Args:
        target: the document.
        labels: one for each page: digits, and more after them where papers came in late.
    """
    target.Root.PageLabels = Dictionary(Nums=_runs(labels))
    font = target.make_indirect(_stamp_font(target, labels))
    # A page may leave its coordinates turned over; the stamp must not depend on that.
    before = target.make_stream(b"q")
    seen: set[tuple[int, int]] = set()
    for page, label in zip(target.pages, labels, strict=True):
        _add_font(page.obj, font, seen)
        after = target.make_stream(
            f"Q /Artifact BMC q BT {_STAMP_FONT} {_SIZE} Tf {_corner(page, label)} Tm "
            f"({label}) Tj ET Q EMC".encode()
        )
        drawn = page.obj.get("/Contents", ())
        streams = (drawn,) if isinstance(drawn, Stream) else drawn
        page.obj.Contents = Array([before, *streams, after])


def _runs(labels: Sequence[str]) -> Array:
    """Return the labels in the way a PDF holds them: by stretches that count on."""
    found: list[object] = []
    expected = ""
    for index, label in enumerate(labels):
        if not label.isdigit():
            found += [index, Dictionary(P=String(label))]
        elif label != expected:
            found += [index, Dictionary(S=Name.D, St=int(label))]
        expected = str(int(label) + 1) if label.isdigit() else ""
    return Array(found)


def _add_font(page: pikepdf.Object, font: pikepdf.Object, seen: set[tuple[int, int]]) -> None:
    """Let a page draw with the font; what several pages share is done once."""
    resources = page.get("/Resources")
    if resources is None:
        resources = page.Resources = Dictionary()
    if resources.objgen in seen:
        return
    if resources.is_indirect:
        seen.add(resources.objgen)
    if "/Font" not in resources:
        resources.Font = Dictionary()
    resources.Font[_STAMP_FONT] = font


def _corner(page: pikepdf.Page, text: str) -> str:
    """Return the text matrix that puts `text` in the corner, whichever way the page is turned."""
    x0, y0, x1, y1 = (float(edge) for edge in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) // 90 * 90 % 360
    wide = x1 - x0 if turn in {0, 180} else y1 - y0
    x, y = wide - _FROM_RIGHT - sum(map(_advance, text)) * _SIZE / 1000, float(_FROM_BOTTOM)
    matrix = {
        0: (1, 0, 0, 1, x0 + x, y0 + y),
        90: (0, 1, -1, 0, x1 - y, y0 + x),
        180: (-1, 0, 0, -1, x1 - x, y1 - y),
        270: (0, -1, 1, 0, x0 + y, y1 - x),
    }[turn]
    return " ".join(f"{number:.2f}" for number in matrix)


def _advance(sign: str) -> int:
    return _ADVANCE if sign.isdigit() else round(_ADVANCE * _LETTER)


def _stamp_font(target: Pdf, labels: Sequence[str]) -> Dictionary:
    """Return a font of the digits and the letters that are used, drawn inside the PDF itself.

    Each sign is drawn in white and then in grey, so that it reads on a dark scan too.
    """
    signs = sorted({*digits, *"".join(labels)})
    codes = range(ord(signs[0]), ord(signs[-1]) + 1)
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Cijfers def "
        b"/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange "
        b"1 beginbfchar <2E> <002E> endbfchar "
        b"2 beginbfrange <30> <39> <0030> <41> <5A> <0041> endbfrange endcmap end end"
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[-60, -140, 560, 800],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=codes.start,
        LastChar=codes.stop - 1,
        Widths=[_advance(chr(code)) if chr(code) in signs else 0 for code in codes],
        Encoding=Dictionary(
            Type=Name.Encoding,
            Differences=[part for sign in signs for part in (ord(sign), Name(f"/d{sign}"))],
        ),
        CharProcs=Dictionary({f"/d{sign}": target.make_stream(_drawn(sign)) for sign in signs}),
        Resources=Dictionary(),
        ToUnicode=target.make_stream(to_unicode),
    )


def _drawn(sign: str) -> bytes:
    scale = 1 if sign.isdigit() else _LETTER
    path = STROKES[sign]
    return (
        f"{_advance(sign)} 0 d0 {scale} 0 0 {scale} 0 0 cm 1 J 1 j "
        f"1 G 200 w {path} S 0.35 G {75 / scale:.0f} w {path} S"
    ).encode()
