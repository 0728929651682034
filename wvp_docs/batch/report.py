"""What came of a batch: a line for each case, the totals, and what to do next."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from wvp_docs.batch.orders import Fault

REPORT = "report.json"
SLOWEST = 5


class Status(StrEnum):
    """How a case stands after a run; the words are public, and these are all.

    Attributes:
        MADE: made, and nothing in it is an error.
        WITH_ERRORS: made, and a person must look at the case.
        UNCHANGED: nothing had changed, so nothing was made.
        FAILED: not made.
        TO_DO: the run ended before it.
    """

    MADE = "gemaakt"
    WITH_ERRORS = "gemaakt_met_fouten"
    UNCHANGED = "ongewijzigd"
    FAILED = "mislukt"
    TO_DO = "te_doen"

    @property
    def woorden(self) -> str:
        """The status as a reader sees it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case.

    Attributes:
        name: of the folder with its results.
        file: the case file as the user gave it.
        reason: why it was made, or was to be made.
        fault: why it failed.
        memory: the most that its process ever had, in bytes; 0 when unknown.
    """

    name: str
    file: str
    status: Status
    reason: str = ""
    fault: Fault | None = None
    errors: int = 0
    warnings: int = 0
    documents: int = 0
    pages: int = 0
    seconds: float = 0
    memory: int = 0

    def as_dict(self) -> dict[str, object]:
        """Return the public JSON shape."""
        fault = self.fault
        return {
            "name": self.name,
            "file": self.file,
            "status": self.status.value,
            "reason": self.reason,
            "fault": {"kind": fault.kind, "message": fault.message, "hint": fault.hint}
            if fault
            else None,
            "errors": self.errors,
            "warnings": self.warnings,
            "documents": self.documents,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "memory": self.memory,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all cases, in the order of their names.

    Attributes:
        seconds: how long the whole run took.
    """

    outcomes: tuple[Outcome, ...]
    seconds: float = 0
    title: str = field(default="wvp-docs batch")

    def count(self, status: Status) -> int:
        """Return how many cases have this status."""
        return sum(outcome.status is status for outcome in self.outcomes)

    @property
    def slowest(self) -> tuple[Outcome, ...]:
        """The cases that took longest, the slowest first."""
        timed = [outcome for outcome in self.outcomes if outcome.seconds]
        return tuple(sorted(timed, key=lambda outcome: -outcome.seconds)[:SLOWEST])

    def next_steps(self) -> tuple[str, ...]:
        """Return what to do now, as Dutch sentences."""
        steps = []
        if failed := self.count(Status.FAILED):
            many = "1 casus is" if failed == 1 else f"{failed} casussen zijn"
            steps.append(
                f"{many} mislukt. Herstel wat er staat, en draai opnieuw met --only-failed."
            )
        if wrong := self.count(Status.WITH_ERRORS):
            many = "1 casus heeft" if wrong == 1 else f"{wrong} casussen hebben"
            steps.append(f"{many} fouten. Kijk welke met: wvp-docs check.")
        if self.count(Status.TO_DO):
            steps.append("De run is afgebroken. Ga verder met --resume.")
        return tuple(steps)

    def json(self) -> bytes:
        """Return the report for another program; `--only-failed` and `--resume` read it too."""
        said = {
            "totals": {status.value: self.count(status) for status in Status},
            "seconds": round(self.seconds, 3),
            "slowest": [outcome.name for outcome in self.slowest],
            "next": list(self.next_steps()),
            "cases": [outcome.as_dict() for outcome in self.outcomes],
        }
        return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"

    def csv(self) -> bytes:
        """Return a table that a Dutch Excel opens as it is: semicolons, UTF-8."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for outcome in self.outcomes:
            writer.writerow(_harmless(str(cell)) for cell in _cells(outcome))
        return text.getvalue().encode("utf-8-sig")

    def xml(self) -> bytes:
        """Return the report as JUnit XML: a failed case is a failure, one with errors too."""
        suite = Element(
            "testsuite",
            name=self.title,
            tests=str(len(self.outcomes)),
            failures=str(self.count(Status.WITH_ERRORS)),
            errors=str(self.count(Status.FAILED)),
            skipped=str(self.count(Status.UNCHANGED) + self.count(Status.TO_DO)),
            time=f"{self.seconds:.3f}",
        )
        for outcome in self.outcomes:
            _add_test(suite, outcome)
        return bytes(tostring(suite, encoding="utf-8", xml_declaration=True))

    def html(self) -> bytes:
        """Return the report as one page that needs nothing but a browser."""
        totals = "".join(
            f"<li><b>{self.count(status)}</b> {status.woorden}</li>"
            for status in Status
            if self.count(status)
        )
        rows = "".join(_row(outcome) for outcome in sorted(self.outcomes, key=_by_need))
        steps = "".join(f"<p class='nodig'>{escape(step)}</p>" for step in self.next_steps())
        slow = ", ".join(f"{escape(it.name)} ({it.seconds:.1f} s)" for it in self.slowest)
        page = _PAGE
        for key, value in (
            ("@TOTALEN@", totals),
            ("@STAPPEN@", steps),
            ("@DUUR@", f"{self.seconds:.0f} seconden"),
            ("@TRAAGST@", f"Het langst duurden: {slow}." if slow else ""),
            ("@RIJEN@", rows),
        ):
            page = page.replace(key, value)
        return page.encode()

    def files(self) -> dict[str, bytes]:
        """Return the report in every form, by file name."""
        return {
            REPORT: self.json(),
            "report.csv": self.csv(),
            "report.html": self.html(),
            "report.xml": self.xml(),
        }


def outcomes_in(content: bytes) -> list[tuple[str, Status]]:
    """Return the case files of an earlier report, each with its status.

    Raises:
        ValueError: it is no report of ours.
    """
    try:
        said: Mapping[str, Any] = json.loads(content)
        return [(str(row["file"]), Status(row["status"])) for row in said["cases"]]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no report") from error


_COLUMNS = (
    "naam", "casus", "status", "reden", "soort_fout", "melding", "fouten", "waarschuwingen",
    "documenten", "bladzijden", "seconden",
)  # fmt: skip


def _cells(outcome: Outcome) -> Sequence[object]:
    fault = outcome.fault
    return (
        outcome.name,
        outcome.file,
        outcome.status.woorden,
        outcome.reason,
        fault.kind if fault else "",
        fault.message if fault else "",
        outcome.errors,
        outcome.warnings,
        outcome.documents,
        outcome.pages,
        f"{outcome.seconds:.2f}".replace(".", ","),
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _add_test(suite: Element, outcome: Outcome) -> None:
    test = SubElement(
        suite, "testcase", classname="wvp-docs", name=outcome.name, time=f"{outcome.seconds:.3f}"
    )
    if outcome.fault:
        SubElement(
            test, "error", type=outcome.fault.kind, message=_printable(outcome.fault.message)
        )
    elif outcome.status is Status.WITH_ERRORS:
        SubElement(
            test, "failure", message=f"{outcome.errors} fouten in {_printable(outcome.file)}"
        )
    elif outcome.status in {Status.UNCHANGED, Status.TO_DO}:
        SubElement(test, "skipped", message=outcome.status.woorden)


def _printable(text: str) -> str:
    """Return the text without what XML cannot hold: a file name may have anything."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _by_need(outcome: Outcome) -> tuple[int, str]:
    order = (Status.FAILED, Status.WITH_ERRORS, Status.TO_DO, Status.MADE, Status.UNCHANGED)
    return order.index(outcome.status), outcome.name


def _row(outcome: Outcome) -> str:
    fault = outcome.fault
    note = f"<div class='nodig'>{escape(fault.message)}</div>{escape(fault.hint)}" if fault else ""
    note = note or escape(outcome.reason)
    return (
        f"<tr class='{outcome.status.value}'><td><b>{escape(outcome.name)}</b>"
        f"<div class='klein'>{escape(outcome.file)}</div></td><td>{outcome.status.woorden}</td>"
        f"<td>{note}</td><td class='getal'>{outcome.errors or ''}</td>"
        f"<td class='getal'>{outcome.warnings or ''}</td>"
        f"<td class='getal'>{outcome.pages or ''}</td>"
        f"<td class='getal'>{outcome.seconds:.1f}</td></tr>"
    )


def merged(outcomes: Iterable[Outcome], before: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return the outcomes in the order of their names, with older ones where there is no new."""
    known = {outcome.name: outcome for outcome in (*before, *outcomes)}
    return tuple(known[name] for name in sorted(known))


_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Verslag van de run</title>
<meta name="viewport" content="width=device-width"><style>
body { font: 14px/1.45 Calibri, Carlito, "Segoe UI", sans-serif; color: #22292e; margin: 32px auto;
  max-width: 1080px; padding: 0 24px; }
h1 { font-size: 26px; margin: 0 0 12px; color: #1b4b5e; }
ul { list-style: none; padding: 0; display: flex; gap: 28px; margin: 0 0 8px; }
li b { font-size: 22px; display: block; color: #1b4b5e; }
.klein, .stil { color: #5b6770; font-size: 12.5px; overflow-wrap: anywhere; }
.nodig { color: #9a3412; font-weight: 600; }
table { border-collapse: collapse; width: 100%; border-top: 2px solid #1b4b5e; margin-top: 16px; }
th { text-align: left; font-size: 12.5px; color: #1b4b5e; padding: 6px 14px 6px 0; }
td { vertical-align: top; padding: 6px 14px 6px 0; border-bottom: 1px solid #d3dade; }
.getal { text-align: right; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
</style></head><body><h1>Verslag van de run</h1><ul>@TOTALEN@</ul>
<p class="stil">Duur: @DUUR@. @TRAAGST@</p>@STAPPEN@
<table><thead><tr><th>Casus</th><th>Status</th><th>Waarom</th><th class="getal">Fouten</th>
<th class="getal">Waarsch.</th><th class="getal">Blz.</th><th class="getal">Sec.</th></tr></thead>
<tbody>@RIJEN@</tbody></table></body></html>
"""
