"""Is the plan a plan: a goal that fits the advice, and agreements that somebody keeps?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from wvp_docs.checks.answers import number, text
from wvp_docs.checks.course import (
    ADJUSTED_PLAN,
    AGREED,
    ANALYSES,
    FINAL,
    FIRST_YEAR,
    MONTH_NAMES,
    PLAN,
    PLANS,
    REPORTED,
    TALK,
    Moment,
    Row,
    advice_on,
    choices,
    days_in,
    moments,
    rows_of,
)
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import show_hours, show_number

VIEWS_ASKED_SINCE = date(2023, 7, 1)
OWN_WORK = "eigen_functie"
OTHER_WORK = "ander_werk"
NOT_REPORTED_BACK = "sociaal_medische_zaken"
"""Following the advice of the bedrijfsarts: what came of it is nobody's business here."""

_PROCEDURE = "Regeling procesgang art. 4 lid 2 a"
_WHEN = re.compile(
    rf"\d|\b(?:{MONTH_NAMES}|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b"
    r"|\b(?:dag|dagen|dagelijks|week|weken|wekelijks|maand|maanden|maandelijks|kwartaal|jaar)\b"
    r"|\b(?:elke|iedere|doorlopend|direct|meteen|nu|vandaag|morgen|zomer|herfst|winter|voorjaar)\b"
    r"|\b(?:najaar|spreekuur|evaluatie|eerstejaarsevaluatie|voortgangsgesprek|gestart|loopt)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(r"(\d+(?:[.,]\d+)?)\s*uur per week", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
_HALF = 0.5


def plan(situation: Situation) -> Iterator[Finding]:
    """Yield what is weak in the plan, its adjustments and the evaluations."""
    yield from has_activities(situation)
    for moment in moments(situation, *PLANS):
        yield from goal_is_still_possible(situation, moment)
        yield from goal_follows_advice(situation, moment)
        yield from hours_follow_advice(situation, moment)
    for document in situation.documents(*PLANS):
        for row in rows_of(situation, document, AGREED):
            yield from planning_says_when(situation, row)
    yield from views_at_the_end(situation)
    yield from results_are_told(situation)


def has_activities(situation: Situation) -> Iterator[Finding]:
    """R061: a plan without any activity is no plan (Regeling procesgang art. 4 lid 2 a)."""
    for document in situation.documents(PLAN):
        tables = [
            situation.dossier.case.get(document.path(field))
            for field in document.form.own_fields()
            if field.soort == "tabel"
        ]
        if not any(tables):
            yield situation.report.finding(
                "R061",
                f"{document.base}.arbeidsinhoud",
                f"{document.titel}: er is geen enkele activiteit afgesproken.",
                "Zet in 7A tot en met 7F minstens één activiteit, met wie het doet en wanneer.",
                _PROCEDURE,
            )


def planning_says_when(situation: Situation, row: Row) -> Iterator[Finding]:
    """R061: the law asks within which terms goals are reached (Regeling procesgang art. 4)."""
    planning = text(row.answers.get("planning"))
    if planning and not _WHEN.search(planning):
        yield situation.report.finding(
            "R061",
            f"{row.path}.planning",
            "Bij deze activiteit staat niet wanneer: er is geen datum of week genoemd.",
            "Schrijf een datum, een periode of een week: van 11-03-2024 tot en met 19-04-2024.",
            _PROCEDURE,
            Severity.WARNING,
        )


def goal_is_still_possible(situation: Situation, moment: Moment) -> Iterator[Finding]:
    """R060: after the first year "only the own work" asks that somebody works in it.

    Beleidsregels beoordelingskader § 5: then a change of course is expected. Not when the
    bedrijfsarts still expects full recovery in the own work.
    """
    years = moments(situation, FIRST_YEAR)
    if not years or moment.day < years[0].day:
        return
    document = moment.document
    elsewhere = document.answer("soort_werk") == OTHER_WORK
    if choices(document.answer("einddoel")) != {OWN_WORK}:
        return
    if not elsewhere and document.answer("werkt_nu") is not False:
        return
    last = advice_on(situation, moment.day)
    if last and last.document.answer("volledige_hervatting_verwacht") == "ja":
        return
    yield situation.report.finding(
        "R060",
        moment.at("einddoel"),
        f"{document.titel}: alleen de eigen functie is nog het doel, maar de werknemer werkt daar "
        "niet in.",
        "Bekijk of ook aangepast werk, een andere functie of een andere werkgever een doel moet "
        "zijn.",
        "Beleidsregels beoordelingskader poortwachter § 5",
        Severity.WARNING,
        also=moment.at("soort_werk" if elsewhere else "werkt_nu"),
    )


def goal_follows_advice(situation: Situation, moment: Moment) -> Iterator[Finding]:
    """R067: a goal other than the bedrijfsarts advised needs a reason.

    Regeling procesgang art. 4: the plan is made on the ground of that advice.
    """
    advised = _advice_with(situation, moment.day, "advies_einddoel")
    goal = choices(moment.document.answer("einddoel"))
    if advised is None or not goal or text(moment.document.answer("einddoel_toelichting")):
        return
    if goal != choices(advised.document.answer("advies_einddoel")):
        yield situation.report.finding(
            "R067",
            moment.at("einddoel"),
            f"{moment.document.titel} heeft een ander einddoel dan {advised.document.titel} van "
            f"{show_date(advised.day)} adviseert, en zegt niet waarom.",
            "Neem het einddoel van het advies over, of leg het verschil uit in "
            f"{moment.at('einddoel_toelichting')}.",
            "Regeling procesgang art. 4 lid 1 en lid 5",
            Severity.WARNING,
            also=advised.at("advies_einddoel"),
        )


def hours_follow_advice(situation: Situation, moment: Moment) -> Iterator[Finding]:
    """R067: more hours than the bedrijfsarts thinks possible need a reason.

    Hours that the advice itself names, such as a later step, are no more than it allows.
    """
    last = advice_on(situation, moment.day)
    most = number(last.document.answer("maximaal_uren_per_week")) if last else None
    if last is None or most is None:
        return
    names = ("advies_werkhervatting", "advies", "prognose_toelichting", "werktijden")
    advice = " ".join(text(last.document.answer(name)) for name in names)
    for row in rows_of(situation, moment.document, AGREED):
        asked = _HOURS.findall(text(row.answers.get("activiteit")))
        hours = (float(it.replace(",", ".")) for it in asked)
        above = [it for it in hours if it > most and not _names(advice, it)]
        if above:
            yield situation.report.finding(
                "R067",
                f"{row.path}.activiteit",
                f"{moment.document.titel} spreekt {show_hours(max(above))} per week af, terwijl de "
                f"bedrijfsarts op {show_date(last.day)} hooguit {show_hours(most)} mogelijk vond.",
                "Spreek hooguit deze uren af, of vraag de bedrijfsarts eerst om een nieuw advies.",
                "Regeling procesgang art. 4 lid 1 en lid 5",
                Severity.WARNING,
                also=last.at("maximaal_uren_per_week"),
            )
            return


def _names(words: str, hours: float) -> bool:
    shown = re.escape(show_number(hours))
    return re.search(rf"(?<![\d,.]){shown}(?!\d|[,.]\d)", words) is not None


def _advice_with(situation: Situation, day: date, name: str) -> Moment | None:
    known = [it for it in moments(situation, *ANALYSES) if it.day <= day]
    return next((it for it in reversed(known) if choices(it.document.answer(name))), None)


def views_at_the_end(situation: Situation) -> Iterator[Finding]:
    """R062: the law asks the views in every evaluation but names the first year; so recommended."""
    for moment in moments(situation, FINAL):
        if moment.day < VIEWS_ASKED_SINCE:
            continue
        for who in ("werknemer", "werkgever"):
            if not situation.dossier.case.has(moment.at(f"visie_{who}")):
                yield situation.report.finding(
                    "R062",
                    moment.at(f"visie_{who}"),
                    f"{moment.document.titel}: de visie van de {who} staat er niet in.",
                    f"Vraag de {who} welke mogelijkheden er zijn om te werken, en schrijf dat op.",
                    "Regeling procesgang art. 4 lid 2 b; in de eindevaluatie: aanbevolen",
                    Severity.WARNING,
                )


def results_are_told(situation: Situation) -> Iterator[Finding]:
    """R065: what was agreed and should be done by now comes back in the next evaluation.

    Regeling procesgang art. 4 lid 2 b. A result in a talk in between counts as well.
    """
    evaluations = [
        it
        for it in moments(situation, ADJUSTED_PLAN, FIRST_YEAR)
        if any(rows_of(situation, it.document, REPORTED))
    ]
    for made in moments(situation, *PLANS):
        after = next((it for it in evaluations if it.day > made.day), None)
        if after is None:
            continue
        told = [
            text(row.answers.get("activiteit"))
            for it in moments(situation, *PLANS, TALK)
            if made.day < it.day <= after.day
            for row in rows_of(situation, it.document, REPORTED)
        ]
        left = [
            row
            for row in rows_of(situation, made.document, AGREED)
            if _should_be_done(row, after.day) and not _is_told(row.answers, told)
        ]
        if left:
            yield _not_told(situation, made, after, left)


def _not_told(situation: Situation, made: Moment, after: Moment, left: Sequence[Row]) -> Finding:
    count = "één afspraak" if len(left) == 1 else f"{len(left)} afspraken"
    return situation.report.finding(
        "R065",
        after.at("voortgang"),
        f"{after.document.titel} zegt van {count} uit {made.document.titel} niet wat ervan is "
        "gekomen, terwijl de datum voorbij is.",
        "Zet elke afspraak terug in de tabel voortgang: uitgevoerd, deels of niet, en waarom.",
        "Regeling procesgang art. 4 lid 2 b",
        Severity.WARNING,
        also=left[0].path,
    )


def _should_be_done(row: Row, by: date) -> bool:
    planned = days_in(text(row.answers.get("planning")))
    return row.table != NOT_REPORTED_BACK and bool(planned) and max(planned) <= by


def _is_told(agreed: Mapping[str, object], told: Sequence[str]) -> bool:
    """Return whether a result is about the agreement: people write it down in other words."""
    words = _stems(text(agreed.get("activiteit")))
    if not words:
        return True
    for result in told:
        other = _stems(result)
        if other and len(words & other) >= _HALF * min(len(words), len(other)):
            return True
    return False


def _stems(words: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(words.lower())}
