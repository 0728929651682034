"""What travels: a case with everything it needs as bytes, and what comes back of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wvp_docs import __version__
from wvp_docs.beside import InHand, OnDisk
from wvp_docs.case import parse_case, read_source
from wvp_docs.casefiles import Found
from wvp_docs.dossier import Dossier
from wvp_docs.errors import ExitCode, WvpError
from wvp_docs.forms import Library
from wvp_docs.pipeline import Extras, Numbers


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
        numbers: the page labels that stay.
    """

    name: str
    file: str
    source: bytes
    beside: InHand
    numbers: Numbers = field(default_factory=dict)


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
class Made:
    """What came of one order: its files, or why there are none.

    Attributes:
        files: by their path below the folder of the case.
        errors: how many findings are errors.
        warnings: how many are warnings.
        documents: how many documents were made.
        pages: of the bundle.
        not_made: how many documents were left out because of an error.
        seconds: how long the work took.
        memory: the most that the process ever had, in bytes; 0 when the system does not say.
    """

    name: str
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    fault: Fault | None = None
    errors: int = 0
    warnings: int = 0
    documents: int = 0
    pages: int = 0
    not_made: int = 0
    seconds: float = 0
    memory: int = 0


_KINDS = {
    ExitCode.CASE: "casus",
    ExitCode.DEFINITION: "sjabloon",
    ExitCode.ENGINE: "omzetter",
    ExitCode.OUTPUT: "schrijven",
}


def fault_of(error: WvpError) -> Fault:
    """Return a fault for an expected error."""
    return Fault(_KINDS.get(error.exit_code, "programmafout"), str(error), error.hint)


def order_of(found: Found, library: Library, also: tuple[Path, ...], numbers: Numbers) -> Order:
    """Return the order for a case file, with every file that it names read once.

    Raises:
        CaseError: it cannot be read, or is no case.
    """
    source = read_source(found.path)
    beside = OnDisk(found.path.parent, also)
    dossier = Dossier(parse_case(source, found.path, beside), library)
    secret = {name: beside.digest(name) for name in dossier.refused_files()}
    files = {name: beside.read(name) for name in dossier.named_files() if name not in secret}
    return Order(found.name, str(found.path), source, InHand(files, secret), numbers)
