"""Why a template cannot be filled, as a check says it: in Dutch, and with the place in Word."""

from __future__ import annotations

from collections.abc import Iterable

from wvp_docs.errors import TemplateError
from wvp_docs.findings import Finding, Severity
from wvp_docs.forms import Library
from wvp_docs.inspection.template import inspect_template
from wvp_docs.word import Template

_MEDICAL = "S022"
_STOPS = ("S00", "S01", "S02")
"""How the codes begin of what keeps a template from being filled."""


def opened(source: bytes, file: str, stem: str, library: Library) -> Template:
    """Return a template ready to be filled: one that a dossier may be made with.

    Args:
        source: the Word file.
        file: its name, for the sentence.
        stem: what it is the template of.
        library: the definitions.

    Raises:
        TemplateError: it cannot be made ready, or names medical information; the sentence says
            where.
    """
    refuse_medical(inspect_template(source, file, stem, library).findings, file)
    try:
        return Template(source, file)
    except TemplateError as fault:
        raise explained(fault, source, file, stem, library) from fault


def refuse_medical(findings: Iterable[Finding], file: str) -> None:
    """Return when nothing medical was found in a template.

    Whatever is made of it is kept and passed on: this is the one error that nobody may look at
    afterwards (Beleidsregels vorm- en herkenbaarheidsvereisten art. 1 m).

    Raises:
        TemplateError: something was.
    """
    for finding in findings:
        if finding.code == _MEDICAL:
            raise _fault_of(finding, file)


def explained(
    fault: TemplateError, source: bytes, file: str, stem: str, library: Library
) -> TemplateError:
    """Return the fault as a check would say it; as it was if a check finds nothing.

    Args:
        fault: what filling the template came to.
        source: the Word file.
        file: its name, for the sentence.
        stem: what it is the template of.
        library: the definitions.
    """
    for finding in inspect_template(source, file, stem, library).findings:
        if finding.severity is Severity.ERROR and finding.code.startswith(_STOPS):
            return _fault_of(finding, file)
    return fault


def _fault_of(finding: Finding, file: str) -> TemplateError:
    return TemplateError(f"Sjabloon {file}: {finding.message}", hint=finding.hint)
