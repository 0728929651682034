"""One running page number on every page of a bundle, in a corner where no form prints."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name, Pdf

# The stamp stands 8 mm from the right edge and 5 mm from the bottom one: below the footer of any
# Word document, and still inside what a printer can reach.
_FROM_RIGHT, _FROM_BOTTOM, _SIZE = 23, 14, 8
_STAMP_FONT = Name("/WvpPaginanummer")
_ADVANCE = 560
# Ten digits as lines, each drawn in white and then in grey so that it reads on a dark scan too.
# Drawn here because an archive (PDF/A) wants every font inside the file, and a font of ours
# needs no licence, no dependency and 2 KB.
_DIGITS = (
    (
        "250 700 m 145 700 60 543 60 350 c 60 157 145 0 250 0 c 355 0 440 157 440 350 c "
        "440 543 355 700 250 700 c h"
    ),
    "110 560 m 270 700 l 270 0 l",
    "70 500 m 70 620 150 700 250 700 c 350 700 430 620 430 510 c 430 400 330 320 60 0 c 440 0 l",
    (
        "80 590 m 110 660 170 700 245 700 c 345 700 415 625 415 535 c 415 440 345 375 230 375 c "
        "355 375 440 300 440 190 c 440 75 355 0 245 0 c 160 0 90 45 60 125 c"
    ),
    "340 0 m 340 700 l 50 200 l 460 200 l",
    (
        "410 700 m 120 700 l 90 400 l 130 430 190 450 250 450 c 360 450 440 350 440 225 c "
        "440 100 360 0 245 0 c 160 0 90 45 60 120 c"
    ),
    (
        "370 680 m 180 620 65 430 65 225 c 65 90 145 0 255 0 c 365 0 440 90 440 215 c "
        "440 340 365 425 260 425 c 150 425 75 340 65 225 c"
    ),
    "60 700 m 440 700 l 200 0 l",
    (
        "250 700 m 164 700 95 628 95 540 c 95 452 164 375 250 375 c 336 375 405 452 405 540 c "
        "405 628 336 700 250 700 c h 250 375 m 145 375 60 291 60 188 c 60 84 145 0 250 0 c "
        "355 0 440 84 440 188 c 440 291 355 375 250 375 c h"
    ),
    (
        "130 20 m 320 80 435 270 435 475 c 435 610 355 700 245 700 c 135 700 60 610 60 485 c "
        "60 360 135 275 240 275 c 350 275 425 360 435 475 c"
    ),
)


def stamp(target: Pdf) -> None:
    """Print the running number in the bottom right corner of every page as it is read."""
    font = target.make_indirect(_stamp_font(target))
    for number, page in enumerate(target.pages, start=1):
        page.add_resource(font, Name.Font, _STAMP_FONT, replace_existing=True)
        # A page may leave its coordinates turned over; the stamp must not depend on that.
        page.contents_add(b"q", prepend=True)
        page.contents_add(
            f"Q /Artifact BMC q BT {_STAMP_FONT} {_SIZE} Tf {_corner(page, str(number))} Tm "
            f"({number}) Tj ET Q EMC".encode()
        )


def _corner(page: pikepdf.Page, text: str) -> str:
    """Return the text matrix that puts `text` in the corner, whichever way the page is turned."""
    x0, y0, x1, y1 = (float(edge) for edge in page.cropbox)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    wide = x1 - x0 if turn in {0, 180} else y1 - y0
    x, y = wide - _FROM_RIGHT - len(text) * _ADVANCE * _SIZE / 1000, float(_FROM_BOTTOM)
    matrix = {
        0: (1, 0, 0, 1, x0 + x, y0 + y),
        90: (0, 1, -1, 0, x1 - y, y0 + x),
        180: (-1, 0, 0, -1, x1 - x, y1 - y),
        270: (0, -1, 1, 0, x0 + y, y1 - x),
    }[turn]
    return " ".join(f"{number:.2f}" for number in matrix)


def _stamp_font(target: Pdf) -> Dictionary:
    """Return a font of ten digits, drawn with lines inside the PDF itself."""
    glyphs = {
        f"/d{digit}": target.make_stream(
            f"{_ADVANCE} 0 d0 1 J 1 j 1 G 200 w {path} S 0.35 G 75 w {path} S".encode()
        )
        for digit, path in enumerate(_DIGITS)
    }
    names = [Name(f"/d{digit}") for digit in range(10)]
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Cijfers def "
        b"/CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange "
        b"1 beginbfrange <30> <39> <0030> endbfrange endcmap end end"
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[-60, -60, 560, 760],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=0x30,
        LastChar=0x39,
        Widths=[_ADVANCE] * 10,
        Encoding=Dictionary(Type=Name.Encoding, Differences=[0x30, *names]),
        CharProcs=Dictionary(glyphs),
        Resources=Dictionary(),
        ToUnicode=target.make_stream(to_unicode),
    )
