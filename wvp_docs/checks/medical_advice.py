"""Can employer and employee build on what the bedrijfsarts wrote?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wvp_docs.checks.answers import day, number, text
from wvp_docs.checks.course import (
    ANALYSES,
    JUDGEMENTS,
    OPINION,
    POSSIBLE,
    Moment,
    advice_on,
    moments,
)
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import plus, show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import show_hours, show_number

THREE_MONTHS = 92
"""Days within which "for the time being no possibilities" is judged anew."""

NOT_NOW = "tijdelijk_niet"
SKILLS = "functie.bekwaamheden"
NO_LIST = "geen"
RUBRICS = (
    "persoonlijk_functioneren",
    "sociaal_functioneren",
    "fysieke_omgevingseisen",
    "dynamische_handelingen",
    "statische_houdingen",
    "werktijden",
)
"""The six headings of Beleidsregels beoordelingskader § 7.4."""

_DOCTOR = re.compile(
    r"(?:(?:zelfstandig|geregistreerd|big-geregistreerd|register|senior|waarnemend|klinisch)[ -]+)?"
    r"(?:arts[ ,/-]+)?bedrijfsarts\b(?!.*\b(?:in opleiding|i\.o))",
    re.IGNORECASE,
)
_UNDER_A_DOCTOR = re.compile(r"verantwoordelijk|namens|supervisie|taakdelegatie", re.IGNORECASE)


def medical_advice(situation: Situation) -> Iterator[Finding]:
    """Yield what is weak in the papers of the bedrijfsarts."""
    yield from possibilities_are_written_down(situation)
    yield from made_by_a_doctor(situation)
    yield from hours_of_the_opinion(situation)
    yield from judged_again(situation)
    yield from skills_are_in_the_last_paper(situation)


def skills_are_in_the_last_paper(situation: Situation) -> Iterator[Finding]:
    """R057: the facts of art. 6 stand in the probleemanalyse or the actueel oordeel.

    Our papers print all of them; the skills of the employee are the one that may still be open.
    With the actueel oordeel the last paper that can hold them is made, so what was a warning
    (R007) becomes an error. Beleidsregels vorm- en herkenbaarheidsvereisten art. 2 lid 4.
    """
    for document in situation.documents(OPINION):
        if document.datum and not text(situation.dossier.case.get(SKILLS)).strip():
            yield situation.report.finding(
                "R057",
                SKILLS,
                "Opleiding, ervaring en vaardigheden staan niet in de probleemanalyse en niet in "
                "het actueel oordeel. Een van beide moet ze noemen.",
                "Vul functie.bekwaamheden in; dan staan ze in beide stukken.",
                "Beleidsregels vorm- en herkenbaarheidsvereisten art. 2 lid 4",
                also=f"{document.base}.datum",
            )


def possibilities_are_written_down(situation: Situation) -> Iterator[Finding]:
    """R052: possibilities stand under the six headings, or in a list that is in the dossier.

    Beleidsregels beoordelingskader § 7.4; the law prescribes no list.
    """
    lists = {text(row.get("soort")) for row in situation.dossier.rows("bijlage")}
    for document in situation.documents(*JUDGEMENTS):
        named = text(document.answer("belastbaarheid_bijlage"))
        able = document.answer("benutbare_mogelijkheden") == POSSIBLE
        if not able or named in {"", NO_LIST} or named in lists:
            continue
        if not any(text(document.answer(name)) for name in RUBRICS):
            yield situation.report.finding(
                "R052",
                f"{document.base}.belastbaarheid_bijlage",
                f"{document.titel} verwijst voor de mogelijkheden naar een lijst, maar die lijst "
                "zit niet bij de bijlagen.",
                "Voeg de lijst toe als bijlage, of vraag de bedrijfsarts om de zes rubrieken in te "
                "vullen.",
                "Beleidsregels beoordelingskader poortwachter § 7.4",
                Severity.WARNING,
            )


def made_by_a_doctor(situation: Situation) -> Iterator[Finding]:
    """R054: a bedrijfsarts made it, or somebody under a bedrijfsarts whose name is there.

    Beleidsregels beoordelingskader § 6.
    """
    delegated = text(situation.dossier.case.get("arbodienst.gedelegeerde_naam"))
    for document in situation.documents(*JUDGEMENTS):
        for field, answers in document.signers():
            role, note = text(answers.get("functie")), text(answers.get("toelichting"))
            if not role or delegated or _DOCTOR.match(role):
                continue
            if not _UNDER_A_DOCTOR.search(f"{role} {note}"):
                yield situation.report.finding(
                    "R054",
                    f"{document.path(field)}.functie",
                    f"{document.titel} is niet van een bedrijfsarts, en er staat niet onder wiens "
                    "verantwoordelijkheid het stuk is gemaakt.",
                    "Laat de bedrijfsarts ondertekenen, of vul arbodienst.gedelegeerde_naam en "
                    "arbodienst.gedelegeerde_functie in.",
                    "Beleidsregels beoordelingskader poortwachter § 6",
                    Severity.WARNING,
                    also="arbodienst.bedrijfsarts",
                )


def hours_of_the_opinion(situation: Situation) -> Iterator[Finding]:
    """R056: when the actueel oordeel gives other hours than the last advice, it says why.

    Regeling procesgang art. 6 lid 1 j: the course must be described.
    """
    for opinion in moments(situation, OPINION):
        last = advice_on(situation, opinion.day, *ANALYSES)
        if last is None:
            continue
        for name, unit in (("maximaal_uren_per_week", "week"), ("maximaal_uren_per_dag", "dag")):
            now = number(opinion.document.answer(name))
            before = number(last.document.answer(name))
            if now is None or before is None or now == before:
                continue
            if not _tells_of(opinion, now, before):
                yield situation.report.finding(
                    "R056",
                    opinion.at(name),
                    f"Het actueel oordeel noemt {show_hours(now)} per {unit}, terwijl in "
                    f"{last.document.titel} van {show_date(last.day)} {show_hours(before)} staat. "
                    "Het verloop legt dat niet uit.",
                    "Vraag de bedrijfsarts om bij het verloop te schrijven wanneer en waarom de "
                    "uren veranderden.",
                    "Regeling procesgang art. 6 lid 1 j",
                    Severity.WARNING,
                    also=last.at(name),
                )
            return


def _tells_of(opinion: Moment, *hours: float) -> bool:
    names = ("verloop", "prognose_toelichting", "stand_re_integratie")
    words = " ".join(text(opinion.document.answer(name)) for name in names)
    return any(
        re.search(rf"(?<![\d,.]){re.escape(show_number(number))}(?![\d]|[,.]\d)", words)
        for number in hours
    )


def judged_again(situation: Situation) -> Iterator[Finding]:
    """R058: who has no possibilities for the time being is judged again within three months.

    Beleidsregels beoordelingskader § 7.4: as long as it lasts, the bedrijfsarts judges regularly;
    three months are custom.
    """
    known = moments(situation, *JUDGEMENTS)
    end = situation.timeline.step("einde_wachttijd")
    today = min(situation.today, (end and end.uiterlijk) or situation.today)
    for at, moment in enumerate(known):
        if moment.document.answer("benutbare_mogelijkheden") != NOT_NOW:
            continue
        latest = plus(moment.day, THREE_MONTHS)
        later = next((other for other in known[at + 1 :] if other.day > moment.day), None)
        planned = day(moment.document.answer("volgend_contact"))
        if later and later.day > latest:
            path, said = later.at("datum"), f"pas op {show_date(later.day)}"
        elif not later and today > latest:
            path, said = moment.at("volgend_contact"), "nog niet"
        elif not later and planned and planned > latest:
            path, said = moment.at("volgend_contact"), f"pas op {show_date(planned)}"
        else:
            continue
        yield situation.report.finding(
            "R058",
            path,
            f"Volgens {moment.document.titel} van {show_date(moment.day)} kan de werknemer "
            f"tijdelijk niet werken; het volgende oordeel van de bedrijfsarts is er {said}.",
            "Laat de bedrijfsarts dit minstens elke drie maanden opnieuw beoordelen: de werkgever "
            "draagt het risico als er eerder mogelijkheden waren.",
            "Beleidsregels beoordelingskader poortwachter § 7.4; "
            "drie maanden: volgens UWV-praktijk",
            Severity.WARNING,
            also=moment.at("datum"),
        )
