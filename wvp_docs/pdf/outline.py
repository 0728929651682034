"""The outline of a PDF, taken loose from one document and written into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry.

    Attributes:
        page: where it leads, counted from 0.
        level: its depth, 0 for the top.
        shown: how that page is shown: what follows the page in a /Dest.
    """

    title: str
    page: int
    level: int = 0
    shown: tuple[object, ...] = (Name.Fit,)


def read_outline(source: Pdf, page: int, level: int) -> Iterator[Heading]:
    """Yield the entries in order; one that leads nowhere passes on what is below it.

    Args:
        source: the document; an outline that is damaged is as none.
        page: what becomes of its first page.
        level: what becomes of its top level.
    """
    if "/Outlines" not in source.Root:
        return
    pages = {page.obj.objgen: number for number, page in enumerate(source.pages, start=page)}
    items: list[OutlineItem] = []
    with suppress(pikepdf.OutlineStructureError):
        items = source.open_outline().root
    yield from _read(source, items, pages, level)


def _read(
    source: Pdf, items: Sequence[OutlineItem], pages: Mapping[tuple[int, int], int], level: int
) -> Iterator[Heading]:
    for item in items:
        found = None if item.obj is None else destination(source, item.obj)
        page = None if found is None else pages.get(found[0].objgen)
        below = level
        if found is not None and page is not None:
            # Between number and text a converter leaves a tab.
            yield Heading(" ".join(item.title.split()), page, level, tuple(found)[1:])
            below = level + 1
        yield from _read(source, item.children, pages, below)


def destination(source: Pdf, entry: pikepdf.Object) -> Array | None:
    """Return the page of its own document to which an entry or a link leads, and how it shows."""
    found, action = entry.get("/Dest"), _inside(entry, "/A")
    if found is None and action.get("/S") == Name.GoTo:
        found = action.get("/D")
    if isinstance(found, pikepdf.String | Name):
        found = _named(source, found)
    if isinstance(found, Dictionary):
        found = found.get("/D")
    if isinstance(found, Array) and len(found) and isinstance(found[0], Dictionary):
        return found
    return None


def _named(source: Pdf, name: pikepdf.Object) -> pikepdf.Object | None:
    """Return the destination with this name, from the two places where a PDF may keep it."""
    if isinstance(name, Name):
        return _inside(source.Root, "/Dests").get(name)
    names = _inside(source.Root, "/Names")
    return pikepdf.NameTree(names.Dests).get(str(name)) if "/Dests" in names else None


def _inside(holder: pikepdf.Object, key: str) -> pikepdf.Object:
    """Return the dictionary under the key; an empty one when there is none, or something else."""
    found = holder.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def write_outline(target: Pdf, headings: Sequence[Heading]) -> None:
    """Write the outline, every entry of it closed."""
    pages = [page.obj for page in target.pages]
    with target.open_outline() as outline:
        above: list[tuple[int, OutlineItem]] = []
        for heading in headings:
            item = OutlineItem(heading.title, Array([pages[heading.page], *heading.shown]))
            item.is_closed = True
            while above and above[-1][0] >= heading.level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((heading.level, item))
