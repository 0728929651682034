"""Templates of one's own at the moment that they are used: what makes a document unfit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from wvp_docs.errors import TemplateError
from wvp_docs.filling import Definitions
from wvp_docs.findings import Finding, Severity
from wvp_docs.inspection.template import inspect_template

_MEDICAL = "S022"


def require_not_medical(definitions: Definitions, stems: Iterable[str]) -> None:
    """Return when no template of one's own among these names medical information.

    What is made is seen by the employer at once: this is the one error that nobody may look at
    afterwards (Beleidsregels vorm- en herkenbaarheidsvereisten art. 1 m).

    Raises:
        TemplateError: one does; the sentence says where.
    """
    for stem in sorted(definitions.own.keys() & set(stems)):
        for finding in _judged(definitions, stem, sha256(definitions.own[stem]).hexdigest()):
            if finding.code == _MEDICAL:
                raise TemplateError(f"Sjabloon {stem}.docx: {finding.message}", hint=finding.hint)


def faults_in_use(definitions: Definitions) -> Iterator[Finding]:
    """Yield the errors in the templates of one's own that a dossier was made with.

    A document in which an element of the law is nowhere printed looks whole to who makes it.
    """
    for stem, sha in definitions.opened():
        if stem in definitions.own:
            yield from _judged(definitions, stem, sha)


def _judged(definitions: Definitions, stem: str, sha: str) -> tuple[Finding, ...]:
    if (stem, sha) not in definitions.judged:
        source, file = definitions.own[stem], f"{stem}.docx"
        found = inspect_template(source, file, stem, definitions.library).findings
        definitions.judged[stem, sha] = tuple(
            finding for finding in found if finding.severity is Severity.ERROR
        )
    return definitions.judged[stem, sha]
