"""The text of a PDF as a reader program copies it, and whether a text is on its pages.

Tolerant of what a line, a page or a font may change in a text, and of nothing else.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2

# What may come or go between Word and paper without a reader noticing.
_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]+"
)
# A hyphen inside a word, or one a line end put there: pdfium writes U+0002 or U+FFFE for that.
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011]\s*(?=[^\W\d_])|[\u0002\ufffe]\s*")
_LAST_HYPHEN = re.compile(r"[-\u2010\u2011\u0002\ufffe]\s*$")
_LEAST = 4
"""Fewer characters than this at the end of a page say nothing."""
_MIDDLE = 0.5
_SAME_LINE = 6
"""Points between two words of a line; between two cells of a table there are more."""


def compact(text: str) -> str:
    """Return the text without what a line or a font may change: blanks, ligatures, case."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def smooth(text: str) -> str:
    """Return the compact text, also without the hyphens that a line end may have put in."""
    return compact(_HYPHEN.sub("", text))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text on a page; `height` is 0 at the bottom of the page and 1 at the top."""

    text: str
    height: float


class Paper:
    """The pages of a PDF; without pages if it cannot be read."""

    def __init__(self, pdf: bytes) -> None:
        self.pages: list[str] = []
        self._known: dict[int, list[_Line]] = {}
        # Closed when the paper is thrown away: the lines are read from it only on demand.
        with contextlib.suppress(pypdfium2.PdfiumError):
            self._document = pypdfium2.PdfDocument(pdf)
            self.pages = [page.get_textpage().get_text_bounded() for page in self._document]
        self.text = compact("".join(self.pages))

    def holds(self, text: str) -> bool:
        """Return whether the text is there, however hyphens and page ends broke it."""
        return (
            compact(text) in self.text
            or smooth(text) in "".join(self._sheets)
            or self.goes_over_a_page(text)
        )

    def goes_over_a_page(self, text: str) -> bool:
        """Return whether the text begins on one page and goes on, to its end, on the next."""
        return any(self._begins(smooth(text), page) for page in range(len(self.pages) - 1))

    @cached_property
    def _sheets(self) -> list[str]:
        return [smooth(page) for page in self.pages]

    def _begins(self, text: str, page: int) -> bool:
        """Return whether the text breaks off in the last lines of this page and then goes on.

        Between the pieces stand a footer, a header and the repeated head of a table: the break
        must fall at the end of a line low on one page and the beginning of one high on the next.
        """
        return text[:_LEAST] in self._sheets[page] and any(
            text[:taken] in self._sheets[page] and self._goes_on(text[taken:], page + 1)
            for taken in sorted(self._breaks(text, page), reverse=True)
        )

    def _goes_on(self, rest: str, page: int) -> bool:
        starts = [line.text for line in self._lines(page) if line.height > _MIDDLE]
        if not any(rest.startswith(start) or start.startswith(rest) for start in starts):
            return False
        return rest in self._sheets[page] or self._begins(rest, page)

    def _breaks(self, text: str, page: int) -> set[int]:
        """Return after how many characters a line low on this page may break the text off."""
        found = set()
        for line in self._lines(page):
            if line.height > _MIDDLE:
                continue
            at = text.find(line.text)
            while at >= 0:
                found.add(at + len(line.text))
                at = text.find(line.text, at + 1)
            # The first line of the text may begin with a label.
            shared = range(_LEAST, min(len(line.text), len(text)))
            found |= {taken for taken in shared if line.text.endswith(text[:taken])}
        return found - {len(text)}

    def cells(self, page: int) -> Iterator[str]:
        """Yield the lines of a page as they are written, those in two cells of a table apart."""
        return (text for text, _ in _cells_of(self._document[page]))

    def _lines(self, page: int) -> list[_Line]:
        if page not in self._known and page < len(self.pages):
            self._known[page] = list(_lines_of(self._document[page]))
        return self._known.get(page, [])


def _lines_of(page: pypdfium2.PdfPage) -> Iterator[_Line]:
    """Yield the lines of a page, those in two cells of a table apart."""
    full = page.get_height()
    for text, bottom in _cells_of(page):
        line = smooth(_LAST_HYPHEN.sub("", text))
        if line:
            yield _Line(line, bottom / full)


def _cells_of(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float]]:
    """Yield the text of each line, or of each cell in it, and how high it stands in points."""
    text = page.get_textpage()
    boxes: list[tuple[float, float, float, float]] = []
    for left, bottom, right, top in map(text.get_rect, range(text.count_rects())):
        last = boxes[-1] if boxes else (0.0, 0.0, 0.0, 0.0)
        if bottom < last[3] and top > last[1] and -1 < left - last[2] < _SAME_LINE:
            boxes[-1] = (last[0], min(bottom, last[1]), right, max(top, last[3]))
        else:
            boxes.append((left, bottom, right, top))
    yield from ((text.get_text_bounded(*box), box[1]) for box in boxes)
