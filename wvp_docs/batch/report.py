"""What came of a batch: a line for each case, the totals, and what to do next."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from wvp_docs.attachments import UNUSABLE
from wvp_docs.batch.orders import Fault, Noted

REPORT = "report.json"
SLOWEST = 5


class Status(StrEnum):
    """How a case stands after a run; the words are public, and these are all.

    Attributes:
        FAILED: not made.
        WITH_ERRORS: made, and a person must look at the case.
        TO_DO: the run ended before it.
        MADE: made, and nothing in it is an error.
        UNCHANGED: nothing had changed, so nothing was made.
    """

    FAILED = "mislukt"
    WITH_ERRORS = "gemaakt_met_fouten"
    TO_DO = "te_doen"
    MADE = "gemaakt"
    UNCHANGED = "ongewijzigd"

    @property
    def words(self) -> str:
        """The status as a reader sees it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case; its fields are the public JSON shape.

    Attributes:
        name: of the folder with its results.
        file: the case file as the user gave it.
        reason: why it was made, or was to be made.
        fault: why it failed.
        findings: the errors and warnings, with their places.
        documents: how many documents it has.
        pages: of the bundle.
        seconds: how long the work took.
        memory: the most that its process ever had, in bytes; 0 when unknown.
    """

    name: str
    file: str
    status: Status
    reason: str = ""
    fault: Fault | None = None
    findings: tuple[Noted, ...] = ()
    documents: int = 0
    pages: int = 0
    seconds: float = 0
    memory: int = 0

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(it.is_error for it in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all cases, in the order of their names.

    Attributes:
        today: the day on which the cases were judged.
        seconds: how long the whole run took.
        options: what was asked of the run, by the name of each option; it can be asked again.
        folder: from where the paths of the case files go.
        others: the case file of each folder with results that is of none of these outcomes.
        strict: a warning counts as an error.
        strays: of those folders, the ones of which the case is gone or is called otherwise now.
        had_passwords: those of attachments were given; what is made again needs them again.
    """

    outcomes: tuple[Outcome, ...]
    today: date
    seconds: float = 0
    options: Mapping[str, object] = field(default_factory=dict)
    folder: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[str, ...] = ()
    strict: bool = False
    had_passwords: bool = False

    def owners(self) -> dict[str, str]:
        """Return of each folder with results the whole path of the case file that it is of."""
        return {it.name: whole(self.folder, it.file) for it in self.outcomes} | {**self.others}

    def count(self, status: Status) -> int:
        """Return how many cases have this status."""
        return sum(outcome.status is status for outcome in self.outcomes)

    @property
    def totals(self) -> dict[Status, int]:
        """How many cases have each status, without those that none has."""
        counts = {status: self.count(status) for status in Status}
        return {status: count for status, count in counts.items() if count}

    def sums(self) -> dict[str, int]:
        """Return how much there is of all cases together."""
        return {
            "documents": sum(outcome.documents for outcome in self.outcomes),
            "pages": sum(outcome.pages for outcome in self.outcomes),
            "errors": sum(outcome.errors for outcome in self.outcomes),
            "warnings": sum(outcome.warnings for outcome in self.outcomes),
        }

    @property
    def slowest(self) -> tuple[Outcome, ...]:
        """The cases that took longest, the slowest first."""
        timed = [outcome for outcome in self.outcomes if outcome.seconds]
        return tuple(sorted(timed, key=lambda outcome: -outcome.seconds)[:SLOWEST])

    def next_steps(self) -> tuple[str, ...]:
        """Return what to do now, as Dutch sentences."""
        steps = []
        again = " Geef --wachtwoord-bestand dan weer mee." if self.had_passwords else ""
        if failed := self.count(Status.FAILED):
            many = "1 casus is" if failed == 1 else f"{failed} casussen zijn"
            steps.append(
                f"{many} mislukt. Herstel wat er staat, en draai opnieuw met --only-failed.{again}"
            )
        if wrong := sum(outcome.errors > 0 for outcome in self.outcomes):
            many = "1 casus heeft" if wrong == 1 else f"{wrong} casussen hebben"
            steps.append(f"{many} fouten. Welke, staat in het verslag; wvp-docs explain legt uit.")
        errors = (it for outcome in self.outcomes for it in outcome.findings if it.is_error)
        if not self.had_passwords and any(it.code == UNUSABLE for it in errors):
            steps.append(
                "Vraagt een bijlage een wachtwoord? Draai opnieuw met --resume "
                "--wachtwoord-bestand BESTAND."
            )
        if self.count(Status.TO_DO):
            steps.append(f"De run is afgebroken. Ga verder met --resume.{again}")
        if self.strays:
            named = ", ".join(self.strays[:SLOWEST]) + (" …" if self.strays[SLOWEST:] else "")
            steps.append(f"Van geen casus meer: {named}. Kijk na of die mappen weg mogen.")
        return tuple(steps)

    def json(self) -> bytes:
        """Return the report for another program; `--only-failed` and `--resume` read it too."""
        said = {
            "peildatum": self.today.isoformat(),
            "totals": {status.value: self.count(status) for status in Status},
            **self.sums(),
            "seconds": round(self.seconds, 3),
            "slowest": [outcome.name for outcome in self.slowest],
            "next": list(self.next_steps()),
            "options": self.options,
            "folder": self.folder,
            "others": self.others,
            "strays": self.strays,
            "cases": [_as_dict(outcome) for outcome in self.outcomes],
        }
        text = json.dumps(said, ensure_ascii=False, indent=1)
        # A file name may hold bytes that are no text; this writes them as JSON does.
        return text.encode("utf-8", "backslashreplace") + b"\n"


def _as_dict(outcome: Outcome) -> dict[str, object]:
    counts = {"errors": outcome.errors, "warnings": outcome.warnings}
    return {**asdict(outcome), **counts, "seconds": round(outcome.seconds, 3)}


def read_report(content: bytes) -> Report:
    """Return an earlier report.

    Raises:
        ValueError: it is no report of ours.
    """
    try:
        said: Mapping[str, Any] = json.loads(content)
        outcomes = tuple(_outcome(row) for row in said["cases"])
        return Report(
            outcomes,
            date.fromisoformat(said["peildatum"]),
            said["seconds"],
            dict(said["options"]),
            str(said["folder"]),
            dict(said["others"]),
            tuple(said["strays"]),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no report") from error


def whole(folder: str, file: str) -> str:
    """Return the whole path of a case file as it was given in a folder."""
    return os.path.normpath(os.path.join(folder, file))  # noqa: PTH118  a link keeps its name


def _outcome(row: Mapping[str, Any]) -> Outcome:
    fault = Fault(**row["fault"]) if row["fault"] else None
    given = {key: value for key, value in row.items() if key not in {"errors", "warnings"}}
    findings = tuple(Noted(**said) for said in row["findings"])
    own = {"status": Status(row["status"]), "fault": fault, "findings": findings}
    return Outcome(**{**given, **own})
