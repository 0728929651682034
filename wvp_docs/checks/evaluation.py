"""Was every road looked at: the own employer, another one, and is the result good enough?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from wvp_docs.checks.answers import Written, day, number, text, written
from wvp_docs.checks.course import (
    ADJUSTED_PLAN,
    AGREED,
    ANALYSES,
    FINAL,
    FIRST_YEAR,
    JUDGEMENTS,
    POSSIBLE,
    TALK,
    advice_on,
    choices,
    moments,
    rows_of,
)
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.dossier import Answers
from wvp_docs.findings import Finding, Severity

SIX_WEEKS = timedelta(days=42)
FIRST_REPORT = timedelta(days=91)
"""So long after the start of spoor 2 there must be something to read about it (own choice)."""

GOOD_RESULT = 65
"""Per cent of the old wage (Beleidsregels beoordelingskader)."""

OWN_WORK = "eigen_functie"
DOUBTFUL = frozenset({"nee", "nog_onbekend"})
CHANGED = frozenset({"gewijzigde_belastbaarheid", "stagnatie"})

_FRAME = "Beleidsregels beoordelingskader poortwachter"
_RESEARCH = re.compile(r"arbeidsdeskundig", re.IGNORECASE)
_SECOND_TRACK = re.compile(
    r"spoor[ -]?(?:2|twee)\b|(?:tweede|2e)[ -]spoor|bureau|andere werkgever", re.IGNORECASE
)
_VACANCY = re.compile(r"vacature", re.IGNORECASE)
_OFFER = re.compile(
    r"aanbod|aangeboden|aanbied|\bbied(?:t|en)?\b|\bbood\b|proefplaats|geplaatst",
    re.IGNORECASE,
)


def evaluation(situation: Situation) -> Iterator[Finding]:
    """Yield roads back to work that were not looked at or not followed."""
    texts = tuple(item for item in written(situation) if item.document)
    yield from own_employer_was_examined(situation)
    yield from second_track_is_followed(situation, texts)
    yield from bureau_knows_the_new_advice(situation, texts)
    yield from suitable_work_was_offered(situation)
    yield from result_is_good(situation)


def own_employer_was_examined(situation: Situation) -> Iterator[Finding]:
    """R072: when return to the own work is in doubt, an arbeidsdeskundige looks at it (custom)."""
    for moment in moments(situation, FIRST_YEAR):
        document = moment.document
        last = advice_on(situation, moment.day)
        expected = last.document.answer("volledige_hervatting_verwacht") if last else None
        goal = choices(document.answer("einddoel"))
        in_doubt = text(expected) in DOUBTFUL or (bool(goal) and OWN_WORK not in goal)
        names = ("datum", "uitkomst", "reden_niet")
        told = (document.answer(f"arbeidsdeskundig_onderzoek_{name}") for name in names)
        planned = rows_of(situation, document, AGREED)
        if (
            document.answer("soort_evaluatie") != FIRST_YEAR
            or not in_doubt
            or any(told)
            or _papers(situation, "arbeidsdeskundig_rapport")
            or any(_RESEARCH.search(text(row.answers.get("activiteit"))) for row in planned)
        ):
            continue
        yield situation.report.finding(
            "R072",
            moment.at("arbeidsdeskundig_onderzoek_datum"),
            f"{document.titel}: terugkeer in het eigen werk is onzeker, maar er is geen "
            "arbeidsdeskundig onderzoek en geen reden waarom niet.",
            "Laat een arbeidsdeskundige onderzoeken welk werk past, of vul "
            f"{moment.at('arbeidsdeskundig_onderzoek_reden_niet')} in.",
            "volgens UWV-praktijk; de wet noemt dit onderzoek niet",
            Severity.WARNING,
        )


def second_track_is_followed(situation: Situation, texts: Sequence[Written]) -> Iterator[Finding]:
    """R074: the employer keeps a finger on the pulse of spoor 2."""
    begin = _second_track(situation)
    if begin is None or situation.today - begin < FIRST_REPORT:
        return
    if any(day(row.get("datum")) for row in _papers(situation, "spoor_2_rapport")):
        return
    if not _speaks_of_it(situation, texts, begin):
        yield situation.report.finding(
            "R074",
            f"{FIRST_YEAR}.spoor_2_startdatum",
            f"Spoor 2 begon op {show_date(begin)}, maar er is geen verslag van het bureau en in de "
            "gesprekken daarna komt spoor 2 niet voor.",
            "Vraag het bureau om verslagen, voeg ze toe als bijlage en bespreek ze met de "
            "werknemer.",
            _FRAME,
            Severity.WARNING,
        )


def bureau_knows_the_new_advice(
    situation: Situation, texts: Sequence[Written]
) -> Iterator[Finding]:
    """R074: a changed capacity is passed on to who helps with spoor 2."""
    begin = _second_track(situation)
    for moment in moments(situation, *ANALYSES[1:]):
        changed = text(moment.document.answer("reden_bijstelling")) in CHANGED
        if begin is None or moment.day < begin or not changed:
            continue
        due = situation.today - moment.day > SIX_WEEKS
        if due and not _speaks_of_it(situation, texts, moment.day):
            yield situation.report.finding(
                "R074",
                moment.at("reden_bijstelling"),
                f"{moment.document.titel} van {show_date(moment.day)} geeft een nieuw advies "
                "terwijl spoor 2 loopt; nergens staat dat het bureau dit weet.",
                "Geef het nieuwe advies door aan het bureau, en schrijf dat in het volgende "
                "verslag.",
                _FRAME,
                Severity.WARNING,
                also=f"{FIRST_YEAR}.spoor_2_startdatum",
            )


def _second_track(situation: Situation) -> date | None:
    """Return when spoor 2 began, None when it did not."""
    for moment in moments(situation, FIRST_YEAR):
        begin = day(moment.document.answer("spoor_2_startdatum"))
        if moment.document.answer("spoor_2") is True and begin and begin <= situation.today:
            return begin
    return None


def _speaks_of_it(situation: Situation, texts: Sequence[Written], since: date) -> bool:
    later = {
        it.document.base for it in moments(situation, ADJUSTED_PLAN, TALK, FINAL) if it.day >= since
    }
    return any(
        item.document and item.document.base in later and _SECOND_TRACK.search(item.text)
        for item in texts
    )


def suitable_work_was_offered(situation: Situation) -> Iterator[Finding]:
    """R076: to point at vacancies is no offer of suitable work (§ 9)."""
    for moment in moments(situation, FIRST_YEAR, FINAL):
        last = advice_on(situation, moment.day, *JUDGEMENTS)
        able = last and last.document.answer("benutbare_mogelijkheden") == POSSIBLE
        if moment.document.answer("werkt_nu") is not False or not able:
            continue
        names = ("mogelijkheden_eigen_werkgever", "oordeel_passende_arbeid_toelichting")
        told = [text(moment.document.answer(name)) for name in names]
        done = rows_of(situation, moment.document, frozenset({"activiteit"}))
        told += [text(answer) for row in done for answer in row.answers.values()]
        words = " ".join(told)
        if _VACANCY.search(words) and not _OFFER.search(words):
            yield situation.report.finding(
                "R076",
                moment.at("werkt_nu"),
                f"{moment.document.titel}: de werknemer is op vacatures gewezen en werkt niet; er "
                "staat geen aanbod van passend werk.",
                "Bied passend werk concreet aan (welk werk, hoeveel uren, vanaf wanneer) en leg "
                "dat vast, of leg uit waarom het er niet is.",
                f"{_FRAME} § 9",
                Severity.WARNING,
            )


def result_is_good(situation: Situation) -> Iterator[Finding]:
    """R077: at 65 per cent of the old wage, lasting and agreed, the road there is not tested."""
    opinion = situation.dossier.case.get("oordeel_werknemer.oordeel_eindevaluatie")
    for moment in moments(situation, FINAL):
        worth = number(moment.document.answer("loonwaarde")) or 0
        lasting = moment.document.answer("structureel") is True
        if worth >= GOOD_RESULT and lasting and opinion != "oneens":
            yield situation.report.finding(
                "R077",
                moment.at("loonwaarde"),
                "De werknemer werkt structureel met een loonwaarde van 65% of meer. Vinden beiden "
                "dat meer niet kan, dan is het resultaat waarschijnlijk bevredigend.",
                "UWV toetst dan niet hoe dit resultaat is bereikt. Zorg dat werkgever en werknemer "
                "dit allebei in hun mening schrijven.",
                _FRAME,
                Severity.INFO,
            )


def _papers(situation: Situation, soort: str) -> list[Answers]:
    return [row for row in situation.dossier.rows("bijlage") if row.get("soort") == soort]
