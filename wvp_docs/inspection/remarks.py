"""What a check says of a template, before it is known in which file that stands."""

from __future__ import annotations

from dataclasses import dataclass

from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.inspection.reading import Paragraph

LAW_ON_MEDICAL = "Beleidsregels vorm- en herkenbaarheidsvereisten art. 1 m"
SENT = "De werknemer stuurt medische informatie zelf naar UWV, in een gesloten envelop."


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about a template that its editor must look at.

    Attributes:
        message: a Dutch sentence without the place.
        paragraph: where; None when it is about the whole document.
    """

    code: str
    message: str
    hint: str = ""
    paragraph: Paragraph | None = None
    severity: Severity = Severity.ERROR
    source: str = ""

    def finding(self, file: str, form: str) -> Finding:
        """Return it as a finding; the place is in the sentence, and in `path`."""
        message, place = self.message, ""
        if self.paragraph:
            said, place = self.paragraph.said, self.paragraph.place
            message = f"{said[0].upper()}{said[1:]}: {message}"
        return Finding(
            self.code,
            self.severity,
            form,
            place,
            Place(file),
            message,
            self.hint,
            self.source,
        )
