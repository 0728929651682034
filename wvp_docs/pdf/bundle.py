"""The whole re-integratieverslag as one PDF: contents, parts, outline and one page number.

Knows pages and titles; which parts there are, and in what order, is its caller's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream

from wvp_docs.errors import OutputError, TemplateError
from wvp_docs.pdf.document import PdfInfo, describe, open_pdf, page_count, to_bytes
from wvp_docs.pdf.stamp import stamp

CONTENTS = "Inhoud"

# A page of a document, counted from 0, and how it is shown: what follows the page in a /Dest.
Place: TypeAlias = tuple[int, list[pikepdf.Object]]


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
        stamp(target)
        target.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=1)])
        target.Root.PageMode = Name.UseOutlines
        describe(target, info)
        return Bundle(to_bytes(target), len(target.pages), starts)


def _starts(front_pages: int, counts: Sequence[int]) -> tuple[int, ...]:
    return tuple(1 + front_pages + sum(counts[:index]) for index in range(len(counts)))


def _append(target: Pdf, source: Pdf) -> None:
    """Add all pages of a document with the links between them."""
    if "/AcroForm" in source.Root:
        # The fields of a form do not survive the move; what was filled in must.
        source.flatten_annotations("all")
    offset = len(target.pages)
    target.add_pages_from(source, forms="strip")
    for page in target.pages[offset:]:
        # Keys into a structure tree that stays behind.
        if "/StructParents" in page.obj:
            del page.obj.StructParents


def _links(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    for annotation in page.obj.get("/Annots", ()):
        if annotation.get("/Subtype") == Name.Link:
            yield annotation


def _destination(source: Pdf, item: pikepdf.Object) -> Place | None:
    """Return where in its own document an outline entry leads."""
    found = item.get("/Dest")
    if found is None and "/A" in item and item.A.get("/S") == Name.GoTo:
        found = item.A.get("/D")
    if isinstance(found, pikepdf.String | Name):
        found = _named(source, found)
    if isinstance(found, Dictionary):
        found = found.get("/D")
    if not isinstance(found, Array) or not len(found):
        return None
    for number, page in enumerate(source.pages):
        if page.obj.objgen == found[0].objgen:
            return number, list(found)[1:]
    return None


def _named(source: Pdf, name: pikepdf.Object) -> pikepdf.Object | None:
    """Return the destination with this name, from the two places where a PDF may keep it."""
    if isinstance(name, Name):
        return source.Root.get("/Dests", Dictionary()).get(name)
    tree = source.Root.get("/Names", Dictionary()).get("/Dests")
    return None if tree is None else pikepdf.NameTree(tree).get(str(name))


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
        link.Dest = Array([target.pages[start - 1].obj, Name.XYZ, None, None, None])
        link.Contents = pikepdf.String(part.title)
        left, bottom, right, top = (float(edge) for edge in link.Rect)
        middle = float(page.mediabox[0]) + float(page.mediabox[2])
        # The number stands at one margin; the line ends as far from the other edge.
        link.Rect = [min(left, middle - right), bottom, max(right, middle - left), top]


def _outline(
    target: Pdf, sources: Sequence[Pdf], parts: Sequence[Part], starts: Sequence[int]
) -> None:
    with target.open_outline() as outline:
        outline.root.append(OutlineItem(CONTENTS, 0))
        above: list[OutlineItem] = []
        for source, part, start in zip(sources, parts, starts, strict=True):
            entry = OutlineItem(f"{part.number} {part.title}".strip(), start - 1)
            entry.is_closed = True
            with source.open_outline() as own:
                entry.children.extend(_moved(source, target, own.root, start - 1))
            del above[part.level :]
            (above[-1].children if above else outline.root).append(entry)
            above.append(entry)


def _moved(
    source: Pdf, target: Pdf, items: Sequence[OutlineItem], offset: int
) -> Iterator[OutlineItem]:
    """Copy the outline of a part; an entry that leads nowhere passes on what is below it."""
    for item in items:
        below = list(_moved(source, target, item.children, offset))
        found = _destination(source, item.obj) if item.obj is not None else None
        if found is None:
            yield from below
            continue
        entry = OutlineItem(item.title, Array([target.pages[offset + found[0]].obj, *found[1]]))
        entry.children.extend(below)
        entry.is_closed = True
        yield entry


def _share_streams(target: Pdf) -> None:
    """Keep one copy of a logo or a font that several parts bring along."""
    seen: dict[bytes, pikepdf.Object] = {}
    for page in target.pages:
        resources = page.obj.get("/Resources", Dictionary())
        for holder in (resources.get("/XObject", Dictionary()), *_font_files(resources)):
            for key, value in holder.items():
                if isinstance(value, Stream) and value.get("/Subtype") != Name.Form:
                    holder[key] = _first_of(value, seen)


def _font_files(resources: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for font in resources.get("/Font", Dictionary()).values():
        for part in (font, *font.get("/DescendantFonts", ())):
            if "/FontDescriptor" in part:
                yield part.FontDescriptor


def _first_of(stream: pikepdf.Object, seen: dict[bytes, pikepdf.Object]) -> pikepdf.Object:
    """Return the first stream with these bytes and these properties: a logo, its mask, a font."""
    if "/SMask" in stream:
        stream.SMask = _first_of(stream.SMask, seen)
    says = Dictionary(dict(stream.items())).unparse()
    return seen.setdefault(sha256(says + stream.read_raw_bytes()).digest(), stream)
