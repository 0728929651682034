"""The whole re-integratieverslag as one PDF: contents, parts, outline and one page number.

Knows pages and titles; which parts there are, and in what order, is its caller's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from wvp_docs.errors import OutputError, TemplateError
from wvp_docs.pdf import PdfInfo, describe, open_pdf, page_count, to_bytes

CONTENTS = "Inhoud"

# The stamp stands 8 mm from the right edge and 5 mm from the bottom one: below the footer of any
# Word document, and still inside what a printer can reach.
_FROM_RIGHT, _FROM_BOTTOM, _SIZE = 23, 14, 8
_STAMP_FONT = Name("/WvpPaginanummer")
_ADVANCE = 560
# Ten digits as lines, each drawn in white and then in grey so that it reads on a dark scan too.
# Drawn here because an archive (PDF/A) wants every font inside the file, and a font of ours
# needs no licence, no dependency and 2 KB.
_DIGITS = (
    "250 700 m 145 700 60 543 60 350 c 60 157 145 0 250 0 c 355 0 440 157 440 350 c "
    "440 543 355 700 250 700 c h",
    "110 560 m 270 700 l 270 0 l",
    "70 500 m 70 620 150 700 250 700 c 350 700 430 620 430 510 c 430 400 330 320 60 0 c 440 0 l",
    "80 590 m 110 660 170 700 245 700 c 345 700 415 625 415 535 c 415 440 345 375 230 375 c "
    "355 375 440 300 440 190 c 440 75 355 0 245 0 c 160 0 90 45 60 125 c",
    "340 0 m 340 700 l 50 200 l 460 200 l",
    "410 700 m 120 700 l 90 400 l 130 430 190 450 250 450 c 360 450 440 350 440 225 c "
    "440 100 360 0 245 0 c 160 0 90 45 60 120 c",
    "370 680 m 180 620 65 430 65 225 c 65 90 145 0 255 0 c 365 0 440 90 440 215 c "
    "440 340 365 425 260 425 c 150 425 75 340 65 225 c",
    "60 700 m 440 700 l 200 0 l",
    "250 700 m 164 700 95 628 95 540 c 95 452 164 375 250 375 c 336 375 405 452 405 540 c "
    "405 628 336 700 250 700 c h 250 375 m 145 375 60 291 60 188 c 60 84 145 0 250 0 c "
    "355 0 440 84 440 188 c 440 291 355 375 250 375 c h",
    "130 20 m 320 80 435 270 435 475 c 435 610 355 700 245 700 c 135 700 60 610 60 485 c "
    "60 360 135 275 240 275 c 350 275 425 360 435 475 c",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One document in the bundle.

    Attributes:
        title: as it stands in the outline.
        pdf: the document itself; its own outline is kept below its entry.
        level: depth of its entry, 0 for the top.
        number: printed before the title, `3` or `5a`; empty for none.
    """

    title: str
    pdf: bytes
    level: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The finished bundle; `first_pages` gives for each part its first page, counted from 1."""

    pdf: bytes
    pages: int
    first_pages: tuple[int, ...]


def first_pages(front_pages: int, parts: Sequence[Part]) -> tuple[int, ...]:
    """Return the page on which each part will start, counted from 1.

    Known before the contents are made, so that they can print it.
    """
    return _starts(front_pages, [page_count(part.pdf) for part in parts])


def assemble(front: bytes, parts: Sequence[Part], *, info: PdfInfo, link_prefix: str) -> Bundle:
    """Return the front and the parts as one PDF.

    Args:
        front: cover and contents; has one link to an address with `link_prefix` for each part,
            in the order of the parts, on the printed page number.
        parts: in the order of the bundle.
        info: what the bundle says about itself.
        link_prefix: start of the addresses that stand for a part; none of them is left over.

    Raises:
        EngineError: if the front or a part is no readable PDF.
        TemplateError: if the front has another number of links than there are parts.
        OutputError: if a page got lost.
    """
    with ExitStack() as stack:
        target = stack.enter_context(Pdf.new())
        sources = [
            stack.enter_context(open_pdf(pdf)) for pdf in (front, *(part.pdf for part in parts))
        ]
        counts = [len(source.pages) for source in sources]
        starts = _starts(counts[0], counts[1:])
        for source in sources:
            _append(target, source)
        if len(target.pages) != sum(counts):
            raise OutputError(
                f"De bundel telt {len(target.pages)} bladzijden; de stukken {sum(counts)}."
            )
        _link_contents(target, counts[0], parts, starts, link_prefix)
        _outline(target, sources[1:], parts, starts)
        _share_streams(target)
        _stamp(target)
        target.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=1)])
        target.Root.PageMode = Name.UseOutlines
        describe(target, info)
        return Bundle(to_bytes(target), len(target.pages), starts)


def _starts(front_pages: int, counts: Sequence[int]) -> tuple[int, ...]:
    return tuple(1 + front_pages + sum(counts[:index]) for index in range(len(counts)))


def _append(target: Pdf, source: Pdf) -> None:
    """Add all pages of a document, and let its own links point at their new places."""
    if "/AcroForm" in source.Root:
        # The fields of a form do not survive the move; what was filled in must.
        source.flatten_annotations()
    offset = len(target.pages)
    jumps = [
        (number, index, found)
        for number, page in enumerate(source.pages)
        for index, link in enumerate(_links(page))
        if (found := _destination(source, link))
    ]
    target.pages.extend(source.pages)
    for page in target.pages[offset:]:
        # Keys into a structure tree that stays behind.
        page.obj.pop("/StructParents", None)
    for number, index, (place, view) in jumps:
        link = list(_links(target.pages[offset + number]))[index]
        link.pop("/A", None)
        link.Dest = Array([target.pages[offset + place].obj, *view])


def _links(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    for annotation in page.obj.get("/Annots", ()):
        if annotation.get("/Subtype") == Name.Link:
            yield annotation


def _destination(
    source: Pdf, item: pikepdf.Object
) -> tuple[int, list[pikepdf.Object | int | float]] | None:
    """Return to which page of its own document a link or an outline entry leads, and the view."""
    found = item.get("/Dest")
    action = item.get("/A")
    if found is None and action is not None and action.get("/S") == Name.GoTo:
        found = action.get("/D")
    if isinstance(found, pikepdf.String | pikepdf.Name):
        found = _named(source, str(found))
    if isinstance(found, Dictionary):
        found = found.get("/D")
    if not isinstance(found, Array) or not len(found):
        return None
    return None
