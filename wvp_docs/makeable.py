"""Which documents of a case can be made, given what was found in it."""

from __future__ import annotations

from collections.abc import Iterable

from wvp_docs.dossier import Document, Dossier
from wvp_docs.findings import Finding, Severity


def makeable(dossier: Dossier, findings: Iterable[Finding]) -> tuple[Document, ...]:
    """Return the documents that can be made: those that no error touches."""
    found = tuple(findings)
    return tuple(doc for doc in dossier.documents if not _is_held_up(doc, found))


def _is_held_up(document: Document, findings: Iterable[Finding]) -> bool:
    """Return whether a document is not made: beside a signed copy only one that is whole."""
    own = (f"{document.base}.", f"{document.base}[")
    doubtful = (it for it in findings if it.severity is not Severity.INFO)
    if document.has_copy and (
        not any(document.answer(it.naam) for it in document.form.own_fields() if it.naam != "datum")
        or any(finding.path.startswith(own) for finding in doubtful)
    ):
        return True
    return is_blocked(document, findings)


def is_blocked(document: Document, findings: Iterable[Finding]) -> bool:
    """Return whether an error touches what this document prints.

    An error in a shared table that is about none of its fields, such as a misspelt key, touches
    every document that prints something of that table: nobody knows what was meant.
    """
    shared = document.dossier.library.shared
    reads = document.reads()
    tables = {path.partition(".")[0] for path in reads}
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            continue
        path, field = finding.path, finding.path.partition("[")[0]
        if path == document.base or path.startswith((f"{document.base}.", f"{document.base}[")):
            return True
        if field in reads or (
            field not in shared and not finding.form and field.partition(".")[0] in tables
        ):
            return True
    return False
