"""Did UWV and the employee get everything in time, and what is next?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from wvp_docs.checks.answers import day_at, first_sick_day, is_given
from wvp_docs.checks.deadlines import days_late
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.timeline.steps import Status, Step

REPORTED = "uwv.melding_42_weken"
APPLIED = "uwv.wia_aanvraag"
COPIED = "uwv.kopie_werknemer"
SENT = "uwv.upload"

SAFE_DAYS = 81 * 7 - 2
"""Days of illness to the last day before 81 weeks are full (Wet WIA art. 64 lid 6)."""


def deadlines_uwv(situation: Situation) -> Iterator[Finding]:
    """Yield what UWV or the employee got too late or not at all, and the next step."""
    if first_sick_day(situation) is None:
        return
    yield from _report_of_42_weeks(situation)
    yield from _application_in_time(situation)
    yield from _copies_in_time(situation)
    yield from _upload_in_time(situation)
    yield from _next_step(situation)


def _report_of_42_weeks(situation: Situation) -> Iterator[Finding]:
    """R035: the employer reports on the first day after 42 weeks (Ziektewet art. 38 lid 1).

    Without it before 81 weeks are full an application after a late letter of UWV is not in time
    any more (Wet WIA art. 64 lid 6).
    """
    step, period = situation.timeline.step("melding_42_weken"), situation.dossier.illness
    if not step or not step.uiterlijk or not period:
        return
    safe = period.later(period.first_day, SAFE_DAYS)
    late = situation.today if step.gedaan is None else step.gedaan
    risk = (
        " Er was geen melding binnen 81 weken: een WIA-aanvraag na een late brief van UWV telt dan "
        "niet meer als op tijd."
    )
    if step.status is Status.DONE_LATE:
        said = f"De 42-wekenmelding ({show_date(late)}) was {days_late(late, step.uiterlijk)}"
        hint = "Bewaar de bevestiging van UWV. UWV kan een boete geven."
    elif step.status is Status.LATE and not is_given(situation, REPORTED):
        said = "De 42-wekenmelding aan UWV staat niet in de casus"
        hint = "Meld de werknemer alsnog bij UWV, of vul in wanneer u dat deed."
    else:
        return
    is_risk = late > safe or (step.gedaan is None and late >= safe)
    yield situation.report.finding(
        "R035",
        REPORTED,
        f"{said}; uiterlijk was {show_date(step.uiterlijk)}.{risk if is_risk else ''}",
        hint,
        f"{step.bron}; Wet WIA art. 64 lid 6" if is_risk else step.bron,
        Severity.ERROR if is_risk and step.gedaan is None else Severity.WARNING,
    )


def _application_in_time(situation: Situation) -> Iterator[Finding]:
    """R041: wages go on as long as the application is late (Wet WIA art. 25; BW 7:629 lid 11)."""
    step = situation.timeline.step("wia_aanvraag")
    if not step or not step.uiterlijk:
        return
    if step.status is Status.DONE_LATE and step.gedaan:
        said = (
            f"De WIA-aanvraag ({show_date(step.gedaan)}) was "
            f"{days_late(step.gedaan, step.uiterlijk)}"
        )
    elif step.status is Status.LATE and not is_given(situation, APPLIED):
        said = "De WIA-aanvraag staat niet in de casus"
    else:
        return
    yield situation.report.finding(
        "R041",
        APPLIED,
        f"{said}; uiterlijk was {show_date(step.uiterlijk)}.",
        "Zo lang de aanvraag later is, betaalt de werkgever langer loon. Kwam de brief van UWV te "
        "laat, dan telt een aanvraag binnen vier weken na die brief als op tijd.",
        step.bron,
        Severity.WARNING,
    )


def _copies_in_time(situation: Situation) -> Iterator[Finding]:
    """R043: the employee gets the report thirteen weeks before the end (Wet WIA art. 25 lid 3).

    Of who leaves service R088 says so.
    """
    step, copied = situation.timeline.step("re_integratieverslag"), day_at(situation, COPIED)
    if situation.timeline.profile.leaves_before is not None or not step or not step.uiterlijk:
        return
    if copied and step.uiterlijk < copied <= situation.today:
        said = (
            f"De werknemer kreeg de stukken op {show_date(copied)}: "
            f"{days_late(copied, step.uiterlijk)}"
        )
    elif step.uiterlijk < situation.today and not is_given(situation, COPIED):
        said = "In de casus staat niet wanneer de werknemer een kopie van alle stukken kreeg"
    else:
        return
    yield situation.report.finding(
        "R043",
        COPIED,
        f"{said}; uiterlijk was {show_date(step.uiterlijk)}.",
        "Geef de werknemer alle stukken, en bewaar het bewijs van ontvangst.",
        step.bron,
        Severity.WARNING,
    )


def _upload_in_time(situation: Situation) -> Iterator[Finding]:
    """R044: the employer sends the documents within one day after the application (UWV)."""
    applied, sent = day_at(situation, APPLIED), day_at(situation, SENT)
    step = situation.timeline.step("re_integratieverslag")
    leaves = situation.timeline.profile.leaves_before is not None
    if not _is_true(situation, applied) or not applied or leaves or not step or not step.uiterlijk:
        return
    latest = applied + timedelta(days=1)
    if sent and latest < sent <= situation.today:
        said = f"De stukken gingen op {show_date(sent)} naar UWV: {days_late(sent, latest)}"
    elif latest < situation.today and not is_given(situation, SENT):
        said = "In de casus staat niet dat de stukken naar UWV zijn gestuurd"
    else:
        return
    yield situation.report.finding(
        "R044",
        SENT,
        f"{said}. UWV wil ze binnen een dag na de WIA-aanvraag ({show_date(applied)}).",
        "Stuur de stukken nu, of vul de dag in waarop dat is gedaan.",
        "UWV, pagina re-integratieverslag indienen voor de WIA (volgens UWV-praktijk)",
        Severity.WARNING,
        also=APPLIED,
    )


def _is_true(situation: Situation, found: date | None) -> bool:
    first_day = first_sick_day(situation)
    return bool(found and first_day and first_day <= found <= situation.today)


def _next_step(situation: Situation) -> Iterator[Finding]:
    """R042: what is due soon, and how many days are left."""
    paths = {
        duty.key: duty.gedaan[0]
        for duty in situation.dossier.library.terms.duties
        if duty.gedaan and not is_given(situation, duty.gedaan[0])
    }
    soon = [it for it in situation.timeline.stappen if it.status is Status.SOON and it.key in paths]
    step = min(soon, key=lambda it: it.uiterlijk or date.max, default=None)
    if step and step.uiterlijk:
        yield situation.report.finding(
            "R042",
            paths[step.key],
            f"De volgende stap is: {step.titel}, uiterlijk {show_date(step.uiterlijk)} "
            f"({_left(step, situation.today)}).",
            f"Liefst op of voor {show_date(step.advies)}." if step.advies else "",
            step.bron,
            Severity.INFO,
        )


def _left(step: Step, today: date) -> str:
    days = ((step.uiterlijk or today) - today).days
    return {0: "dat is vandaag", 1: "nog 1 dag"}.get(days, f"nog {days} dagen")
