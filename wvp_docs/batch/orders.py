"""What travels: a case with everything it needs as bytes, and what comes back of it."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from wvp_docs import __version__
from wvp_docs.barrier import Apart, refused_marks
from wvp_docs.beside import InHand, OnDisk
from wvp_docs.case import parse_case, read_source
from wvp_docs.casefiles import Found, is_ordinary
from wvp_docs.dossier import Dossier
from wvp_docs.errors import CaseError, ExitCode, WvpError
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.housestyle import house_files
from wvp_docs.options import Extras, Numbers

IN_HAND = 1_000_000_000
"""Bytes: the files of one case are in the memory of who gives the orders, and of who works."""


@dataclass(frozen=True, slots=True)
class How:
    """How every case of a batch is made.

    Attributes:
        today: the day on which the cases are judged.
        engine: the name of what turns Word into PDF.
        concept: make documents with errors too, watermarked, every gap marked.
        extras: what is done only when it is asked.
        version: of this tool; a worker with another one refuses the work.
    """

    today: date
    engine: str = "rdocx"
    concept: bool = False
    extras: Extras = field(default_factory=Extras)
    version: str = __version__


@dataclass(frozen=True, slots=True)
class Order:
    """One case to make, with the files that it names.

    Attributes:
        name: of the folder for its results.
        file: as the user gave it, for messages.
        source: the case file.
        beside: the files that it names; of medical information only the digest travels.
        numbers: those that stay.
        since: the day of results in which nothing but the day differs; they stay when that makes
            no difference. None: there are none.
    """

    name: str
    file: str
    source: bytes
    beside: InHand
    numbers: Numbers = field(default_factory=Numbers)
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a case could not be made.

    Attributes:
        kind: one word, public: `casus`, `sjabloon`, `omzetter`, `schrijven`, `tijd`, `geheugen`,
            `vastgelopen`, `versie` or `programmafout`.
    """

    kind: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """An error or a warning in a case, without its sentence: that may be about a person.

    Attributes:
        code: of the rule.
        severity: `error` or `warning`.
        path: the answer that it is about.
        line: in the case file; 0 is unknown.
    """

    code: str
    severity: str
    path: str
    line: int = 0

    @property
    def is_error(self) -> bool:
        """Whether it is no mere warning."""
        return self.severity == Severity.ERROR

    def __str__(self) -> str:
        """Return the code and the place."""
        return f"{self.code} (regel {self.line})" if self.line else self.code


def noted(findings: Iterable[Mapping[str, Any]]) -> tuple[Noted, ...]:
    """Return those of the findings, each as its public JSON shape, that need a person."""
    return tuple(
        Noted(it["code"], it["severity"], it["path"], it["line"])
        for it in findings
        if it["severity"] != Severity.INFO
    )


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one order: its files, or why there are none.

    Attributes:
        files: by their path below the folder of the case.
        is_same: the results that are there stay: another day makes no difference.
        findings: the errors and warnings.
        documents: how many documents were made.
        pages: of the bundle.
        seconds: how long the work took.
        memory: the most that the process ever had, in bytes; 0 when the system does not say.
    """

    name: str
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    fault: Fault | None = None
    is_same: bool = False
    findings: tuple[Noted, ...] = ()
    documents: int = 0
    pages: int = 0
    seconds: float = 0
    memory: int = 0


class FaultError(Exception):
    """A fault that is known already, and says why a case cannot be ordered."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


_KINDS = {
    ExitCode.CASE: "casus",
    ExitCode.DEFINITION: "sjabloon",
    ExitCode.ENGINE: "omzetter",
    ExitCode.OUTPUT: "schrijven",
}


def fault_of(error: BaseException) -> Fault:
    """Return the fault for an error.

    Of a bug it tells where our code failed, not on what: that may be about a person.
    """
    if isinstance(error, FaultError):
        return error.fault
    if isinstance(error, WvpError):
        return Fault(_KINDS.get(error.exit_code, "programmafout"), str(error), error.hint)
    if isinstance(error, MemoryError):
        said = "De casus vraagt meer geheugen dan er is."
        return Fault("geheugen", said, "Maak de bijlagen kleiner, of geef meer geheugen.")
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return Fault(
        "programmafout",
        f"wvp-docs zelf ging stuk ({type(error).__name__} in {where}).",
        "Meld dit met deze regel; stuur de casus niet mee.",
    )


def source_of(path: Path) -> bytes:
    """Return the bytes of a case file.

    Raises:
        CaseError: it cannot be read.
    """
    if not is_ordinary(path):
        raise CaseError(
            f"{path} is geen gewoon bestand.",
            hint="Zet er een bestand neer, geen pijp of apparaat.",
        )
    return read_source(path)


def order_of(
    found: Found,
    library: Library,
    also: tuple[Path, ...],
    numbers: Numbers,
    since: date | None = None,
    passwords: Sequence[str] = (),
    apart: Apart | None = None,
) -> Order:
    """Return the order for a case file, with every file that it names read once.

    Of a file that may go nowhere, and of a copy of it, only the marks are in it.

    Args:
        found: the case file, and the name of the folder for its results.
        library: the definitions.
        also: folders where attachments may stand besides that of the case.
        numbers: those that stay.
        since: see `Order`.
        passwords: tried on a file that asks for one.
        apart: takes the marks; without it, this process does.

    Raises:
        CaseError: it cannot be read, is no case, or names more than can be in hand.
        FaultError: the marks could not be taken.
    """
    if not str(found.path).isprintable():
        raise CaseError(
            "De naam van het bestand, of van een map erboven, heeft tekens die niet kloppen.",
            hint="Geef het een andere naam.",
        )
    source = source_of(found.path)
    beside = OnDisk(found.path.parent, also)
    dossier = Dossier(parse_case(source, found.path, beside), library)
    known = refused_marks(dossier, passwords, apart)
    named = (*dossier.named_files(), *house_files(dossier.case))
    if sum(beside.size(name) for name in named if name not in known) > IN_HAND:
        raise CaseError(
            "De bestanden bij deze casus zijn samen groter dan 1 GB.",
            hint="Maak de scans kleiner, of maak deze casus apart met build.",
        )
    files = {name: beside.read(name) for name in named if name not in known}
    marks = frozenset[str]().union(*(it.known for it in known.values()))
    copies = {name for name in files if marks and beside.digest(name) in marks}
    secret = {name: beside.digest(name) for name in (*known, *copies)}
    files = {name: content for name, content in files.items() if name not in copies}
    return Order(found.name, str(found.path), source, InHand(files, secret, known), numbers, since)
