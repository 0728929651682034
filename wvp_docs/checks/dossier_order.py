"""Does the dossier hang together as one: its series, its period, its attachments?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wvp_docs.checks.answers import FIRST_SICK_DAY, day, text
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.dossier import Document
from wvp_docs.findings import Finding, Severity

ADJUSTMENT = "bijstelling_"
"""How the key of a form begins that adjusts another: the rest is the key of that other."""

_UPLOAD = (
    "UWV: het re-integratieverslag indienen (genoemd voor de Ziektewet, waarschijnlijk ook WIA)"
)
_ROUTE = (date(2025, 9, 1), date(2027, 9, 1))
"""From when until when the simplified assessment of who is sixty or older is planned to be."""


def dossier_order(situation: Situation) -> Iterator[Finding]:
    """Yield what does not belong together, and what UWV cannot take (R083 to R087)."""
    yield from series_in_order(situation)
    yield from one_period_of_illness(situation)
    yield from attachment_fits_the_portal(situation)
    yield from sixty_plus_route(situation)


def series_in_order(situation: Situation) -> Iterator[Finding]:
    """R084: adjustments follow what they adjust, one a day, and none is left out.

    The order of the WIA attachments is custom; the adjustments themselves are asked by Regeling
    procesgang art. 6 lid 1 f and g.
    """
    days = {document.datum for document in situation.documents() if document.datum}
    seen: dict[tuple[str, date], Document] = {}
    for document in situation.documents():
        key = document.form.key
        if not key.startswith(ADJUSTMENT) or not document.datum:
            continue
        first = next(iter(situation.documents(key.removeprefix(ADJUSTMENT))), None)
        twin = seen.setdefault((key, document.datum), document)
        if first and first.datum and document.datum < first.datum:
            yield _series(situation, document, f"is ouder dan {_named(first)}", first)
        elif twin is not document:
            yield _series(situation, document, f"heeft dezelfde datum als {_named(twin)}", twin)
        else:
            yield from _gap(situation, document, days)


def _gap(situation: Situation, document: Document, days: set[date]) -> Iterator[Finding]:
    before = day(document.answer("datum_vorige"))
    if before and before not in days:
        yield situation.report.finding(
            "R084",
            f"{document.base}.datum_vorige",
            f"{document.titel} volgt op een stuk van {show_date(before)}, "
            "maar dat zit niet in het dossier.",
            "Voeg dat stuk toe, of kijk de datum na.",
            "Regeling procesgang art. 6 lid 1 f en g",
            Severity.WARNING,
        )


def _series(situation: Situation, document: Document, what: str, other: Document) -> Finding:
    return situation.report.finding(
        "R084",
        f"{document.base}.datum",
        f"{document.titel} {what}.",
        "Kijk beide datums na: de bijstellingen staan in de bundel op datum.",
        "Regeling procesgang art. 6 lid 1 f en g",
        Severity.WARNING,
        f"{other.base}.datum",
    )


def _named(document: Document) -> str:
    return f"het stuk {document.titel.lower()}"


def one_period_of_illness(situation: Situation) -> Iterator[Finding]:
    """R085: all documents are about the same period of illness (Wet WIA art. 23 lid 3).

    The same number, employer and first sick day are printed on all by construction; a recovery of
    four weeks or more begins a new period, and what was made before it is of another dossier.
    """
    dossier, period = situation.dossier, situation.dossier.illness
    begun = day(dossier.case.get(FIRST_SICK_DAY))
    if not period or not begun:
        return
    old = [it for it in dossier.documents if it.datum and begun <= it.datum < period.first_day]
    if old:
        first = min(old, key=lambda it: it.datum or begun)
        many = "Dit stuk is" if len(old) == 1 else f"Dit stuk en nog {len(old) - 1} zijn"
        yield situation.report.finding(
            "R085",
            f"{first.base}.datum",
            f"{many} van voor de wachttijd die nu loopt; die begon op "
            f"{show_date(period.first_day)}.",
            "Maak voor de nieuwe periode een eigen casus, met alleen de stukken daarvan.",
            "Wet WIA art. 23 lid 3",
            Severity.WARNING,
            FIRST_SICK_DAY,
        )


def attachment_fits_the_portal(situation: Situation) -> Iterator[Finding]:
    """R083 and R086: UWV takes files up to a limit, each with its kind and its day of signing."""
    library, beside = situation.dossier.library, situation.dossier.case.beside
    kinds = library.shared["bijlage.soort"].opties
    for index, row in enumerate(situation.dossier.rows("bijlage")):
        base, name = f"bijlage[{index}]", text(row.get("bestand"))
        if name and beside.size(name) > library.delivery.maximaal_bytes:
            yield situation.report.finding(
                "R083",
                f"{base}.bestand",
                f"Bijlage {index + 1} is groter dan het portaal van UWV aanneemt.",
                "Een scan wordt in het pakket voor UWV vanzelf verkleind. Verdeel ander werk zelf "
                "over twee bijlagen.",
                _UPLOAD,
                Severity.INFO,
            )
        if text(row.get("soort")) in kinds and not row.get("ondertekend_op"):
            yield situation.report.finding(
                "R086",
                f"{base}.ondertekend_op",
                f"Bij bijlage {index + 1} ontbreekt de datum van ondertekening.",
                "UWV vraagt die bij het uploaden. Neem bij een brief de datum van de brief.",
                _UPLOAD,
                Severity.WARNING,
            )


def sixty_plus_route(situation: Situation) -> Iterator[Finding]:
    """R087: employer and employee must both agree to the simplified assessment from sixty on."""
    case = situation.dossier.case
    if case.get("uwv.zestigplus") is not True:
        return
    agreed, applied = day(case.get("uwv.zestigplus_akkoord")), day(case.get("uwv.wia_aanvraag"))
    said = ""
    if not case.has("uwv.zestigplus_akkoord"):
        said = "Bij de 60-plusmaatregel staat niet wanneer werkgever en werknemer akkoord gingen."
    elif applied and not _ROUTE[0] <= applied < _ROUTE[1]:
        said = "De 60-plusmaatregel geldt voor aanvragen van 01-09-2025 tot 01-09-2027."
    elif agreed and applied and agreed > applied:
        said = "Het akkoord voor de 60-plusmaatregel is van na de WIA-aanvraag."
    if said:
        yield situation.report.finding(
            "R087",
            "uwv.zestigplus_akkoord" if case.has("uwv.zestigplus_akkoord") else "uwv.zestigplus",
            said,
            "Leg het akkoord van beiden vast, of zet zestigplus op false.",
            "volgens de vakpers, niet in de wet nagekeken (60-plusmaatregel, waarschijnlijk)",
            Severity.WARNING,
        )
