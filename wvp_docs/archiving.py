"""The bundle made fit for an archive, and what stands in the way of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wvp_docs.contents import Entry
from wvp_docs.filling import CREATOR
from wvp_docs.findings import Finding
from wvp_docs.pdf.archive import Obstacle, to_archive
from wvp_docs.pdf.bundle import Bundle
from wvp_docs.pdf.document import PdfInfo, open_pdf, to_spool
from wvp_docs.report import Report

NO_ARCHIVE = "V007"
_SOURCE = "ISO 19005-2 (PDF/A-2b)"


def archived(
    bundle: Bundle, entries: Sequence[Entry], titel: str, report: Report
) -> tuple[Bundle, tuple[Finding, ...]]:
    """Return the bundle as PDF/A-2b, or as it is with a finding for each thing in the way.

    Args:
        bundle: bound and stamped.
        entries: the contents, to tell which paper a page is of.
        titel: of the bundle.
        report: makes the findings.

    Raises:
        EngineError: the bundle is no readable PDF.
    """
    with open_pdf(bundle.pdf) as document:
        obstacles = to_archive(document, PdfInfo(title=titel, creator=CREATOR))
        made = replace(bundle, pdf=to_spool(document))
    return made, tuple(_findings(obstacles, bundle, entries, report))


def _findings(
    obstacles: Sequence[Obstacle], bundle: Bundle, entries: Sequence[Entry], report: Report
) -> Iterator[Finding]:
    labels = [(label, bound.key) for bound in bundle.ledger for label in bound.labels]
    paths = {entry.key: entry.path for entry in entries}
    for obstacle in obstacles:
        label, key = labels[obstacle.page - 1]
        yield report.finding(
            NO_ARCHIVE,
            paths.get(key, ""),
            f"De bundel is geen PDF/A: bladzijde {label}: {obstacle.message}.",
            obstacle.hint,
            _SOURCE,
        )
