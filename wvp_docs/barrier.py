"""The barrier before medical information: by what a paper that may go nowhere is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from wvp_docs.beside import Marker
from wvp_docs.dossier import Dossier

_WORDS = ("medische informatie", "medisch geheim", "medisch dossier")
_SPACED = "|".join(
    r"[^\S\n]+".join(r"[^\S\n]?".join(word) for word in words.split()) for words in _WORDS
)
"""The words as a heading may have them, also with its letters apart."""

_BARE = re.compile(rf"^\W*(?:{_SPACED})(?: wia| zw)?\W*$", re.IGNORECASE | re.MULTILINE)
"""A line that only a paper for the closed envelope has by itself."""

_IN_LINE = re.compile(rf"^[^\n]*(?:{_SPACED})[^\n]*$", re.IGNORECASE | re.MULTILINE)
_LABEL = re.compile(
    r"^\W*(?:(?:hoofd|werk)?diagnosen?|medicatie|anamnese|voorgeschiedenis|icd-1[01]|dsm-5)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
"""What only a form of a doctor asks, before the answer."""

Apart = Callable[[Marker, bytes], frozenset[str]]
"""Takes marks somewhere else, where a file may break what reads it."""

_LONGEST_HEADING = 80
_SECRET = re.compile(r"\W*m\s?e\s?d\s?i\s?s\s?c\s?h\s+g", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|mag|mogen|kan|kunnen|moet|moeten"
    r"|gaat|gaan|stuurt|sturen|stuur|komt|komen|hoort|horen|staat|staan|geeft|geven|bevat|bevatten"
    r"|ontbreekt|geen|zonder|u|uw|ik|wij|we|die|dat|erop)\b",
    re.IGNORECASE,
)


def refused_marks(
    dossier: Dossier, passwords: Sequence[str] = (), apart: Apart | None = None
) -> Mapping[str, frozenset[str]]:
    """Return by name the marks of the files of a case that may go nowhere; see `pdf.intake.marks`.

    Args:
        dossier: the case, with the files beside it.
        passwords: tried on a file that asks for one.
        apart: takes the marks in this one's stead.
    """
    names = dossier.refused_files()
    if not names:
        return {}
    from wvp_docs.pdf.intake.marks import marks_of  # noqa: PLC0415  few cases name such a file

    taken: Marker = partial(marks_of, passwords=passwords)
    if apart:
        taken = partial(apart, taken)
    found = {name: dossier.case.beside.marks(name, taken) for name in names}
    return {name: marks for name, marks in found.items() if marks}


def page_with(marks: frozenset[str], content: bytes, passwords: Sequence[str]) -> int:
    """Return the first page, from 1, that has one of the marks; 0 when there is none."""
    if not marks:
        return 0
    from wvp_docs.pdf.intake.marks import marks_of_pages  # noqa: PLC0415  the same

    pages = enumerate(marks_of_pages(content, passwords), 1)
    return next((number for number, own in pages if own & marks), 0)


def headings_in(pdf: bytes) -> tuple[int, int]:
    """Return the first page with the heading of a medical paper, and the first that looks so.

    From 1; 0 when there is none. A page that is only a picture has no text to look at.
    """
    from wvp_docs.pdf.paper import Paper  # noqa: PLC0415  most cases name no file

    sure = doubtful = 0
    for number, page in enumerate(Paper(pdf).pages, 1):
        text = page.replace("\r", "\n")
        sure = sure or (number if _BARE.search(text) else 0)
        suspect = _LABEL.search(text) or any(map(_is_heading, _IN_LINE.findall(text)))
        doubtful = doubtful or (number if suspect else 0)
    return sure, doubtful


def _is_heading(line: str) -> bool:
    """Return whether a line with the words may be a heading, and is no piece of a sentence."""
    line = line.strip()
    start = next((char for char in line if char.isalnum()), "")
    return (
        len(line) <= _LONGEST_HEADING
        and not start.islower()
        and not line.endswith((".", ",", ";"))
        and (bool(_SECRET.match(line)) or not _SENTENCE.search(line))
    )
