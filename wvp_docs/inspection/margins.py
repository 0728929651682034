"""What belongs above and below every page: without it a page says of nobody and nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from wvp_docs.findings import Severity
from wvp_docs.inspection.reading import BODY, W
from wvp_docs.inspection.remarks import Remark

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "word/_rels/document.xml.rels"
_LOST = {
    "header": ("koptekst", "de naam van de werkgever, het woord Concept en het logo"),
    "footer": ("voettekst", "de titel, het bladzijdenummer en de regel van de huisstijl"),
}


def margins(members: Mapping[str, bytes]) -> Iterator[Remark]:
    """Yield what the pages of a form lack above or below; a section takes after the one before."""
    first = next(etree.fromstring(members[BODY]).iter(f"{W}sectPr"), None)
    relations = etree.fromstring(members[_RELATIONS]) if _RELATIONS in members else ()
    parts = {it.get("Id"): f"word/{it.get('Target', '').rpartition('/')[2]}" for it in relations}
    for kind, (name, what) in _LOST.items():
        references = first.iter(f"{W}{kind}Reference") if first is not None else ()
        named = {parts.get(it.get(f"{_R}id")) for it in references if _is_usual(it)}
        if not named & members.keys():
            yield Remark(
                "S034",
                f"Het sjabloon heeft geen {name}: daar staan {what}.",
                f"Zet de {name} terug. Neem haar over uit ons sjabloon: wvp-docs template export.",
                severity=Severity.WARNING,
            )


def _is_usual(reference: etree._Element) -> bool:
    return reference.get(f"{W}type", "default") == "default"
