"""The text of a PDF as a reader program copies it, and whether a text is on its pages.

Tolerant of what a line, a page or a font may change in a text, and of nothing else.
"""

from __future__ import annotations

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
        self._pdf = pdf
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                self.pages = [page.get_textpage().get_text_bounded() for page in document]
        except pypdfium2.PdfiumError:
            self.pages = []
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
        return any(
            text[:taken] in self._sheets[page] and self._goes_on(text[taken:], page + 1)
            for taken in sorted(self._breaks(text, page), reverse=True)
        )

    def _goes_on(self, rest: str, page: int) -> bool:
        starts = [line.text for line in self._lines(page) if line.height > 0.5]
        if page == len(self.pages) or not any(
            rest.startswith(start) or start.startswith(rest) for start in starts
        ):
            return False
        return rest in self._sheets[page] or self._begins(rest, page)

    def _breaks(self, text: str, page: int) -> set[int]:
        """Return after how many characters a line low on this page may break the text off."""
        found = set()
        for line in self._lines(page):
            if line.height > 0.5:
                continue
            found |= {match.end() for match in re.finditer(re.escape(line.text), text)}
            found |= {
                taken
                for taken in range(1, min(len(line.text), len(text)))
                if line.text.endswith(text[:taken])
            }
        return found - {len(text)}

    def _lines(self, page: int) -> list[_Line]:
        if page not in self._known:
            self._known[page] = list(_lines_of(self._pdf, page)) if page < len(self.pages) else []
        return self._known[page]

    @cached_property
    def _known(self) -> dict[int, list[_Line]]:
        return {}


def _lines_of(pdf: bytes, number: int) -> Iterator[_Line]:
    """Yield the lines of a page, those in two cells of a table apart."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        text, full = page.get_textpage(), page.get_height()
        words, last = "", (0.0, 0.0, 0.0, 0.0)
        for index in range(text.count_rects()):
            left, bottom, right, top = rect = text.get_rect(index)
            is_next = bottom < last[3] and top > last[1] and -1 < left - last[2] < _SAME_LINE
            if words and not is_next:
                yield _Line(smooth(_LAST_HYPHEN.sub("", words)), last[1] / full)
                words = ""
            words += text.get_text_bounded(left, bottom, right, top)
            last = rect
        if words:
            yield _Line(smooth(_LAST_HYPHEN.sub("", words)), last[1] / full)
