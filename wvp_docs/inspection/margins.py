"""What belongs above and below every page: without it a page says of nobody and nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from wvp_docs.findings import Severity
from wvp_docs.inspection.pages import references
from wvp_docs.inspection.reading import BODY, W
from wvp_docs.inspection.remarks import Remark

_LOST = {
    "header": ("koptekst", "de naam van de werkgever, het woord Concept en het logo"),
    "footer": ("voettekst", "de titel, het bladzijdenummer en de regel van de huisstijl"),
}


def margins(members: Mapping[str, bytes]) -> Iterator[Remark]:
    """Yield what the pages of a form lack above or below; a section takes after the one before."""
    first = next(etree.fromstring(members[BODY]).iter(f"{W}sectPr"), None)
    named = tuple(references(members, first)) if first is not None else ()
    usual = {str(it.tag) for it, part in named if part in members and _is_usual(it)}
    for kind, (name, what) in _LOST.items():
        if f"{W}{kind}Reference" not in usual:
            yield Remark(
                "S034",
                f"Het sjabloon heeft geen {name}: daar staan {what}.",
                f"Zet de {name} terug. Neem haar over uit ons sjabloon: wvp-docs template export.",
                severity=Severity.WARNING,
            )


def _is_usual(reference: etree._Element) -> bool:
    return reference.get(f"{W}type", "default") == "default"
