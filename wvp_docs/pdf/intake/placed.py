"""How sharp the pictures of a PDF are on paper: dots for each inch they are printed on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Page, Pdf, Stream

from wvp_docs.pdf.intake.opening import named, word

_DEEPEST, _MOST_DRAWN = 12, 20_000
"""Forms within forms, and things drawn on one page: more is no paper but a trap."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture where it is printed largest: its dots for each inch, and the points it covers."""

    picture: Stream
    dpi: float
    area: float


def placed_pictures(pdf: Pdf) -> tuple[Placed, ...]:
    """Return every picture that the pages draw, once, in the order of the pages.

    A page that cannot be read yields none: what is not measured is not touched.
    """
    found: dict[tuple[int, int], Placed] = {}
    for page in pdf.pages:
        _draw(page, found)
    return tuple(found.values())


def placed_on(page: Page) -> tuple[Placed, ...]:
    """Return every picture that a page draws, once; none of a page that cannot be read."""
    found: dict[tuple[int, int], Placed] = {}
    _draw(page, found)
    return tuple(found.values())


def _draw(page: Page, found: dict[tuple[int, int], Placed]) -> None:
    unit = float(page.obj.get("/UserUnit", 1))
    resources = page.obj.get("/Resources")
    _Walk(found).draw(page.obj, resources, Matrix(unit, 0, 0, unit, 0, 0), _DEEPEST)


class _Walk:
    """One page as it is drawn, with the forms that it draws in turn."""

    def __init__(self, found: dict[tuple[int, int], Placed]) -> None:
        self.found = found
        self.drawn = 0

    def draw(self, content: pikepdf.Object, resources: object, start: Matrix, depth: int) -> None:
        drawn = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        if not isinstance(drawn, Dictionary) or not depth:
            return
        try:
            steps = pikepdf.parse_content_stream(content, "q Q cm Do")
        except pikepdf.PikepdfError:
            return
        now, before = start, []
        for step in steps:
            does = word(step.operator)
            if does == "q":
                before.append(now)
            elif does == "Q":
                now = before.pop() if before else start
            elif does == "cm":
                now = _matrix(step.operands) @ now
            elif self.drawn < _MOST_DRAWN:
                self.drawn += 1
                self._paint(named(drawn, step.operands), resources, now, depth)

    def _paint(self, thing: object, resources: object, now: Matrix, depth: int) -> None:
        if not isinstance(thing, Stream):
            return
        if thing.get("/Subtype") == Name.Form:
            own = thing.get("/Resources", resources)
            inner = _matrix(thing.get("/Matrix", ())) @ now
            self.draw(thing, own, inner, depth - 1)
        elif thing.get("/Subtype") == Name.Image:
            self._measure(thing, now)

    def _measure(self, picture: Stream, now: Matrix) -> None:
        wide, high = math.hypot(now.a, now.b), math.hypot(now.c, now.d)
        across, down = picture.get("/Width"), picture.get("/Height")
        if not isinstance(across, int) or not isinstance(down, int) or min(wide, high) <= 0:
            return
        dpi = min(across / wide, down / high) * 72
        known = self.found.get(picture.objgen)
        if known is None or dpi < known.dpi:
            self.found[picture.objgen] = Placed(picture, dpi, wide * high)


def _matrix(numbers: object) -> Matrix:
    """Return six numbers as a matrix; anything else changes nothing."""
    try:
        return Matrix(*(float(number) for number in numbers))  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return Matrix()
