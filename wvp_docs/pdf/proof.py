"""The proof that a PDF says what Word was told to print: every value, every box, no tag left.

Two readings. The paper as a reader program copies it is fast, and enough for nearly every value.
Where that leaves a doubt the glyphs are read one by one: there a character that the font lacks
shows as lost, though a reader program would still copy it out as if it stood there.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from wvp_docs.errors import EngineError
from wvp_docs.pdf.glyphs import Glyphs
from wvp_docs.pdf.paper import Paper, compact, smooth
from wvp_docs.printed import Printed

BOX_ON, BOX_OFF = "☒", "☐"

# Scripts of which the order on paper is not the order in the text (Arabic, Hebrew, emoji with
# their parts) and symbols from another font, which LibreOffice writes after the words around them.
OUT_OF_ORDER = re.compile(
    r"[^\u0000-\u058f\u1e00-\u218f\u2c00-\u2e7f\ua640-\ua7ff\ufb00-\ufb06\ufffd]+"
)
_ANY_HYPHEN = re.compile(r"[-\u2010\u2011\u0002\ufffe]")
_TAG = re.compile(r"\{\{|\{%|\{#")


class ProofError(EngineError):
    """The PDF does not say what Word was told to print; `paths` are the answers it lacks."""

    def __init__(self, message: str, *, hint: str = "", paths: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.paths = paths


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
    paper = Paper(pdf)
    if not paper.pages:
        raise ProofError(f"{expected.name}: de PDF is niet te lezen of heeft geen bladzijden.")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        glyphs = Glyphs(document)
        has_lost = glyphs.has_lost()
        boxes = _boxes(paper.text)
        missing = [value for value in expected.values if has_lost or not _is_on(paper, value.text)]
        if missing or boxes != (expected.boxes_on, expected.boxes_off):
            drawn = _Drawn("".join(glyphs.pages()), expected.values)
            boxes = _boxes(drawn.text)
            missing = [value for value in missing if not drawn.holds(value.text, paper)]
    _complain(expected, missing, boxes, has_tag=_has_tag(paper.text, expected), has_lost=has_lost)
    return Proof(len(paper.pages))


def _is_on(paper: Paper, value: str) -> bool:
    """Return whether the value is on the paper beyond doubt."""
    return not OUT_OF_ORDER.search(compact(value)) and paper.holds(value)


def _boxes(text: str) -> tuple[int, int]:
    return text.count(BOX_ON), text.count(BOX_OFF)


def _has_tag(text: str, expected: Expected) -> bool:
    """Return whether a template tag is left that no answer brought along."""
    if _TAG.search(text):
        for value in expected.values:
            if _TAG.search(value.text):
                text = text.replace(compact(value.text), "")
    return _TAG.search(text) is not None


def _unhyphened(text: str) -> str:
    """Return the smooth text without any hyphen: beside a sign that was taken out, none is sure."""
    return _ANY_HYPHEN.sub("", smooth(text))


class _Drawn:
    """The text glyph by glyph, and which signs it has too few of.

    Signs whose order differs are taken out and counted apart, over all values together. A value
    that is a part of another one may have been printed with it.
    """

    def __init__(self, text: str, values: Sequence[Printed]) -> None:
        self.text = compact(text)
        self._in_order = _unhyphened(OUT_OF_ORDER.sub("", unicodedata.normalize("NFKC", text)))
        answers = {compact(value.text) for value in values}
        answers = {answer for answer in answers if OUT_OF_ORDER.search(answer)}
        asked: Counter[str] = Counter()
        for answer in answers:
            if not any(answer != other and answer in other for other in answers):
                asked.update("".join(OUT_OF_ORDER.findall(answer)))
        there = Counter(self.text)
        self._short = {sign for sign, count in asked.items() if there[sign] < count}

    def holds(self, value: str, paper: Paper) -> bool:
        """Return whether the value is there; what a page end broke is looked up on the paper."""
        pieces = OUT_OF_ORDER.split(unicodedata.normalize("NFKC", value))
        return not self._short & set(compact(value)) and all(
            _unhyphened(piece) in self._in_order or paper.goes_over_a_page(piece)
            for piece in pieces
        )


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
    paths = tuple(dict.fromkeys(value.path for value in missing))
    if paths:
        faults.append(f"niet of niet volledig op papier: {', '.join(paths)}")
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
            paths=paths,
        )
