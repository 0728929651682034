"""The barrier before medical information: by what a paper that may go nowhere is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from wvp_docs.beside import Marker, Marks
from wvp_docs.dossier import Dossier
from wvp_docs.sealed import Sealed, sealed_files

if TYPE_CHECKING:
    from wvp_docs.pdf.intake import Taken

_SURE = (
    "medische informatie",
    "medisch geheim",
    "medisch dossier",
    "medisch vertrouwelijk",
    "geheim medisch document",
)
_DOUBTFUL = (
    "medische gegevens",
    "medisch beroepsgeheim",
    "medisch advies",
    "medisch document",
)


def _spaced(headings: Sequence[str]) -> str:
    """Return an expression for the headings: words apart by a line end or hyphen, letters too."""
    between = r"[\s\-\u2010-\u2015]*"
    return "|".join(
        between.join(r"[^\S\n]?".join(word) for word in heading.split()) for heading in headings
    )


_BARE = re.compile(rf"^\W*(?:{_spaced(_SURE)})(?: wia| zw)?\W*$", re.IGNORECASE | re.MULTILINE)
"""A line that only a paper for the closed envelope has by itself."""

# What is sociaal-medisch is advice on work, and paramedisch is another thing.
_NAMED = rf"(?:{_spaced(_SURE)}|(?<!\w)(?<!sociaal[\s-])(?:{_spaced(_DOUBTFUL)}))"
_IN_LINE = re.compile(rf"^[^\n]*{_NAMED}[^\n]*$", re.IGNORECASE | re.MULTILINE)
_OPENING = re.compile(rf"[\W\d]*{_NAMED}", re.IGNORECASE)
_LABELS = (
    r"(?:(?:hoofd|neven|werk)?diagnosen?|(?:huidige )?medicatie|anamnese"
    r"|(?:medische )?voorgeschiedenis|icd-1[01]|dsm-5)"
)
_LABEL = re.compile(
    rf"^\W*{_LABELS}\s*:|\b(?:hoofd|neven|werk)?diagnosen?(?:code)?\b[^\n]{{0,30}}?\b(?-i:[A-Z])\d\d\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What only a form of a doctor asks, before the answer; or a diagnosis with its code."""

_ALONE = re.compile(rf"[\W\d]*{_LABELS}(?: \(?(?:icd|dsm)-?\d*\)?)?\W*", re.IGNORECASE)
_MENTIONED = re.compile(rf"\b{_LABELS}\b", re.IGNORECASE)

Apart = Callable[[Marker, bytes], Marks]
"""Takes marks somewhere else, where a file may break what reads it."""

_LONGEST_HEADING = 80
_SECRET = re.compile(r"\W*m\s?e\s?d\s?i\s?s\s?c\s?h[\s-]+g", re.IGNORECASE)
_TO_THE_READER = re.compile(r"\bdie u\b[^.,;]*$", re.IGNORECASE)
_SOFT_HYPHEN = re.compile(r"[\u00ad\u0002\ufffe]\s*")
"""A hyphen of a line end, also as pdfium writes it."""

_SENTENCE = re.compile(
    r"\b(?:is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|had|mag|mogen|kan|kunnen|moet"
    r"|moeten|zal|zullen|gaat|gaan|stuurt|sturen|stuur|komt|komen|hoort|horen|staat|staan|geeft"
    r"|geven|bevat|bevatten|ontbreekt|blijft|blijven|blijkt|blijken|valt|vallen|vormt|vormen|krijgt"
    r"|krijgen|vraagt|vragen|deelt|delen|geldt|gelden|geen|zonder|u|uw|ik|wij|we|die|dat|erop)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Barrier:
    """What may go nowhere, and by what it is known.

    Attributes:
        marks: of the files that the case calls medical, or of no known kind.
        unseen: why one of them cannot be compared, by where the case names it: a clause that
            follows "het bestand". As long as there is one, no paper of others goes anywhere.
        names: of those files, as the case writes them.
        passwords: tried on a file that asks for one.
    """

    marks: frozenset[str] = frozenset()
    unseen: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    passwords: Sequence[str] = field(default=(), repr=False)

    def page_in(self, content: bytes, taken: Taken) -> int:
        """Return the first page, from 1, that has one of the marks; 0 when there is none.

        Args:
            content: of the file.
            taken: that file as it was taken in.

        Raises:
            UnusableError: it cannot be compared.
        """
        if not self.marks:
            return 0
        from wvp_docs.pdf.intake.marks import marks_of_pages  # noqa: PLC0415  few cases have one

        pages = enumerate(marks_of_pages(content, taken, self.passwords), 1)
        return next((number for number, own in pages if own & self.marks), 0)

    def holds(self, content: bytes) -> bool:
        """Return whether this is one of the files, or has a page of one; False if unreadable."""
        if not self.marks:
            return False
        from wvp_docs.pdf.intake.marks import marks_of  # noqa: PLC0415  the same

        return bool(marks_of(content, self.passwords).known & self.marks)


def barrier_of(dossier: Dossier, passwords: Sequence[str] = ()) -> Barrier:
    """Return the barrier before the papers of a case; `passwords` are tried on those."""
    sealed = sealed_files(dossier)
    found = _marks_of(sealed, dossier, passwords, None)
    unseen = {
        it.path: found[it.name].unseen
        for it in sealed
        if it.name in found and found[it.name].unseen
    }
    marks = frozenset[str]().union(*(it.known for it in found.values()))
    return Barrier(marks, unseen, tuple(found), passwords)


def refused_marks(
    dossier: Dossier, passwords: Sequence[str] = (), apart: Apart | None = None
) -> Mapping[str, Marks]:
    """Return by name the marks of the files of a case that may go nowhere; see `pdf.intake.marks`.

    Args:
        dossier: the case, with the files beside it.
        passwords: tried on a file that asks for one.
        apart: takes the marks in this one's stead.
    """
    return _marks_of(sealed_files(dossier), dossier, passwords, apart)


def _marks_of(
    sealed: Sequence[Sealed], dossier: Dossier, passwords: Sequence[str], apart: Apart | None
) -> Mapping[str, Marks]:
    if not sealed:
        return {}
    from wvp_docs.pdf.intake.marks import marks_of  # noqa: PLC0415  few cases name such a file

    taken: Marker = partial(marks_of, passwords=passwords)
    if apart:
        taken = partial(apart, taken)
    missing = {it.name: Marks(unseen="is er niet, of is een map.") for it in sealed if it.is_file}
    names = dict.fromkeys(it.name for it in sealed)
    found = {name: dossier.case.beside.marks(name, taken) or missing.get(name) for name in names}
    return {name: marks for name, marks in found.items() if marks}


def headings_in(pdf: bytes) -> tuple[int, int]:
    """Return the first page with the heading of a medical paper, and the first that looks so.

    From 1; 0 when there is none. A page that is only a picture has no text to look at.
    """
    from wvp_docs.pdf.paper import Paper  # noqa: PLC0415  most cases name no file

    sure = doubtful = 0
    paper = Paper(pdf)
    for number, page in enumerate(paper.pages, 1):
        text = _SOFT_HYPHEN.sub("", unicodedata.normalize("NFKC", page.replace("\r", "")))
        bare = _BARE.findall(text)
        # A narrow column may break a sentence at those words too.
        if not sure and any("\n" not in it.strip() or _begins_high(it) for it in bare):
            sure = number
        suspect = (
            bare
            or _LABEL.search(text)
            or any(map(_is_heading, _IN_LINE.findall(text)))
            or (_MENTIONED.search(text) and any(map(_is_label, paper.cells(number - 1))))
        )
        doubtful = doubtful or (number if suspect else 0)
    return sure, doubtful


def _is_label(cell: str) -> bool:
    """Return whether a line or a cell of a table is only what a form of a doctor asks."""
    return _begins_high(cell) and bool(_ALONE.fullmatch(cell.strip())) and cell.strip()[-1] != "."


def _is_heading(line: str) -> bool:
    """Return whether a line with the words may be a heading, and is no piece of a sentence."""
    line = line.strip()
    opens = bool(_OPENING.match(line))
    rest = _TO_THE_READER.sub("", line) if opens else line
    return (
        (opens or len(line) <= _LONGEST_HEADING)
        and _begins_high(line)
        and not line.endswith((".", ",", ";"))
        and (bool(_SECRET.match(line)) or not _SENTENCE.search(rest))
    )


def _begins_high(line: str) -> bool:
    return not next((char for char in line if char.isalnum()), "").islower()
