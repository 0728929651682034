"""The proof that a PDF says what Word was told to print: every value, every box, no tag left.

Two readings. pdfium gives the text as a reader program sees it: fast, and enough for nearly all.
Where that is in doubt the glyphs themselves are read: there a character that the font lacks shows
as lost, though a reader program would still copy it out as if it stood there.
"""

from __future__ import annotations

import io
import re
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2

from wvp_docs.errors import EngineError

BOX_ON, BOX_OFF = "☒", "☐"
LOST = "\ufffd"

# What may come or go between Word and paper without a reader noticing.
_UNSEEN = re.compile(r"[\s\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]+")
# pdfium gives U+0002 or U+FFFE for a hyphen that ends a line.
_HYPHENS = "-\u2010\u2011\u0002\ufffe"
_LINE_END_HYPHEN = re.compile(rf"[{_HYPHENS}][ \t]*[\r\n]+")
# Scripts of which the order on paper is not the order in the text (Arabic, Hebrew, emoji with
# their parts) and symbols from another font, which LibreOffice writes after the words around them.
_OUT_OF_ORDER = re.compile(r"[^\u0000-\u058f\u1e00-\u218f\u2c00-\u2e7f\ua640-\ua7ff\ufb00-\ufb06\ufffd]+")
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
    pages = _read(pdf, expected.name)
    text = compact("".join(pages))
    missing = [value for value in expected.values if not _is_plain(value.text, text)]
    boxes = _boxes(text)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = _Fonts()
        if missing or boxes != (expected.boxes_on, expected.boxes_off) or fonts.lose(document):
            glyphs = compact(_glyphs(document, fonts))
            missing = _missing(expected.values, pages, glyphs)
            boxes = _boxes(glyphs)
        else:
            glyphs = ""
    _complain(expected, missing, boxes, text, glyphs)
    return Proof(len(pages))


def compact(text: str) -> str:
    """Return the text without what a line or a font may change: blanks, ligatures, case."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def _read(pdf: bytes, name: str) -> list[str]:
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as fault:
        raise ProofError(f"{name}: de PDF is niet te lezen.") from fault
    if not pages:
        raise ProofError(f"{name}: de PDF heeft geen bladzijden.")
    return pages


def _is_plain(value: str, text: str) -> bool:
    needle = compact(value)
    return needle in text and not _OUT_OF_ORDER.search(needle)


def _boxes(text: str) -> tuple[int, int]:
    return text.count(BOX_ON), text.count(BOX_OFF)


def _complain(
    expected: Expected,
    missing: Sequence[Printed],
    boxes: tuple[int, int],
    text: str,
    glyphs: str,
) -> None:
    """Raise one error with everything that is wrong."""
    faults = []
    if missing:
        paths = ", ".join(dict.fromkeys(value.path for value in missing))
        faults.append(f"niet of niet volledig op papier: {paths}")
    if boxes != (expected.boxes_on, expected.boxes_off):
        faults.append(
            f"vakjes {BOX_ON} {boxes[0]} in plaats van {expected.boxes_on} en "
            f"{BOX_OFF} {boxes[1]} in plaats van {expected.boxes_off}"
        )
    if _has_tag(text, expected.values):
        faults.append("er staat nog een sjabloontag in")
    if LOST in glyphs and not missing:
        faults.append("het lettertype mist een teken dat in het sjabloon staat")
    if faults:
        raise ProofError(
            f"{expected.name}: {'; '.join(faults)}.",
            hint="Kijk of er bijzondere tekens (emoji, symbolen) in het antwoord staan en vervang "
            "die, of kies een andere omzetter: --engine libreoffice.",
        )


def _has_tag(text: str, values: Iterable[Printed]) -> bool:
    """Return whether a template tag is left that no answer brought along."""
    if not _TAG.search(text):
        return False
    for value in values:
        if _TAG.search(value.text):
            text = text.replace(compact(value.text), "")
    return _TAG.search(text) is not None


def _missing(values: Sequence[Printed], pages: Sequence[str], glyphs: str) -> list[Printed]:
    """Return the values that are not on the paper, however a line, a page or a font broke them."""
    text = compact("".join(pages))
    joined = compact(_LINE_END_HYPHEN.sub("", "\n".join(pages)))
    sheets = [compact(page) for page in pages]
    lines = {compact(line) for page in pages for line in page.splitlines()}
    in_order = _OUT_OF_ORDER.sub("", glyphs)
    short = _short_of(values, glyphs)

    def is_there(value: str) -> bool:
        needle = compact(value)
        pieces = [piece for piece in _OUT_OF_ORDER.split(needle) if piece]
        if len(pieces) > 1 or pieces != [needle]:
            return not short & set(needle) and all(piece in in_order for piece in pieces)
        if LOST in glyphs:
            return needle in in_order
        return (
            needle in text
            or needle in in_order
            or _hyphenated(needle, joined)
            or _over_pages(value, sheets, lines)
        )

    return [value for value in values if not is_there(value.text)]


def _short_of(values: Iterable[Printed], glyphs: str) -> set[str]:
    """Return the characters of other scripts that are printed less often than was asked.

    Their order on paper depends on the engine, so they are counted; a value that is a part of
    another one may have been printed with it.
    """
    asked: Counter[str] = Counter()
    texts = {compact(value.text) for value in values if _OUT_OF_ORDER.search(compact(value.text))}
    for text in texts:
        if not any(text != other and text in other for other in texts):
            asked.update("".join(_OUT_OF_ORDER.findall(text)))
    there = Counter(glyphs)
    return {sign for sign, count in asked.items() if there[sign] < count}


def _hyphenated(needle: str, joined: str) -> bool:
    """Return whether the value is there when hyphens at line ends do not count."""
    if not any(hyphen in needle for hyphen in _HYPHENS):
        return needle in joined
    pattern = re.sub(rf"(?:\\?[{_HYPHENS}])+", f"[{_HYPHENS}]*", re.escape(needle))
    return re.search(pattern, joined) is not None


def _over_pages(value: str, sheets: Sequence[str], lines: set[str]) -> bool:
    """Return whether the value is there in pieces on pages that follow each other.

    Between the pieces stand a footer, a header and the repeated head of a table. A break falls
    between words, and a short piece must be a whole line: else any word would do.
    """
    words = [compact(word) for word in value.split()]
    return any(_goes_on(words, sheets, start, lines) for start in range(len(sheets) - 1))


def _goes_on(words: Sequence[str], sheets: Sequence[str], start: int, lines: set[str]) -> bool:
    rest = list(words)
    for number in range(start, len(sheets)):
        taken = _longest(rest, sheets[number])
        piece = "".join(rest[:taken])
        if number > start and len(piece) < _SURE and piece not in lines:
            return False
        rest = rest[taken:]
        if not rest or not taken:
            break
    return not rest


def _longest(words: Sequence[str], sheet: str) -> int:
    """Return how many words of the beginning stand on this page together."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if "".join(words[:middle]) in sheet:
            low = middle
        else:
            high = middle - 1
    return low


class _Font:
    """How the codes of one font in the PDF read, and which of them draw no character."""

    def __init__(self, font: pikepdf.Object) -> None:
        self.wide = font.get("/Subtype") == pikepdf.Name.Type0
        self.signs: dict[int, str] = {}
        self.lost: set[int] = set()
        if "/ToUnicode" in font:
            self.signs = dict(_to_unicode(font.ToUnicode.read_bytes()))
        descriptor = (font.DescendantFonts[0] if self.wide else font).get("/FontDescriptor", {})
        if "/FontFile2" in descriptor:
            self.lost = _without_glyph(descriptor.FontFile2.read_bytes(), wide=self.wide)
        elif self.wide:
            self.lost = {0}
        for code in self.lost & self.signs.keys():
            # A blank is nothing to lose: some fonts draw it with no glyph at all.
            if not self.signs[code].isspace():
                self.signs[code] = LOST

    def read(self, codes: bytes) -> str:
        step = 2 if self.wide else 1
        numbers = (int.from_bytes(codes[at : at + step]) for at in range(0, len(codes), step))
        return "".join(self.signs.get(n, chr(n) if step == 1 else LOST) for n in numbers)
