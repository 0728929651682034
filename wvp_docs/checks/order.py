"""Do the dates of the documents fit the illness, and today?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wvp_docs.checks.answers import FIRST_SICK_DAY, dated, day, day_at
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.dossier import Document
from wvp_docs.findings import Finding, Severity

MAY_BE_AHEAD = {"uwv.hersteltermijn"}
"""Days of UWV that lie in the future by their nature."""


def order_of_dates(situation: Situation) -> Iterator[Finding]:
    """Yield days before the first sick day or after today (R011), and R002."""
    first_day = day_at(situation, FIRST_SICK_DAY)
    if first_day is None:
        return
    if first_day > situation.today:
        yield situation.report.finding(
            "R002",
            FIRST_SICK_DAY,
            f"De eerste ziektedag ({show_date(first_day)}) ligt in de toekomst.",
            "Kijk het jaar na.",
            "Wet WIA art. 23",
        )
        return
    for document in situation.documents():
        if dated(situation, document):
            yield from _signatures(situation, document, first_day)
            yield from _consult(situation, document, first_day)
        else:
            yield from _document(situation, document, first_day)
    yield from _attachments(situation, first_day)
    yield from _uwv(situation, first_day)


def _document(situation: Situation, document: Document, first_day: date) -> Iterator[Finding]:
    made = day(document.datum)
    if made is None:
        return
    said = f"{document.titel} is gedateerd op {show_date(made)}"
    if made < first_day:
        yield situation.report.finding(
            "R011",
            f"{document.base}.datum",
            f"{said}, voor de eerste ziektedag ({show_date(first_day)}).",
            "Kijk beide datums na.",
            also=FIRST_SICK_DAY,
        )
    else:
        yield situation.report.finding(
            "R011",
            f"{document.base}.datum",
            f"{said}; die dag is er nog niet.",
            "Kijk het jaar na, of wacht met dit document.",
        )


def _signatures(situation: Situation, document: Document, first_day: date) -> Iterator[Finding]:
    for field in document.form.own_fields():
        path = document.path(field)
        signed = day_at(situation, f"{path}.datum")
        status = situation.dossier.case.get(f"{path}.status")
        if field.soort != "ondertekening" or signed is None or status not in (None, "ondertekend"):
            continue
        if wrong := _impossible(signed, first_day, situation.today):
            yield situation.report.finding(
                "R011",
                f"{path}.datum",
                f"{document.titel} is volgens de casus door de {field.label.lower()} ondertekend "
                f"op {show_date(signed)}; {wrong}.",
                "Vul de dag in waarop echt is ondertekend.",
            )


def _consult(situation: Situation, document: Document, first_day: date) -> Iterator[Finding]:
    path = f"{document.base}.datum_spreekuur"
    held, made = day_at(situation, path), dated(situation, document)
    if held is None or made is None or first_day <= held <= made:
        return
    when = "na de datum van het stuk" if held > made else "voor de eerste ziektedag"
    yield situation.report.finding(
        "R011",
        path,
        f"{document.titel}: het spreekuur van {show_date(held)} is {when}.",
        "Kijk beide datums na.",
        severity=Severity.WARNING,
        also=f"{document.base}.datum" if held > made else FIRST_SICK_DAY,
    )


def _attachments(situation: Situation, first_day: date) -> Iterator[Finding]:
    for at in range(len(situation.dossier.rows("bijlage"))):
        for name in ("datum", "ondertekend_op"):
            path = f"bijlage[{at}].{name}"
            found = day_at(situation, path)
            wrong = _impossible(found, first_day, situation.today) if found else ""
            if found and wrong:
                yield situation.report.finding(
                    "R011",
                    path,
                    f"Bijlage {at + 1} heeft de datum {show_date(found)}; {wrong}.",
                    "Neem de datum over die op het stuk staat.",
                    severity=Severity.ERROR if found > situation.today else Severity.WARNING,
                )
                break


def _uwv(situation: Situation, first_day: date) -> Iterator[Finding]:
    for field in situation.dossier.library.groups["uwv"].velden:
        found = day_at(situation, field.path)
        if found is None or field.path in MAY_BE_AHEAD:
            continue
        if wrong := _impossible(found, first_day, situation.today):
            yield situation.report.finding(
                "R011",
                field.path,
                f"{field.label}: {show_date(found)}; {wrong}.",
                "Vul alleen in wat al is gebeurd, met de dag waarop.",
                severity=Severity.WARNING,
            )


def _impossible(found: date, first_day: date, today: date) -> str:
    if found > today:
        return "die dag is er nog niet"
    return f"dat is voor de eerste ziektedag ({show_date(first_day)})" if found < first_day else ""
