"""Cases as one table: a row per case, with every step of the law and how it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import show_bsn
from wvp_docs.terms import Duty
from wvp_docs.timeline.steps import Status, Step, Timeline

BSN = "werknemer.bsn"
EXPLANATION = "Uitleg"
"""The sheet beside the table in a workbook."""
STEP = ("uiterlijk", "advies", "gedaan", "status")
"""What is told of each step."""

Value = str | int | date | Status | None


class Width(Enum):
    """How wide a column is, in characters."""

    COUNT = 8
    DAY = 13
    WORD = 17
    NAME = 28
    FILE = 44


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands above it, and above those of the same step."""

    title: str
    width: Width
    step: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A case that was looked at."""

    file: str
    dossier: Dossier
    timeline: Timeline
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The table.

    Attributes:
        today: the day on which the cases were judged.
        duties: the steps, in the order of the law.
        with_bsn: the rows say whose case it is; without it none does.
    """

    today: date
    duties: tuple[Duty, ...]
    with_bsn: bool = False

    def columns(self) -> tuple[Column, ...]:
        """Return the columns from left to right."""
        about = [
            Column("kenmerk", Width.NAME),
            *([Column("BSN", Width.DAY)] if self.with_bsn else []),
            Column("bestand", Width.FILE),
            Column("profiel", Width.COUNT),
            Column("eerste ziektedag", Width.WORD),
            Column("fouten", Width.COUNT),
            Column("waarschuwingen", Width.WORD),
            Column("eerstvolgende stap", Width.NAME),
            Column("uiterlijk", Width.DAY),
            Column("stand", Width.WORD),
        ]
        steps = (
            Column(title, Width.WORD if title == "status" else Width.DAY, duty.titel)
            for duty in self.duties
            for title in STEP
        )
        return (*about, *steps)

    def row(self, looked: Looked) -> tuple[Value, ...]:
        """Return what stands in each column about one case; None is empty."""
        timeline, case = looked.timeline, looked.dossier.case
        bsn = case.get(BSN)
        number = show_bsn(bsn) if isinstance(bsn, str) and bsn else None
        following = _next_step(timeline)
        about: list[Value] = [
            looked.dossier.kenmerk,
            *([number] if self.with_bsn else []),
            looked.file,
            timeline.profiel,
            timeline.eerste_ziektedag,
            _count(looked.findings, Severity.ERROR),
            _count(looked.findings, Severity.WARNING),
            following.titel if following else None,
            following.uiterlijk if following else None,
            following.status if following else None,
        ]
        return (*about, *(value for duty in self.duties for value in _of(timeline.step(duty.key))))


def _of(step: Step | None) -> Iterator[Value]:
    if step is None:
        yield from (None,) * len(STEP)
    else:
        yield from (step.uiterlijk, step.advies, step.gedaan, step.status)


def _next_step(timeline: Timeline) -> Step | None:
    """Return what must be done first: of what is late the oldest."""
    pending = [step for step in timeline.stappen if step.is_pending and step.uiterlijk]
    return min(pending, key=lambda step: step.uiterlijk or date.max, default=None)


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)
