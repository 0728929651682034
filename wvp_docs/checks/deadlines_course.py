"""Did the re-integration keep its pace: contact, adjusted plans, a second track in time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from wvp_docs.checks.answers import dated, day_at, first_sick_day, number
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.dossier import Document
from wvp_docs.findings import Finding, Severity
from wvp_docs.profiles import CAPACITY, YES

PLAN, FIRST_YEAR, LAST = "plan_van_aanpak", "eerstejaarsevaluatie", "eindevaluatie"
PLANS = (PLAN, "bijstelling_plan_van_aanpak", FIRST_YEAR, LAST)
"""The documents with agreements; UWV has one form for an adjustment and the evaluations."""

CONTACTS = (*PLANS, "voortgangsverslag")
ADVICES = ("bijstelling_probleemanalyse", "voortgangsverslag")

LONGEST_SILENCE = 42 + 7
"""Days: UWV expects contact every six weeks; one week is for holidays (own tolerance)."""

DAYS_FOR_A_PLAN = 14
FIRST_YEAR_DAYS = 363
DAYS_TO_START = 56
ALL_OF_IT = 100

START_OF_SECOND_TRACK = f"{FIRST_YEAR}.spoor_2_startdatum"

Dated = tuple[tuple[date, Document], ...]


def deadlines_course(situation: Situation) -> Iterator[Finding]:
    """Yield where contact, an adjustment or a second track stayed away or came too late."""
    if first_sick_day(situation) is None:
        return
    yield from _contact_every_six_weeks(situation)
    yield from _plan_follows_advice(situation)
    if new := _new_capacity(situation):
        yield from _start_after_new_capacity(situation, new)
    else:
        yield from _second_track_in_time(situation)


def _in_order(situation: Situation, forms: tuple[str, ...]) -> Dated | None:
    """Return the documents by date; None when one of them has no date that can be true."""
    found = [(dated(situation, it), it) for it in situation.documents(*forms)]
    sound = [(made, it) for made, it in found if made]
    if len(sound) < len(found):
        return None
    return tuple(sorted(sound, key=lambda pair: pair[0]))


def _contact_every_six_weeks(situation: Situation) -> Iterator[Finding]:
    """R033: from the plan to the eindevaluatie UWV expects contact at least every six weeks."""
    contacts = _in_order(situation, CONTACTS) or ()
    start = next((made for made, it in contacts if it.form.key == PLAN), None)
    last = next((made for made, it in contacts if it.form.key == LAST), date.max)
    held = [(made, it) for made, it in contacts if start and start <= made <= last]
    for (before, first), (after, second) in pairwise(held):
        days = _silence(situation, before, after)
        if days > LONGEST_SILENCE:
            said = (
                f"Tussen {_named(first)} ({show_date(before)}) en {_named(second)} "
                f"({show_date(after)}) zitten {days} dagen zonder gesprek of evaluatie."
            )
            yield _silent(situation, second, said, f"{first.base}.datum")
    if held and last == date.max:
        before, first = held[-1]
        days = _silence(situation, before, _end(situation))
        if days > LONGEST_SILENCE:
            said = (
                f"Het laatste gesprek of stuk is {_named(first)} van {show_date(before)}: "
                f"{days} dagen zonder nieuw gesprek of evaluatie."
            )
            yield _silent(situation, first, said)


def _silent(situation: Situation, at: Document, message: str, also: str = "") -> Finding:
    return situation.report.finding(
        "R033",
        f"{at.base}.datum",
        message,
        "Was er wel contact, maak daar dan een verslag van. Zo niet, plan nu een gesprek.",
        "UWV, pagina Plan van aanpak maken (contact minstens elke zes weken); Regeling procesgang "
        "art. 4 lid 2 b",
        Severity.WARNING,
        also,
    )


def _named(document: Document) -> str:
    return document.titel[:1].lower() + document.titel[1:]


def _silence(situation: Situation, start: date, end: date) -> int:
    """Return the days of illness between two days; none when nothing could be expected then."""
    period, facts = situation.dossier.illness, situation.facts
    unable = any(not it.able for it in facts.judgements if start <= it.day <= end)
    if not period or end <= start or unable or not facts.is_able(start):
        return 0
    paused = period.shift_before(end) - period.shift_before(start)
    return (end - start - paused).days


def _end(situation: Situation) -> date:
    """Return until when contact may be expected: today, or the end of waiting or of service."""
    step = situation.timeline.step("einde_wachttijd")
    ends = (step.uiterlijk if step else None, situation.facts.end_of_service)
    return min([situation.today, *(end for end in ends if end)])


def _plan_follows_advice(situation: Situation) -> Iterator[Finding]:
    """R034: new advice asks for another plan in two weeks (Regeling procesgang art. 4 lid 5)."""
    plans, advices = _in_order(situation, PLANS), _in_order(situation, ADVICES)
    period = situation.dossier.illness
    seen: set[str] = set()
    for given, advice in advices or ():
        if plans is None or not period or not _asks_for_a_plan(advice) or _is_over(plans, given):
            continue
        latest = period.later(given, DAYS_FOR_A_PLAN)
        made, plan = next((it for it in plans if it[0] >= given), (None, None))
        base = plan.base if plan else ""
        too_late = made > latest if made else latest < situation.today
        # One plan that came too late for two advices is one mistake.
        if too_late and base not in seen:
            seen.add(base)
            yield _unfollowed(situation, (given, advice), latest, (made, base))


def _unfollowed(
    situation: Situation,
    asked: tuple[date, Document],
    latest: date,
    followed: tuple[date | None, str],
) -> Finding:
    (given, advice), (made, base) = asked, followed
    how = f"dat gebeurde op {show_date(made)}" if made else "dat is niet gebeurd"
    return situation.report.finding(
        "R034",
        f"{base}.datum" if made else f"{advice.base}.bijstelling_plan_nodig",
        f"Volgens {_named(advice)} van {show_date(given)} moest het plan van aanpak worden "
        f"bijgesteld; {how}. Uiterlijk was {show_date(latest)}.",
        "Leg in de bijstelling uit waarom het later was."
        if made
        else "Maak met de werknemer een bijstelling van het plan van aanpak.",
        "Regeling procesgang art. 4 lid 5",
        Severity.WARNING,
        f"{advice.base}.datum" if made else "",
    )


def _asks_for_a_plan(advice: Document) -> bool:
    able = advice.answer(CAPACITY) in (None, YES)
    return able and advice.answer("bijstelling_plan_nodig") is True


def _is_over(plans: Dated, day: date) -> bool:
    return any(it.form.key == LAST and made <= day for made, it in plans)


def _second_track_in_time(situation: Situation) -> Iterator[Finding]:
    """R037: what the first-year evaluation decided starts within six weeks, in week 58 at last.

    A decision not to start has its reason there (R073), and a missing decision is a finding too.
    """
    step, start = situation.timeline.step("tweede_spoor"), day_at(situation, START_OF_SECOND_TRACK)
    decided = situation.dossier.case.get(f"{FIRST_YEAR}.spoor_2") is True
    if not step or not step.uiterlijk or not start or not decided or start <= step.uiterlijk:
        return
    if not _works_fully(situation):
        verb = "is gestart" if start <= situation.today else "staat gepland"
        yield situation.report.finding(
            "R037",
            START_OF_SECOND_TRACK,
            f"Spoor 2 {verb} op {show_date(start)}; uiterlijk was {show_date(step.uiterlijk)}.",
            "Leg uit waarom het later is, en laat zien wat tot die dag is gedaan.",
            step.bron,
            Severity.WARNING,
        )


def _works_fully(situation: Situation) -> bool:
    """Return whether by the latest document the employee does the own work for all hours."""
    told = [it for it in _in_order(situation, CONTACTS) or () if it[1].answer("werkt_nu") is True]
    if not told or told[-1][1].answer("soort_werk") != "eigen_werk":
        return False
    contract = number(situation.dossier.case.get("dienstverband.contracturen"))
    hours = number(told[-1][1].answer("uren_per_week"))
    share = number(told[-1][1].answer("percentage_contract"))
    return (share or 0) >= ALL_OF_IT or bool(contract and hours and hours >= contract)


def _new_capacity(situation: Situation) -> date | None:
    """Return when possibilities to work appeared, if that was only after the first year."""
    period, judgements = situation.dossier.illness, situation.facts.judgements
    first = next((it.day for it in judgements if it.able), None)
    if not period or not first or judgements[0].able:
        return None
    return first if first > period.later(period.first_day, FIRST_YEAR_DAYS) else None


def _start_after_new_capacity(situation: Situation, new: date) -> Iterator[Finding]:
    """R038: who can work again only after a year starts within eight weeks."""
    period, started = situation.dossier.illness, day_at(situation, START_OF_SECOND_TRACK)
    contacts = _in_order(situation, CONTACTS)
    if not period or contacts is None:
        return
    latest = period.later(new, DAYS_TO_START)
    works = [made for made, it in contacts if it.answer("werkt_nu") is True]
    begun = [it for it in (*works, started) if it and new <= it <= situation.today]
    at = next((it for it in situation.documents() if it.datum == new and it.answer(CAPACITY)), None)
    if at and min(begun, default=situation.today) > latest:
        yield situation.report.finding(
            "R038",
            f"{at.base}.{CAPACITY}",
            f"Sinds {show_date(new)} zijn er mogelijkheden om te werken, maar in de stukken staat "
            f"geen start tot en met {show_date(latest)}.",
            "Begin met werken of met spoor 2, of leg uit waarom dat nog niet kon.",
            "Werkwijzer Poortwachter § 4.3.2 (volgens UWV-praktijk, niet in de wet)",
            Severity.WARNING,
        )
