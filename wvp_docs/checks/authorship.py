"""Whose paper is it: the number of the employee on it, and who signed it when?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wvp_docs.checks.answers import FIRST_SICK_DAY, dated, day_at, text, written
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.dossier import Document
from wvp_docs.fields import Field
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import show_bsn, show_digits
from wvp_docs.kinds import KINDS

BSN = "werknemer.bsn"
SIGNED, NOT_YET = "ondertekend", "nog_te_ondertekenen"
UNSIGNED_WITH_REASON = {
    "geweigerd": "niet ondertekend",
    "verzonden": "verzonden ter ondertekening en nog niet terug",
}
SIGNED_BY_BOTH = (
    "plan_van_aanpak",
    "bijstelling_plan_van_aanpak",
    "eerstejaarsevaluatie",
    "eindevaluatie",
)
"""The documents that employer and employee make together."""

NAMES = ("verzuim.dossiernummer", "bijlage")
"""What names a dossier or a file: there no BSN belongs at all."""

READY = (
    "re_integratieverslag.datum",
    "verkort_re_integratieverslag.datum",
    "uwv.kopie_werknemer",
    "uwv.upload",
)
"""Days on which the report is said to be ready."""

TO_SIGN = timedelta(days=14)
"""So long a document may be on its way to who signs it (own choice, as in R023)."""

_FORM_RULES = "Beleidsregels vorm- en herkenbaarheidsvereisten art. 2 lid 3"
_PORTAL = "UWV, pagina re-integratieverslag indienen"
_NUMBER = re.compile(r"(?<![\d.])(?:\d{9}|\d{4}\.\d{2}\.\d{3})(?![\d.]?\d)")


def authorship(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the BSN on the documents and with the signatures."""
    yield from _bsn_on_every_document(situation)
    yield from _bsn_of_somebody_else(situation)
    yield from _bsn_in_a_name(situation)
    for document in situation.documents():
        for signature in _signatures(situation, document):
            if document.form.key in SIGNED_BY_BOTH:
                yield from _is_signed(situation, signature)
            yield from _signed_on_another_day(situation, signature)
    yield from _attachment_signed_on_another_day(situation)


def _bsn_on_every_document(situation: Situation) -> Iterator[Finding]:
    """R021: UWV wants the BSN on every document; a form that has no place for it is broken."""
    for document in situation.documents():
        if BSN not in document.reads():
            yield situation.report.finding(
                "R021",
                document.base,
                f"{document.titel} heeft geen plaats voor het burgerservicenummer.",
                "Voeg werknemer.bsn toe aan de definitie van dit formulier.",
                _PORTAL,
            )


def _bsn_of_somebody_else(situation: Situation) -> Iterator[Finding]:
    """R021: a number of another person in a text is a text from another dossier."""
    own = text(situation.dossier.case.get(BSN))
    if KINDS["bsn"].problem(own, {}):
        return
    for item in written(situation):
        others = _numbers(item.text) - {show_bsn(own)}
        if others and not item.path.startswith(NAMES):
            yield situation.report.finding(
                "R021",
                item.path,
                f'{item.where}: in "{item.field.label}" staat een ander nummer, dat een '
                "burgerservicenummer kan zijn.",
                "Gaat deze tekst wel over deze werknemer? Haal het nummer weg.",
                _PORTAL,
                Severity.WARNING,
                also=BSN,
            )


def _bsn_in_a_name(situation: Situation) -> Iterator[Finding]:
    """R021: the BSN belongs on the document, not in a name of a file or dossier (UAVG art. 46)."""
    case = situation.dossier.case
    bijlagen = range(len(situation.dossier.rows("bijlage")))
    names = [f"bijlage[{at}].{name}" for at in bijlagen for name in ("bestand", "titel")]
    names += [f"{document.base}.ondertekend" for document in situation.documents()]
    for path in ("verzuim.dossiernummer", *names):
        if _numbers(text(case.get(path)).replace("_", " ")):
            yield situation.report.finding(
                "R021",
                path,
                "Hier staat een burgerservicenummer in een naam of kenmerk.",
                "Gebruik een naam zonder burgerservicenummer: die is ook buiten het stuk te lezen.",
                "UAVG art. 46; eigen advies",
                Severity.WARNING,
            )


def _numbers(words: str) -> set[str]:
    found = {show_digits(it) for it in _NUMBER.findall(words)}
    return {number for number in found if not KINDS["bsn"].problem(number, {})}


@dataclass(frozen=True, slots=True)
class _Signature:
    """One signature block of a document, as far as it was filled in soundly."""

    document: Document
    field: Field
    path: str
    status: object
    signed: date | None

    @property
    def who(self) -> str:
        """Who signs, in a sentence."""
        return f"de {self.field.label.lower()}"


def _signatures(situation: Situation, document: Document) -> Iterator[_Signature]:
    for field in document.form.own_fields():
        given = situation.dossier.case.get(document.path(field))
        if field.soort == "ondertekening" and (given is None or isinstance(given, Mapping)):
            path = document.path(field)
            status = situation.dossier.case.get(f"{path}.status")
            signed = day_at(situation, f"{path}.datum")
            yield _Signature(document, field, path, status, signed)


def _is_signed(situation: Situation, signature: _Signature) -> Iterator[Finding]:
    """R022: employer and employee both sign, or the case says why one of them did not."""
    case, titel = situation.dossier.case, signature.document.titel
    why = UNSIGNED_WITH_REASON.get(signature.status) if isinstance(signature.status, str) else None
    if why and case.has(f"{signature.path}.toelichting"):
        yield situation.report.finding(
            "R022",
            f"{signature.path}.status",
            f"{titel} is door {signature.who} {why}.",
            "Bewaar het bewijs van verzending, en vul de ondertekening in zodra die er is.",
            _FORM_RULES,
            Severity.WARNING,
        )
    elif signature.status == NOT_YET or not (
        signature.status or signature.signed or signature.document.has_copy
    ):
        yield _unsigned(situation, signature)


def _unsigned(situation: Situation, signature: _Signature) -> Finding:
    """Say that a signature lacks, harder as it gets later.

    A document must be printed before it can be signed: the error is about the report that was
    said to be ready, so that the document itself can still be made.
    """
    made, today = dated(situation, signature.document), situation.today
    path, titel, severity = signature.path, signature.document.titel, Severity.WARNING
    message = f"{titel} is nog niet ondertekend door {signature.who}."
    ready = next((it for it in READY if (day_at(situation, it) or date.max) <= today), "")
    if ready:
        message = f"Het re-integratieverslag is klaar, maar {message[0].lower()}{message[1:]}"
        severity = Severity.ERROR
    elif made and today - made <= TO_SIGN:
        severity = Severity.INFO
    return situation.report.finding(
        "R022",
        ready or f"{path}.status",
        message,
        "Laat het stuk ondertekenen en vul de datum in. Lukt dat niet, schrijf dan waarom niet en "
        "wanneer het is verzonden.",
        _FORM_RULES,
        severity,
        also=path if ready else "",
    )


def _signed_on_another_day(situation: Situation, signature: _Signature) -> Iterator[Finding]:
    """R023: a signature of weeks later or earlier makes one ask of when the document is."""
    made, signed = dated(situation, signature.document), signature.signed
    if made is None or signed is None or signature.status not in (None, SIGNED):
        return
    first_day = day_at(situation, FIRST_SICK_DAY) or made
    if first_day <= signed <= situation.today and abs(signed - made) > TO_SIGN:
        yield situation.report.finding(
            "R023",
            f"{signature.path}.datum",
            f"{signature.document.titel} is van {show_date(made)}, maar door {signature.who} "
            f"ondertekend op {show_date(signed)}.",
            "Kijk beide datums na. Kloppen ze, leg dan vast waarom er zoveel tijd tussen zit.",
            _FORM_RULES,
            Severity.WARNING,
            also=f"{signature.document.base}.datum",
        )


def _attachment_signed_on_another_day(situation: Situation) -> Iterator[Finding]:
    for at in range(len(situation.dossier.rows("bijlage"))):
        made, signed = (
            day_at(situation, f"bijlage[{at}].{name}") for name in ("datum", "ondertekend_op")
        )
        if (
            made
            and signed
            and max(made, signed) <= situation.today
            and abs(signed - made) > TO_SIGN
        ):
            yield situation.report.finding(
                "R023",
                f"bijlage[{at}].ondertekend_op",
                f"Bijlage {at + 1} is van {show_date(made)}, maar ondertekend op "
                f"{show_date(signed)}.",
                "Neem beide datums over die op het stuk staan.",
                _PORTAL,
                Severity.WARNING,
                also=f"bijlage[{at}].datum",
            )
