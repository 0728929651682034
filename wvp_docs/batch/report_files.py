"""The report of a batch in every form: for programs, spreadsheets, browsers, build servers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from html import escape
from string import Template
from xml.etree.ElementTree import Element, SubElement, tostring

from wvp_docs.batch.report import REPORT, Outcome, Report, Status


def report_files(report: Report) -> dict[str, bytes]:
    """Return the report in every form, by file name."""
    return {
        REPORT: report.json(),
        "report.csv": csv_of(report),
        "report.html": html_of(report),
        "report.xml": junit_of(report),
    }


def csv_of(report: Report) -> bytes:
    """Return a table that a Dutch Excel opens as it is: semicolons, UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for outcome in report.outcomes:
        writer.writerow(_harmless(str(cell)) for cell in _cells(outcome))
    return text.getvalue().encode("utf-8-sig", "replace")


_COLUMNS = (
    "naam", "casus", "status", "reden", "soort_fout", "melding", "fouten", "waarschuwingen",
    "documenten", "bladzijden", "seconden",
)  # fmt: skip


def _cells(outcome: Outcome) -> Sequence[object]:
    fault = outcome.fault
    return (
        outcome.name,
        outcome.file,
        outcome.status.words,
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
    """Return a cell that a spreadsheet takes for text: a file name may look like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def junit_of(report: Report) -> bytes:
    """Return the report as JUnit XML: what is not made is an error, what has errors a failure."""
    suite = Element("testsuite", name="wvp-docs batch", time=f"{report.seconds:.3f}")
    for outcome in report.outcomes:
        _add_test(suite, outcome)
    for count, tag in (
        *(("tests", "testcase"), ("failures", "failure"), ("errors", "error")),
        ("skipped", "skipped"),
    ):
        suite.set(count, str(sum(1 for _ in suite.iter(tag))))
    return bytes(tostring(suite, encoding="utf-8", xml_declaration=True))


def _add_test(suite: Element, outcome: Outcome) -> None:
    took = f"{outcome.seconds:.3f}"
    test = SubElement(suite, "testcase", classname="wvp-docs", name=outcome.name, time=took)
    file = _printable(outcome.file)
    if outcome.fault:
        said = f"{file}: {_printable(outcome.fault.message)}"
        SubElement(test, "error", type=outcome.fault.kind, message=said)
    elif outcome.errors:
        SubElement(test, "failure", type="casus", message=f"{file}: {outcome.errors} fouten")
    elif outcome.status in {Status.UNCHANGED, Status.TO_DO}:
        SubElement(test, "skipped", message=outcome.status.words)


def _printable(text: str) -> str:
    """Return the text without what XML cannot hold: a file name may have anything."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def html_of(report: Report) -> bytes:
    """Return the report as one page that needs nothing but a browser; what needs a person first."""
    totals = (f"<li><b>{count}</b> {status.words}</li>" for status, count in report.totals.items())
    rows = sorted(report.outcomes, key=_need)
    slow = ", ".join(f"{escape(it.name)} ({_seconds(it.seconds)} s)" for it in report.slowest)
    said: Mapping[str, str] = {
        "totals": "".join(totals),
        "steps": "".join(f"<p class='nodig'>{escape(step)}</p>" for step in report.next_steps()),
        "took": f"Peildatum {report.today:%d-%m-%Y}. Duur: {_seconds(report.seconds)} seconden.",
        "slow": f"Het langst duurden: {slow}." if slow else "",
        "rows": "".join(_row(outcome) for outcome in rows),
    }
    return Template(_PAGE).substitute(said).encode("utf-8", "replace")


def _need(outcome: Outcome) -> tuple[bool, bool, int, str]:
    """Return what puts first what needs a person."""
    order = [*Status].index(outcome.status)
    return not outcome.fault, not outcome.errors, order, outcome.name


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


def _row(outcome: Outcome) -> str:
    fault = outcome.fault
    note = f"<div class='nodig'>{escape(fault.message)}</div>{escape(fault.hint)}" if fault else ""
    took = _seconds(outcome.seconds) if outcome.seconds else ""
    return (
        f"<tr><td><b>{escape(outcome.name)}</b><div class='klein'>{escape(outcome.file)}</div></td>"
        f"<td>{outcome.status.words}</td><td>{note or escape(outcome.reason)}</td>"
        f"<td class='getal'>{outcome.errors or ''}</td>"
        f"<td class='getal'>{outcome.warnings or ''}</td>"
        f"<td class='getal'>{outcome.pages or ''}</td><td class='getal'>{took}</td></tr>"
    )


_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Verslag van de run</title>
<meta name="viewport" content="width=device-width"><style>
body { font: 14px/1.45 Calibri, Carlito, "Segoe UI", sans-serif; color: #22292e; margin: 32px auto;
  max-width: 1080px; padding: 0 24px; }
h1 { font-size: 26px; margin: 0 0 12px; color: #1b4b5e; }
ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 0 0 8px; }
li b { font-size: 22px; display: block; color: #1b4b5e; }
.klein, .stil { color: #5b6770; font-size: 12.5px; overflow-wrap: anywhere; }
.nodig { color: #9a3412; font-weight: 600; }
table { border-collapse: collapse; width: 100%; border-top: 2px solid #1b4b5e; margin-top: 16px; }
th { text-align: left; font-size: 12.5px; color: #1b4b5e; padding: 6px 14px 6px 0; }
td { vertical-align: top; padding: 6px 14px 6px 0; border-bottom: 1px solid #d3dade; }
.getal { text-align: right; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
</style></head><body><h1>Verslag van de run</h1><ul>$totals</ul>
<p class="stil">$took $slow</p>$steps
<table><thead><tr><th>Casus</th><th>Status</th><th>Waarom</th><th class="getal">Fouten</th>
<th class="getal">Waarsch.</th><th class="getal">Blz.</th><th class="getal">Sec.</th></tr></thead>
<tbody>$rows</tbody></table></body></html>
"""
