"""What is due in the coming weeks in all cases of a folder, and which of them cannot be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wvp_docs.case import load_case
from wvp_docs.casefiles import cases_in
from wvp_docs.dates import plus
from wvp_docs.dossier import Dossier
from wvp_docs.errors import CaseError
from wvp_docs.forms import Library
from wvp_docs.timeline.steps import Status, Step, Timeline, timeline_of


@dataclass(frozen=True, slots=True)
class Job:
    """One case with its timeline."""

    dossier: Dossier
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class Row:
    """A step of a case that asks for attention."""

    file: str
    kenmerk: str
    step: Step


@dataclass(frozen=True, slots=True)
class Worklist:
    """All cases that could be read, and a sentence about each that could not.

    Attributes:
        jobs: the cases, in the order of their files.
        faults: what was wrong with the others.
    """

    jobs: tuple[Job, ...]
    faults: tuple[CaseError, ...]

    def rows(self, until: date) -> tuple[Row, ...]:
        """Return every step that is late or due up to and including `until`, by date."""
        found = [
            Row(job.dossier.case.file, job.dossier.kenmerk, step)
            for job in self.jobs
            for step in job.timeline.stappen
            if step.is_pending and (step.uiterlijk or date.max) <= until
        ]
        return tuple(sorted(found, key=lambda row: (row.step.uiterlijk or date.max, row.file)))

    @property
    def is_late(self) -> bool:
        """Whether any step of any case is overdue."""
        return any(step.status is Status.LATE for job in self.jobs for step in job.timeline.stappen)


def job_of(file: Path, library: Library, today: date, profile: str | None = None) -> Job:
    """Return a case with its timeline.

    Raises:
        CaseError: it cannot be read, or has no first sick day to count from.
        UnknownProfileError: there is no profile with that name.
    """
    dossier = Dossier(load_case(file), library)
    timeline = timeline_of(dossier, today, profile)
    if timeline.eerste_ziektedag is None:
        raise CaseError(
            f"{file}: verzuim.eerste_ziektedag ontbreekt of is geen datum.",
            hint="Vul de eerste ziektedag in (jjjj-mm-dd); daar begint de telling.",
        )
    return Job(dossier, timeline)


def worklist(
    paths: Iterable[Path], library: Library, today: date, profile: str | None = None
) -> Worklist:
    """Return the cases in these files and folders; one that is broken does not stop the rest.

    Raises:
        UnknownProfileError: there is no profile with that name.
    """
    jobs: list[Job] = []
    faults: list[CaseError] = []
    for path in paths:
        try:
            files = tuple(cases_in(path))
        except CaseError as fault:
            faults.append(fault)
            continue
        for file in files:
            try:
                jobs.append(job_of(file, library, today, profile))
            except CaseError as fault:
                faults.append(fault)
    return Worklist(tuple(jobs), tuple(faults))


def due_until(today: date, weeks: int) -> date:
    """Return the last day of the coming weeks."""
    return plus(today, 7 * weeks)
