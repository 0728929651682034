"""What a screen reader reads of a PDF: only of what stands on its pages.

Of a page, a layer or a picture that was taken out the words may still stand in the structure.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Pdf

from wvp_docs.pdf.intake.drawn import Marks, Objects

_WORDS = ("/Alt", "/ActualText", "/E", "/T", "/Lang", "/A", "/ID")


def keep_marked(pdf: Pdf, marks: Marks, there: Objects) -> Objects:
    """Take the parts of which nothing is drawn out of the structure; return which stay.

    Args:
        pdf: changed in place.
        marks: by content, the numbers under which the structure knows what it draws.
        there: the pages, and the annotations on them.
    """
    tree = pdf.Root.get("/StructTreeRoot")
    if not isinstance(tree, Dictionary):
        return frozenset()
    pruner = _Pruner(marks, there)
    if pruner.keeps(tree, None):
        return frozenset(pruner.kept) - {(0, 0)}
    del pdf.Root.StructTreeRoot
    if "/MarkInfo" in pdf.Root:
        del pdf.Root.MarkInfo
    return frozenset()


class _Pruner:
    def __init__(self, marks: Marks, there: Objects) -> None:
        self.marks = marks
        self.there = there
        self.kept: set[tuple[int, int]] = set()
        self._seen: set[tuple[int, int]] = set()

    def keeps(self, part: pikepdf.Object, page: pikepdf.Object | None) -> bool:
        """Leave of a part what is drawn, on this page if it names none; return whether it stays."""
        if part.is_indirect:
            if part.objgen in self._seen:
                return part.objgen in self.kept
            self._seen.add(part.objgen)
        page = part.get("/Pg", page)
        below = part.get("/K")
        if below is None:
            # An empty cell of a table has its place, and nothing to say.
            for key in _WORDS:
                if key in part:
                    del part[key]
        else:
            kept = Array(self._kept(below, page))
            if not len(kept):
                return False
            part.K = kept
        self.kept.add(part.objgen)
        return True

    def _kept(self, below: object, page: pikepdf.Object | None) -> Iterator[object]:
        for one in below if isinstance(below, Array) else [below]:
            if isinstance(one, int):
                if self._is_drawn(page, one):
                    yield one
            elif not isinstance(one, Dictionary):
                continue
            elif "/Obj" in one:
                if isinstance(one.Obj, Dictionary) and one.Obj.objgen in self.there:
                    yield one
            elif isinstance(number := one.get("/MCID"), int):
                if self._is_drawn(one.get("/Stm", one.get("/Pg", page)), number):
                    yield one
            elif self.keeps(one, page):
                yield one

    def _is_drawn(self, content: pikepdf.Object | None, number: int) -> bool:
        if not isinstance(content, Dictionary | pikepdf.Stream):
            return False
        numbers = self.marks.get(content.objgen, frozenset())
        return numbers is None or number in numbers
