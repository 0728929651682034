"""Was every document made in its time, and in the right order?

That a document is missing altogether is for `dossier_parts`; here are those that are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from wvp_docs.checks.answers import dated, day, first_sick_day
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.dossier import Document
from wvp_docs.findings import Finding, Severity
from wvp_docs.timeline.steps import Status, Step

SLIP = timedelta(days=7)
"""So much earlier than the probleemanalyse a plan may be dated: a draft of it was there."""

STALE = timedelta(weeks=13)
"""An actueel oordeel that is older says little about today (own choice, not in the law)."""

FIRST_YEAR = "eerstejaarsevaluatie"
_ART_5 = "Regeling procesgang art. 5"


def deadlines(situation: Situation) -> Iterator[Finding]:
    """Yield the documents that came too late, too early, or in the wrong order."""
    if first_sick_day(situation) is None:
        return
    yield from _probleemanalyse_in_time(situation)
    yield from _plan_in_time(situation)
    yield from _plan_after_probleemanalyse(situation)
    yield from _first_year_evaluation_in_time(situation)
    yield from _actueel_oordeel_before_eindevaluatie(situation)
    yield from _actueel_oordeel_in_time(situation)
    yield from _eindevaluatie_in_time(situation)


def one(situation: Situation, form: str) -> tuple[Document | None, date | None]:
    """Return the document of a form that comes once, with its date if that can be true."""
    document = next(iter(situation.documents(form)), None)
    return document, dated(situation, document) if document else None


def late(situation: Situation, form: str) -> tuple[Step, date, date] | None:
    """Return the step of a form with the last lawful day and the day it was made, if too late."""
    step, (_, made) = situation.timeline.step(form), one(situation, form)
    if step and step.uiterlijk and made and step.status is Status.DONE_LATE:
        return step, step.uiterlijk, made
    return None


def days_late(made: date, latest: date) -> str:
    """Return how late something was, in words."""
    days = (made - latest).days
    return "1 dag te laat" if days == 1 else f"{days} dagen te laat"


def _probleemanalyse_in_time(situation: Situation) -> Iterator[Finding]:
    """R030: within six weeks (Regeling procesgang art. 2), or the reason why not (art. 5)."""
    yield from _late_with_reason(situation, "R030", "De probleemanalyse", "probleemanalyse")


def _plan_in_time(situation: Situation) -> Iterator[Finding]:
    """R031: within two weeks after the probleemanalyse (art. 4 lid 1), or the reason (art. 5)."""
    yield from _late_with_reason(situation, "R031", "Het plan van aanpak", "plan_van_aanpak")


def _late_with_reason(situation: Situation, code: str, what: str, form: str) -> Iterator[Finding]:
    found = late(situation, form)
    if not found:
        return
    step, latest, made = found
    has_reason = situation.dossier.case.has(f"{form}.reden_te_laat")
    said = f"{what} is van {show_date(made)}: {days_late(made, latest)}"
    yield situation.report.finding(
        code,
        f"{form}.datum" if has_reason else f"{form}.reden_te_laat",
        f"{said} (uiterlijk {show_date(latest)})."
        if has_reason
        else f"{said} (uiterlijk {show_date(latest)}), en de reden ontbreekt.",
        "De reden staat erin. Laat ook zien wat in de tussentijd wel is gedaan."
        if has_reason
        else f"Schrijf bij {form}.reden_te_laat waarom het later was.",
        f"{step.bron}; {_ART_5}",
        Severity.WARNING if has_reason else Severity.ERROR,
        "" if has_reason else f"{form}.datum",
    )


def _plan_after_probleemanalyse(situation: Situation) -> Iterator[Finding]:
    """R032: the plan builds on the probleemanalyse (Regeling procesgang art. 4 lid 1)."""
    _, judged = one(situation, "probleemanalyse")
    _, planned = one(situation, "plan_van_aanpak")
    if judged and planned and planned < judged:
        yield situation.report.finding(
            "R032",
            "plan_van_aanpak.datum",
            f"Het plan van aanpak ({show_date(planned)}) is van voor de probleemanalyse "
            f"({show_date(judged)}).",
            "Het plan volgt op het oordeel van de bedrijfsarts. Kijk beide datums na, of stel het "
            "plan bij en dateer het opnieuw.",
            "Regeling procesgang art. 4 lid 1",
            Severity.WARNING if judged - planned <= SLIP else Severity.ERROR,
            also="probleemanalyse.datum",
        )


def _first_year_evaluation_in_time(situation: Situation) -> Iterator[Finding]:
    """R036: at the end of the first year (art. 4 lid 2 b), in practice in weeks 46 to 52."""
    step, (document, made) = situation.timeline.step(FIRST_YEAR), one(situation, FIRST_YEAR)
    if not step or not step.uiterlijk or not step.vanaf or not document or not made:
        return
    between = f"van {show_date(step.vanaf)} tot en met {show_date(step.uiterlijk)}"
    path, hint = f"{FIRST_YEAR}.datum", "Laat in het stuk zien waarom het niet in die weken was."
    if document.answer("soort_evaluatie") == "tussentijdse_evaluatie":
        if made < step.vanaf and situation.today <= step.uiterlijk:
            return
        said = f"Er is geen eerstejaarsevaluatie: het stuk van {show_date(made)} is tussentijds"
        path = f"{FIRST_YEAR}.soort_evaluatie"
        hint = "Maak een eerstejaarsevaluatie; een tussentijdse evaluatie is een bijstelling."
    elif made < step.vanaf:
        said = f"De eerstejaarsevaluatie ({show_date(made)}) is erg vroeg"
    elif made > step.uiterlijk:
        said = f"De eerstejaarsevaluatie ({show_date(made)}) is {days_late(made, step.uiterlijk)}"
    else:
        return
    yield situation.report.finding(
        "R036", path, f"{said}; zij hoort er {between}.", hint, step.bron, Severity.WARNING
    )


def _actueel_oordeel_before_eindevaluatie(situation: Situation) -> Iterator[Finding]:
    """R039: the eindevaluatie builds on what the bedrijfsarts says of that moment."""
    oordeel, judged = one(situation, "actueel_oordeel")
    _, evaluated = one(situation, "eindevaluatie")
    step = situation.timeline.step("actueel_oordeel")
    if not evaluated or not step or not step.uiterlijk:
        return
    path, also, severity = "actueel_oordeel", "eindevaluatie.datum", Severity.ERROR
    if not oordeel and step.status is not Status.LATE:
        said = "Er is een eindevaluatie, maar het actueel oordeel van de bedrijfsarts ontbreekt."
        hint = "Vraag de bedrijfsarts om een actueel oordeel; de eindevaluatie bouwt daarop voort."
    elif judged and judged > evaluated:
        said = (
            f"De eindevaluatie ({show_date(evaluated)}) is van voor het actueel oordeel "
            f"({show_date(judged)})."
        )
        hint = "Kijk beide datums na, of bespreek de eindevaluatie opnieuw en dateer haar opnieuw."
        path, also = also, "actueel_oordeel.datum"
    elif judged and evaluated - judged > STALE:
        said = (
            f"Het actueel oordeel ({show_date(judged)}) is meer dan dertien weken ouder dan de "
            f"eindevaluatie ({show_date(evaluated)})."
        )
        hint = "Vraag de bedrijfsarts of het oordeel nog klopt, en laat het opnieuw dateren."
        path, severity = "actueel_oordeel.datum", Severity.WARNING
    else:
        return
    source = "Regeling procesgang art. 6 lid 1 i, j en k"
    if severity is Severity.WARNING:
        source = f"{source}; dertien weken: eigen grens, niet in de wet"
    yield situation.report.finding("R039", path, said, hint, source, severity, also)


def _actueel_oordeel_in_time(situation: Situation) -> Iterator[Finding]:
    """R039: it is part of a report that is ready in week 91; with an evaluation R040 says so."""
    found = late(situation, "actueel_oordeel")
    if found and not day(situation.dossier.case.get("eindevaluatie.datum")):
        step, latest, made = found
        yield situation.report.finding(
            "R039",
            "actueel_oordeel.datum",
            f"Het actueel oordeel ({show_date(made)}) is {days_late(made, latest)} (uiterlijk "
            f"{show_date(latest)}).",
            "Leg uit waarom het later was.",
            step.bron,
            Severity.WARNING,
        )


def _eindevaluatie_in_time(situation: Situation) -> Iterator[Finding]:
    """R040: before the report must be ready (Wet WIA art. 25 lid 3)."""
    if found := late(situation, "eindevaluatie"):
        step, latest, made = found
        yield situation.report.finding(
            "R040",
            "eindevaluatie.datum",
            f"De eindevaluatie ({show_date(made)}) is {days_late(made, latest)} (uiterlijk "
            f"{show_date(latest)}).",
            "Stuur haar direct mee met het verslag, en leg uit waarom zij later was.",
            step.bron,
            Severity.WARNING,
        )
