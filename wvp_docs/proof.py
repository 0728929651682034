"""The proof that a PDF says what Word was told to print: every value, every box, no tag left.

Two readings. pdfium gives the text as a reader program sees it: fast, and enough for nearly all.
Where that is in doubt the glyphs themselves are read: there a character that the font lacks shows
as lost, though a reader program would still copy it out as if it stood there.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pikepdf
import pypdfium2

from wvp_docs.errors import EngineError
from wvp_docs.glyphs import Glyphs

BOX_ON, BOX_OFF = "☒", "☐"

# What may come or go between Word and paper without a reader noticing.
_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]+"
)
# A hyphen inside a word, or one that a line end put there; pdfium writes U+0002 or U+FFFE for those.
_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u2011]\s*(?=[^\W\d_])|[\u0002\ufffe]\s*")
# Scripts of which the order on paper is not the order in the text (Arabic, Hebrew, emoji with
# their parts) and symbols from another font, which LibreOffice writes after the words around them.
_OUT_OF_ORDER = re.compile(
    r"[^\u0000-\u058f\u1e00-\u218f\u2c00-\u2e7f\ua640-\ua7ff\ufb00-\ufb06\ufffd]+"
)
_TAG = re.compile(r"\{\{|\{%|\{#")
_SURE = 12
"""A piece of this many characters on the next page is no coincidence."""


class ProofError(EngineError):
    """The PDF does not say what Word was told to print."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A value that Word was told to print, and its place in the case."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be on the paper.

    Attributes:
        name: how a message names the document.
        values: everything that was printed.
        boxes_on: how many ☒.
        boxes_off: how many ☐.
    """

    name: str
    values: tuple[Printed, ...]
    boxes_on: int
    boxes_off: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A PDF that was read back and holds what it should."""

    pages: int


def prove(pdf: bytes, expected: Expected) -> Proof:
    """Read the PDF back and compare it with what Word was told to print.

    Raises:
        ProofError: naming every path that is not on the paper; never the value itself.
    """
    copied = _Reading(_copied(pdf, expected.name))
    boxes = copied.boxes()
    missing = [value for value in expected.values if not copied.holds_plainly(value.text)]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        glyphs = Glyphs(document)
        has_lost = glyphs.has_lost()
        if missing or has_lost or boxes != (expected.boxes_on, expected.boxes_off):
            drawn = _Reading(glyphs.pages(), of_words=True)
            boxes = drawn.boxes()
            missing = _missing(expected.values, [drawn] if has_lost else [copied, drawn])
    _complain(expected, missing, boxes, has_tag=copied.has_tag(expected.values), has_lost=has_lost)
    return Proof(len(copied.pages))


def compact(text: str) -> str:
    """Return the text without what a line or a font may change: blanks, ligatures, case."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def _copied(pdf: bytes, name: str) -> list[str]:
    """Return the text of each page as a reader program copies it."""
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as fault:
        raise ProofError(f"{name}: de PDF is niet te lezen.") from fault
    if not pages:
        raise ProofError(f"{name}: de PDF heeft geen bladzijden.")
    return pages


def _complain(
    expected: Expected,
    missing: Sequence[Printed],
    boxes: tuple[int, int],
    *,
    has_tag: bool,
    has_lost: bool,
) -> None:
    """Raise one error with everything that is wrong."""
    faults = []
    if missing:
        paths = ", ".join(dict.fromkeys(value.path for value in missing))
        faults.append(f"niet of niet volledig op papier: {paths}")
    elif has_lost:
        faults.append("het lettertype mist een teken uit het sjabloon")
    if boxes != (expected.boxes_on, expected.boxes_off):
        faults.append(
            f"{boxes[0]} in plaats van {expected.boxes_on} keer {BOX_ON} en "
            f"{boxes[1]} in plaats van {expected.boxes_off} keer {BOX_OFF}"
        )
    if has_tag:
        faults.append("er staat nog een sjabloontag in")
    if faults:
        raise ProofError(
            f"{expected.name}: {'; '.join(faults)}.",
            hint="Staat er een emoji of een bijzonder teken in het antwoord, schrijf dat dan in "
            "woorden. Kijk anders in het Word-bestand, of kies een andere omzetter (--engine).",
        )


class _Reading:
    """The pages of a PDF as text, and whether a value is in it.

    Args:
        pages: the text of each page.
        of_words: whether a line in `pages` may be no more than a word.
    """

    def __init__(self, pages: Sequence[str], *, of_words: bool = False) -> None:
        self.pages = pages
        self._sheets = [compact(page) for page in pages]
        self._text = "".join(self._sheets)
        self._of_words = of_words

    def boxes(self) -> tuple[int, int]:
        return self._text.count(BOX_ON), self._text.count(BOX_OFF)

    def holds_plainly(self, value: str) -> bool:
        needle = compact(value)
        return needle in self._text and not _OUT_OF_ORDER.search(needle)

    def holds(self, value: str) -> bool:
        """Return whether the value is there, however a line or a page broke it."""
        smooth = _smooth(value)
        return (
            compact(value) in self._text
            or smooth in "".join(self._smooth)
            or any(self._goes_on(smooth, page) for page in range(len(self.pages) - 1))
        )

    def count(self) -> Counter[str]:
        return Counter(self._text)

    def in_order(self) -> _Reading:
        return _Reading([_OUT_OF_ORDER.sub("", page) for page in self.pages], of_words=True)

    def has_tag(self, values: Iterable[Printed]) -> bool:
        """Return whether a template tag is left that no answer brought along."""
        text = self._text
        if _TAG.search(text):
            for value in values:
                if _TAG.search(value.text):
                    text = text.replace(compact(value.text), "")
        return _TAG.search(text) is not None

    @cached_property
    def _smooth(self) -> list[str]:
        return [_smooth(page) for page in self.pages]

    def _goes_on(self, value: str, first: int) -> bool:
        """Return whether the value begins on this page and goes on over the next ones.

        Between the pieces stand a footer, a header and the repeated head of a table.
        """
        rest = value
        for number in range(first, len(self._smooth)):
            taken = _longest(rest, self._smooth[number])
            if number > first and taken < _SURE and not self._has_edge(rest[:taken], number):
                return False
            rest = rest[taken:]
            if not rest or not taken:
                break
        return not rest

    def _has_edge(self, piece: str, page: int) -> bool:
        """Return whether a line begins or ends with this piece, too short to be sure of."""
        if self._of_words:
            return False
        lines = [_smooth(line) for line in self.pages[page].splitlines()]
        return any(line.startswith(piece) or line.endswith(piece) for line in lines)


def _smooth(text: str) -> str:
    """Return the compact text without the hyphens that a line end may have put in a word."""
    return compact(_HYPHEN.sub("", text))


def _longest(value: str, sheet: str) -> int:
    """Return how many characters, from the first one, stand on this page together."""
    low, high = 0, len(value)
    while low < high:
        middle = (low + high + 1) // 2
        if value[:middle] in sheet:
            low = middle
        else:
            high = middle - 1
    return low


def _missing(values: Iterable[Printed], readings: Sequence[_Reading]) -> list[Printed]:
    """Return the values that no reading holds; the last reading is that of the glyphs.

    Signs of which the order differs are taken out and counted apart, over all values together.
    A value that is a part of another one may have been printed with it.
    """
    values = tuple(values)
    in_order, there = readings[-1].in_order(), readings[-1].count()
    texts = {compact(value.text) for value in values if _OUT_OF_ORDER.search(compact(value.text))}
    asked: Counter[str] = Counter()
    for text in texts:
        if not any(text != other and text in other for other in texts):
            asked.update("".join(_OUT_OF_ORDER.findall(text)))
    short = {sign for sign, count in asked.items() if there[sign] < count}

    def is_there(text: str) -> bool:
        needle = compact(text)
        if not _OUT_OF_ORDER.search(needle):
            return any(reading.holds(text) for reading in (*readings, in_order))
        pieces = _OUT_OF_ORDER.split(unicodedata.normalize("NFKC", text))
        return not short & set(needle) and all(in_order.holds(piece) for piece in pieces)

    return [value for value in values if not is_there(value.text)]
