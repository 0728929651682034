"""How a dossier is made: what its maker asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wvp_docs.engines import Engine
from wvp_docs.sets.packages import Wishes


@dataclass(frozen=True, slots=True)
class Extras:
    """What a build does only when it is asked.

    Attributes:
        packages: make those for UWV, the employee and the envelope too, in this way.
        double_sided: in what is bound, every part starts on a right-hand page.
        keeps_numbers: pages keep the numbers of the bundle that is in the folder; what is new
            gets a letter.
        archive: make the bundle PDF/A-2b.
        passwords: tried on attachments that ask for one.
        templates: of one's own by stem; they come before those of a house, and ours.
        profile: the name of the one to judge by; None: the one that fits the case.
    """

    packages: Wishes | None = None
    double_sided: bool = False
    keeps_numbers: bool = False
    archive: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)
    templates: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an earlier bundle counts by, for one that must count the same.

    Attributes:
        pages: the labels of the pages, by key of the part.
        pieces: the numbers of the parts, by key.
    """

    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    pieces: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """How to make a dossier: where, as of when, with what.

    Attributes:
        out: the folder for the results.
        today: the day on which the case is judged.
        engine: what turns Word into PDF.
        concept: make documents with errors too, watermarked, every gap marked.
        force: overwrite files that this tool did not make.
        processes: how many cores may work on one case.
        extras: what is done only when it is asked.
    """

    out: Path
    today: date
    engine: Engine
    concept: bool = False
    force: bool = False
    processes: int = 1
    extras: Extras = Extras()

    def asked(self) -> dict[str, object]:
        """Return what changes the result, as the manifest notes it; no password."""
        extras, wishes = self.extras, self.extras.packages
        return {
            "peildatum": self.today.isoformat(),
            "profiel": extras.profile,
            "concept": self.concept,
            "dossier": wishes is not None,
            "grens": wishes.limit if wishes else 0,
            "versleuteld": bool(wishes and wishes.password),
            "dubbelzijdig": extras.double_sided,
            "vaste_nummers": extras.keeps_numbers,
            "archief": extras.archive,
        }
