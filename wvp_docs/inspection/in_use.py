"""Templates of one's own at the moment that they are used: what makes a document unfit."""

from __future__ import annotations

from collections.abc import Iterator

from wvp_docs.filling import Definitions
from wvp_docs.findings import Finding, Severity
from wvp_docs.inspection.template import inspect_template


def faults_in_use(definitions: Definitions) -> Iterator[Finding]:
    """Yield the errors in the templates of one's own that a dossier was made with.

    A document in which an element of the law is nowhere printed looks whole to who makes it.
    """
    for stem, sha in definitions.opened():
        if stem not in definitions.own:
            continue
        if (stem, sha) not in definitions.judged:
            source, file = definitions.own[stem], f"{stem}.docx"
            found = inspect_template(source, file, stem, definitions.library).findings
            definitions.judged[stem, sha] = tuple(
                finding for finding in found if finding.severity is Severity.ERROR
            )
        yield from definitions.judged[stem, sha]
