"""Why a template cannot be filled, as a check says it: in Dutch, and with the place in Word."""

from __future__ import annotations

from wvp_docs.errors import TemplateError
from wvp_docs.findings import Severity
from wvp_docs.forms import Library
from wvp_docs.inspection.template import inspect_template


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
        if finding.severity is Severity.ERROR:
            return TemplateError(f"Sjabloon {file}: {finding.message}", hint=finding.hint)
    return fault
