"""The report of a batch in every form: for programs, spreadsheets, browsers, build servers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from wvp_docs.batch.report import REPORT, Outcome, Report, Status
from wvp_docs.batch.report_page import html_of


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
    "naam", "casus", "status", "reden", "soort_fout", "melding", "wat_te_doen", "fouten",
    "waarschuwingen", "documenten", "bladzijden", "seconden", "bevindingen",
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
        fault.hint if fault else "",
        outcome.errors,
        outcome.warnings,
        outcome.documents,
        outcome.pages,
        f"{outcome.seconds:.2f}".replace(".", ","),
        ", ".join(map(str, outcome.findings)),
    )


def _harmless(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text: a file name may look like a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def junit_of(report: Report) -> bytes:
    """Return the report as JUnit XML: what is not made is an error, what has errors a failure."""
    suite = Element("testsuite", name="wvp-docs batch", time=f"{report.seconds:.3f}")
    for outcome in report.outcomes:
        _add_test(suite, outcome, strict=report.strict)
    for count, tag in (
        *(("tests", "testcase"), ("failures", "failure"), ("errors", "error")),
        ("skipped", "skipped"),
    ):
        suite.set(count, str(sum(1 for _ in suite.iter(tag))))
    return bytes(tostring(suite, encoding="utf-8", xml_declaration=True))


def _add_test(suite: Element, outcome: Outcome, *, strict: bool) -> None:
    took = f"{outcome.seconds:.3f}"
    test = SubElement(suite, "testcase", classname="wvp-docs", name=outcome.name, time=took)
    file = _printable(outcome.file)
    if outcome.fault:
        said = f"{file}: {_printable(outcome.fault.message)}"
        error = SubElement(test, "error", type=outcome.fault.kind, message=said)
        error.text = _printable(outcome.fault.hint)
    elif outcome.errors or (strict and outcome.warnings):
        many = f"{outcome.errors} fout(en), {outcome.warnings} waarschuwing(en)"
        SubElement(test, "failure", type="casus", message=f"{file}: {many}")
    elif outcome.status in {Status.UNCHANGED, Status.TO_DO}:
        SubElement(test, "skipped", message=outcome.status.words)
    if outcome.findings:
        lines = (f"{it.severity} {it.code} {file}:{it.line} {it.path}" for it in outcome.findings)
        SubElement(test, "system-out").text = "\n".join(lines)


def _printable(text: str) -> str:
    """Return the text without what XML cannot hold: a file name may have anything."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
