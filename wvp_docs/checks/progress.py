"""Does the work go on: no hours left lying, no standstill, no conflict left alone?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from wvp_docs.checks.answers import Written, day, number, rows, text, written
from wvp_docs.checks.course import (
    ADJUSTED_PLAN,
    AGREED,
    ANALYSES,
    FINAL,
    FIRST_YEAR,
    JUDGEMENTS,
    OPINION,
    PLANS,
    POSSIBLE,
    REPORTED,
    WORK_SEEN,
    Moment,
    advice_on,
    choices,
    moments,
    rows_of,
)
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import show_hours

SIX_WEEKS = timedelta(days=42)
"""So long therapeutic work may last as a rule, and so soon a standstill asks for an answer."""

STANDSTILL = "stagnatie"
DISTURBED = "verstoord"
EXPLAINED_BY = frozenset({STANDSTILL, "doel_niet_gehaald", "volledige_uitval", "wisselend_verloop"})

_FRAME = "Beleidsregels beoordelingskader poortwachter"
_THERAPEUTIC = re.compile(r"therapeutisch", re.IGNORECASE)
_CONFLICT = re.compile(r"conflict|ruzie|geschil|verstoord", re.IGNORECASE)
_HELP = re.compile(r"mediat|bemiddel|deskundigenoordeel", re.IGNORECASE)
_RESEARCH = re.compile(r"arbeidsdeskundig|deskundigenoordeel", re.IGNORECASE)
_REFUSES = re.compile(
    r"werknemer\s+(?:werkt(?:e)?\s+(?:\w+\s+){0,3}niet\s+mee|weiger(?:t|de))"
    r"|niet\s+verschenen|niet\s+(?:komen\s+)?opdagen|kwam\s+niet\s+opdagen"
    r"|werknemer\s+(?:komt|kwam)\s+(?:de\s+)?afspraken\s+niet\s+na",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"waarschuw|loonstop|loonopschort|loonmaatregel|deskundigenoordeel"
    r"|loon\s+(?:\w+\s+){0,4}(?:gestopt|opgeschort|stopgezet|ingehouden)",
    re.IGNORECASE,
)


def progress(situation: Situation) -> Iterator[Finding]:
    """Yield what stands still, lasts too long or is left alone."""
    texts = tuple(item for item in written(situation) if item.document)
    yield from therapeutic_work_ends(situation)
    yield from hours_are_used(situation)
    yield from conflict_is_handled(situation, texts)
    yield from standstill_is_answered(situation)
    yield from refusal_is_answered(situation, texts)


def therapeutic_work_ends(situation: Situation) -> Iterator[Finding]:
    """R068: work without a value in wages lasts six weeks at most, as a rule (§ 8).

    Silent when a plan was adjusted because it lasts longer: there the reason stands.
    """
    seen = moments(situation, *WORK_SEEN)
    if any(it.document.answer("reden_bijstelling") == "arbeidstherapeutisch_langer" for it in seen):
        return
    paid = [it.day for it in seen if (number(it.document.answer("loonwaarde")) or 0) > 0]
    begin: date | None = None
    for first, last, path in sorted(_therapeutic(situation, seen)):
        if begin is None or any(begin < it <= first for it in paid):
            begin = first
        if last - begin > SIX_WEEKS:
            yield situation.report.finding(
                "R068",
                path,
                f"De werknemer werkt van {show_date(begin)} tot en met {show_date(last)} zonder "
                "loonwaarde; dat is langer dan zes weken.",
                "Stel een loonwaarde vast, of leg in een bijstelling van het plan uit waarom het "
                "langer duurt.",
                f"{_FRAME} § 8",
                Severity.WARNING,
            )
            return


def _therapeutic(situation: Situation, seen: Sequence[Moment]) -> Iterator[tuple[date, date, str]]:
    """Yield the days on which work had no value, and where that stands."""
    for moment in seen:
        if moment.hours and number(moment.document.answer("loonwaarde")) == 0:
            yield moment.day, moment.day, moment.at("loonwaarde")
        for at, row in enumerate(rows(moment.document.answer("gewerkte_uren"))):
            first, last = day(row.get("van")), day(row.get("tot_en_met"))
            if not (first and last and first <= last <= situation.today):
                continue
            if number(row.get("uren")) and _THERAPEUTIC.search(text(row.get("werk"))):
                yield first, last, moment.at(f"gewerkte_uren[{at}].werk")


def hours_are_used(situation: Situation) -> Iterator[Finding]:
    """R069: fewer hours than the bedrijfsarts thinks possible need a reason (§ 5).

    A build-up takes time: only when six weeks after the advice nothing is gained.
    """
    seen = moments(situation, *WORK_SEEN)
    for before, moment in zip((None, *seen), seen, strict=False):
        last = advice_on(situation, moment.day)
        most = number(last.document.answer("maximaal_uren_per_week")) if last else None
        able = last and last.document.answer("benutbare_mogelijkheden") == POSSIBLE
        if last is None or most is None or not able or moment.day - last.day < SIX_WEEKS:
            continue
        hours, earlier = moment.hours, before.hours if before else None
        if hours is None or hours >= most:
            continue
        gained = hours > 0 and (earlier is None or hours > earlier)
        if not gained and not _is_explained(situation, moment):
            yield situation.report.finding(
                "R069",
                moment.at("uren_per_week" if hours else "werkt_nu"),
                f"{moment.document.titel}: de werknemer werkt {show_hours(hours)} per week, "
                f"terwijl de bedrijfsarts op {show_date(last.day)} {show_hours(most)} mogelijk "
                "vond. Er staat niet waarom.",
                "Schrijf bij de voortgang waarom meer uren niet lukten, of stel het plan bij.",
                f"{_FRAME} § 5 en § 9",
                Severity.WARNING,
                also=last.at("maximaal_uren_per_week"),
            )


def _is_explained(situation: Situation, moment: Moment) -> bool:
    document = moment.document
    if document.answer("bijstelling_plan_nodig") is True:
        return True
    if text(document.answer("reden_bijstelling")) in EXPLAINED_BY:
        return True
    notes = ("doelen_toelichting", "afspraken_toelichting", "reden_toelichting")
    results = rows_of(situation, document, REPORTED)
    return any(text(document.answer(name)) for name in notes) or any(
        text(row.answers.get("uitgevoerd")) in {"deels", "nee"}
        and text(row.answers.get("toelichting"))
        for row in results
    )


def conflict_is_handled(situation: Situation, texts: Sequence[Written]) -> Iterator[Finding]:
    """R070: in a conflict mediation or a deskundigenoordeel is expected (§ 9 and § 10)."""
    flag = next(_conflicts(situation), None)
    if flag is None or _has_paper(situation, "deskundigenoordeel"):
        return
    tried = (it.text for it in texts if it.document and it.document.form.key not in JUDGEMENTS)
    reasons = (it.document.answer("reden_bijstelling") for it in moments(situation, ADJUSTED_PLAN))
    if any(_HELP.search(it) for it in tried) or "deskundigenoordeel" in reasons:
        return
    yield situation.report.finding(
        "R070",
        flag,
        "Hier blijkt een conflict of een verstoorde arbeidsrelatie, maar nergens staat dat er "
        "bemiddeling is geprobeerd of een deskundigenoordeel is gevraagd.",
        "Spreek bemiddeling (mediation) af, of vraag UWV om een deskundigenoordeel, en zet dat in "
        "het plan.",
        f"{_FRAME} § 9 en § 10",
        Severity.WARNING,
    )


def _conflicts(situation: Situation) -> Iterator[str]:
    for moment in moments(situation, OPINION, FINAL):
        if moment.document.answer("oordeel_arbeidsrelatie") == DISTURBED:
            yield moment.at("oordeel_arbeidsrelatie")
    for moment in moments(situation, *PLANS):
        for row in rows_of(situation, moment.document, AGREED):
            about = row.table == "arbeidsverhoudingen"
            if about and _CONFLICT.search(text(row.answers.get("activiteit"))):
                yield f"{row.path}.activiteit"
    plans = moments(situation, *PLANS)
    for moment in moments(situation, *ANALYSES):
        advised = "mediation" in choices(moment.document.answer("advies_inzet"))
        if advised and any(it.day >= moment.day for it in plans):
            yield moment.at("advies_inzet")


def standstill_is_answered(situation: Situation) -> Iterator[Finding]:
    """R071: a standstill asks for new advice or for an outside view within six weeks (§ 5)."""
    answers = set(_answers_to_a_standstill(situation))
    for moment in moments(situation, ADJUSTED_PLAN):
        if moment.document.answer("reden_bijstelling") != STANDSTILL:
            continue
        planned = rows_of(situation, moment.document, AGREED)
        if (
            situation.today - moment.day <= SIX_WEEKS
            or any(abs(it - moment.day) <= SIX_WEEKS for it in answers)
            or any(_RESEARCH.search(text(row.answers.get("activiteit"))) for row in planned)
        ):
            continue
        yield situation.report.finding(
            "R071",
            moment.at("reden_bijstelling"),
            f"{moment.document.titel} van {show_date(moment.day)} zegt dat de re-integratie "
            "stilstaat, maar er is binnen zes weken geen nieuw advies, deskundigenoordeel of "
            "arbeidsdeskundig onderzoek.",
            "Vraag de bedrijfsarts om een nieuw advies, of vraag een deskundigenoordeel of een "
            "arbeidsdeskundig onderzoek aan.",
            f"{_FRAME} § 5",
            Severity.WARNING,
        )


def _answers_to_a_standstill(situation: Situation) -> Iterator[date]:
    for moment in moments(situation, *ANALYSES[1:]):
        yield moment.day
    years = situation.documents(FIRST_YEAR)
    papers = (
        row.get("datum")
        for row in situation.dossier.rows("bijlage")
        if text(row.get("soort")) in {"deskundigenoordeel", "arbeidsdeskundig_rapport"}
    )
    for value in (*(it.answer("arbeidsdeskundig_onderzoek_datum") for it in years), *papers):
        if found := day(value):
            yield found


def refusal_is_answered(situation: Situation, texts: Sequence[Written]) -> Iterator[Finding]:
    """R075: when the employee does not cooperate, the employer must do something (§ 9)."""
    flag = next((it for it in texts if _REFUSES.search(it.text)), None)
    if flag is None or _has_paper(situation, "deskundigenoordeel"):
        return
    letters = (text(row.get("titel")) for row in situation.dossier.rows("bijlage"))
    if any(_MEASURE.search(it) for it in (*letters, *(item.text for item in texts))):
        return
    yield situation.report.finding(
        "R075",
        flag.path,
        "Hier staat dat de werknemer niet meewerkt, maar nergens staat wat de werkgever toen deed.",
        "Leg de waarschuwing, de loonmaatregel of het deskundigenoordeel vast. Gaat het hier om "
        "iets anders, schrijf het dan anders op.",
        f"{_FRAME} § 9",
        Severity.WARNING,
    )


def _has_paper(situation: Situation, soort: str) -> bool:
    return any(row.get("soort") == soort for row in situation.dossier.rows("bijlage"))
