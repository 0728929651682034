"""The whole re-integratieverslag as one PDF: contents, parts, outline and one page number.

Knows pages and titles; which parts there are, and in what order, is its caller's business.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from wvp_docs.errors import OutputError, TemplateError
from wvp_docs.pdf.document import PdfInfo, describe, open_pdf, page_count, to_spool
from wvp_docs.pdf.joining import Joined
from wvp_docs.pdf.labels import PLAIN, Layout, labels_of
from wvp_docs.pdf.outline import Heading, read_outline, write_outline
from wvp_docs.pdf.sharing import share_streams
from wvp_docs.pdf.spool import Spooled
from wvp_docs.pdf.stamp import number_pages

CONTENTS = "Inhoud"
FRONT = "inhoud"
"""Key of the front in the ledger and in the labels that are kept; no part may have it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place in the bundle.

    Attributes:
        key: the same in every bundle of a case, such as `plan_van_aanpak`.
        title: as it stands in the outline.
        pdf: the document itself, its own outline is kept below its entry; None for a part of which
            only the sheet is here. One of the two is always there.
        level: depth of its entry, 0 for the top.
        number: printed before the title, `3` or `5a`; empty for none.
        sheet: the tab sheet before it, a finished PDF.
    """

    key: str
    title: str
    pdf: bytes | Spooled | None = None
    level: int = 0
    number: str = ""
    sheet: bytes | Spooled | None = None

    def pieces(self) -> list[bytes | Spooled]:
        """Return what it consists of, in order."""
        return [piece for piece in (self.sheet, self.pdf) if piece is not None]


@dataclass(frozen=True, slots=True)
class Bound:
    """The front or a part as it lies in the bundle.

    Attributes:
        labels: what is printed on each of its pages; its tab sheet and the blank pages that
            follow it are pages too.
    """

    key: str
    number: str
    title: str
    labels: tuple[str, ...]

    @property
    def pages(self) -> int:
        """The number of its pages."""
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The finished bundle; the ledger accounts for every page: the front first, then each part."""

    pdf: Spooled
    ledger: tuple[Bound, ...]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return self.pdf.pages


def page_labels(
    front_pages: int, parts: Sequence[Part], layout: Layout = PLAIN
) -> tuple[tuple[str, ...], ...]:
    """Return the labels of the pages of the front, and then of each part.

    Known before the contents are made, so that they can print the first one of each part.

    Raises:
        EngineError: if a part is no readable PDF.
        OutputError: if the labels that are kept cannot be used.
    """
    sizes = [[front_pages], *([_pages_of(piece) for piece in part.pieces()] for part in parts)]
    if layout.double_sided:
        last = sizes[-1][-1]
        sizes = [[size + size % 2 for size in part] for part in sizes]
        sizes[-1][-1] = last
    keys = [FRONT, *(part.key for part in parts)]
    return labels_of(keys, [sum(part) for part in sizes], layout.kept)


def assemble(
    front: bytes | Spooled,
    parts: Sequence[Part],
    *,
    info: PdfInfo,
    link_prefix: str,
    layout: Layout = PLAIN,
) -> Bundle:
    """Return the front and the parts as one PDF.

    Args:
        front: cover and contents; has one link to an address with `link_prefix` for each part,
            in the order of the parts, on the printed page number.
        parts: in the order of the bundle.
        info: what the bundle says about itself.
        link_prefix: start of the addresses that stand for a part; none of them is left over.
        layout: what lies on a right-hand page, and the numbers of an earlier bundle.

    Raises:
        EngineError: if the front or a part is no readable PDF.
        TemplateError: if the front has another number of links than there are parts.
        OutputError: if a page got lost, or the labels that are kept cannot be used.
    """
    everything = (Part(FRONT, CONTENTS, sheet=front), *parts)
    joined = Joined()
    headings = [_join(joined, part, layout) for part in everything]
    starts = [found[0].page for found in headings]
    counts = [end - start for start, end in itertools.pairwise([*starts, len(joined)])]
    labels = labels_of([part.key for part in everything], counts, layout.kept)
    with joined.open() as target:
        _link_contents(target, counts[0], parts, starts[1:], link_prefix)
        write_outline(target, list(itertools.chain.from_iterable(headings)))
        share_streams(target)
        number_pages(target, list(itertools.chain.from_iterable(labels)))
        target.Root.PageMode = Name.UseOutlines
        describe(target, info)
        pdf = to_spool(target)
    _check(page_count(pdf), sum(counts))
    found = zip(everything, labels, strict=True)
    ledger = tuple(Bound(part.key, part.number, part.title, its) for part, its in found)
    return Bundle(pdf, ledger)


def _join(joined: Joined, part: Part, layout: Layout) -> list[Heading]:
    """Add the pages of a part and return its entries in the outline, the one of the part first."""
    entries: list[Heading] = []
    for piece in part.pieces():
        if layout.double_sided and len(joined) % 2:
            joined.add_blank()
        with open_pdf(piece) as source:
            if not entries:
                title = f"{part.number} {part.title}".strip()
                entries.append(Heading(title, len(joined), part.level))
            if piece is part.pdf:
                entries += read_outline(source, len(joined), part.level + 1)
            if isinstance(piece, Spooled):
                _check(len(source.pages), piece.pages)
            joined.add(source)
    return entries


def _check(found: int, expected: int) -> None:
    if found != expected:
        raise OutputError(f"De bundel telt {found} bladzijden; de stukken {expected}.")


def _pages_of(piece: bytes | Spooled) -> int:
    return piece.pages if isinstance(piece, Spooled) else page_count(piece)


def _links(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    for annotation in page.obj.get("/Annots", ()):
        if annotation.get("/Subtype") == Name.Link:
            yield annotation


def _link_contents(
    target: Pdf, front_pages: int, parts: Sequence[Part], starts: Sequence[int], prefix: str
) -> None:
    """Turn each address on the contents page into a jump to its part, as wide as the line."""
    links = [
        (page, link)
        for page in target.pages[:front_pages]
        # LibreOffice writes links in any order; on paper they stand from top to bottom.
        for link in sorted(_links(page), key=lambda link: -float(link.Rect[1]))
        if str(link.get("/A", Dictionary()).get("/URI", "")).startswith(prefix)
    ]
    if len(links) != len(parts):
        raise TemplateError(
            f"De inhoudsopgave heeft {len(links)} koppelingen voor {len(parts)} stukken.",
            hint=f"Zet in het sjabloon op elke regel één koppeling naar {prefix}, op het "
            "paginanummer en op niets anders.",
        )
    for (page, link), part, start in zip(links, parts, starts, strict=True):
        del link.A
        link.Dest = Array([target.pages[start].obj, Name.XYZ, None, None, None])
        link.Contents = pikepdf.String(part.title)
        left, bottom, right, top = (float(edge) for edge in link.Rect)
        middle = float(page.mediabox[0]) + float(page.mediabox[2])
        # The number stands at one margin; the line ends as far from the other edge.
        link.Rect = [min(left, middle - right), bottom, max(right, middle - left), top]
