"""Templates of one's own at the moment that they are used: what makes a document unfit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256

from wvp_docs.filling import Definitions
from wvp_docs.findings import Finding, Severity
from wvp_docs.inspection.explaining import refuse_medical
from wvp_docs.inspection.template import inspect_template


def require_not_medical(definitions: Definitions, stems: Iterable[str]) -> None:
    """Return when none of these templates names medical information.

    Where definitions of one's own have such answers, the templates beside them are looked at too.

    Raises:
        TemplateError: one does; the sentence says where.
    """
    for stem in sorted(stems):
        refuse_medical(_judged(definitions, stem, _source(definitions, stem)), f"{stem}.docx")


def _source(definitions: Definitions, stem: str) -> bytes:
    """Return the template to look at; nothing when it is ours, or cannot be read to be filled."""
    if stem in definitions.own or not definitions.library.has_medical:
        return definitions.own.get(stem, b"")
    with suppress(OSError):
        return (definitions.templates / f"{stem}.docx").read_bytes()
    return b""


def faults_in_use(definitions: Definitions) -> Iterator[Finding]:
    """Yield the errors in the templates of one's own that a dossier was made with.

    A document in which an element of the law is nowhere printed looks whole to who makes it.
    """
    for stem, _ in definitions.opened():
        yield from _judged(definitions, stem, definitions.own.get(stem, b""))


def _judged(definitions: Definitions, stem: str, source: bytes) -> tuple[Finding, ...]:
    """Return the errors in a template, found once for many dossiers; no template has none."""
    if not source:
        return ()
    key = stem, sha256(source).hexdigest()
    if key not in definitions.judged:
        found = inspect_template(source, f"{stem}.docx", stem, definitions.library).findings
        definitions.judged[key] = tuple(it for it in found if it.severity is Severity.ERROR)
    return definitions.judged[key]
