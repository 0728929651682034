"""Who leaves service sick: is the right report there on the last working day?"""

from __future__ import annotations

from collections.abc import Iterator

from wvp_docs.checks.answers import first_sick_day
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.timeline.steps import Status, Step

REPORT = "re_integratieverslag"
COPY = "uwv.kopie_werknemer"
END = "dienstverband.einde"
NATURE = "werkgever.aard_bedrijf"


def dossier_leaving(situation: Situation) -> Iterator[Finding]:
    """Yield what the report of who leaves service sick lacks (R088)."""
    if first_sick_day(situation) is None:
        return
    yield from report_when_leaving(situation)
    yield from nature_of_business_in_short_report(situation)


def report_when_leaving(situation: Situation) -> Iterator[Finding]:
    """R088: no report within six weeks, a short one within ten, a full one after that.

    It is ready on the last working day (Ziektewet art. 38 lid 2; Beleidsregels vorm- en
    herkenbaarheidsvereisten art. 2a). An employer who bears the risk of the Ziektewet makes none
    at that moment.
    """
    case, profile = situation.dossier.case, situation.timeline.profile
    step = situation.timeline.step(REPORT)
    exempt = case.get("werkgever.eigenrisicodrager_zw") is True
    if profile.leaves_before is None or exempt or not step:
        return
    if not step.uiterlijk:
        yield from _needless(situation, step)
    elif step.status is Status.LATE and REPORT not in case.data:
        yield situation.report.finding(
            "R088",
            REPORT,
            "Het re-integratieverslag ontbreekt: op de laatste werkdag "
            f"({show_date(step.uiterlijk)}) moest het klaar zijn.",
            "Maak het verslag alsnog, en geef de werknemer een kopie van alle stukken.",
            step.bron,
        )
    elif step.status is Status.DONE_LATE:
        yield situation.report.finding(
            "R088",
            COPY if case.has(COPY) else f"{REPORT}.datum",
            f"Het re-integratieverslag was pas klaar na de laatste werkdag "
            f"({show_date(step.uiterlijk)}).",
            "Schrijf bij de opmerkingen waarom het later was.",
            step.bron,
            Severity.WARNING,
            END,
        )


def _needless(situation: Situation, step: Step) -> Iterator[Finding]:
    leaves = situation.timeline.profile.leaves_from == 0
    if leaves and REPORT in situation.dossier.case.data:
        yield situation.report.finding(
            "R088",
            REPORT,
            "Een re-integratieverslag is niet nodig: het dienstverband eindigt binnen zes weken.",
            "Meld de werknemer op de laatste werkdag ziek bij UWV. Dat is genoeg.",
            step.bron,
            Severity.INFO,
            END,
        )


def nature_of_business_in_short_report(situation: Situation) -> Iterator[Finding]:
    """R088: a report without a final evaluation names the nature of the business itself.

    Beleidsregels vorm- en herkenbaarheidsvereisten art. 2a.
    """
    case, timeline = situation.dossier.case, situation.timeline
    report, evaluation = timeline.step(REPORT), timeline.step("eindevaluatie")
    is_short = bool(report and report.uiterlijk and not (evaluation and evaluation.uiterlijk))
    if timeline.profile.leaves_before is None or not is_short or REPORT not in case.data:
        return
    if not case.has("eindevaluatie.datum") and not case.has(NATURE):
        yield situation.report.finding(
            "R088",
            NATURE,
            "De aard van het bedrijf ontbreekt in het re-integratieverslag.",
            "Schrijf in één zin wat het bedrijf doet.",
            timeline.profile.bron,
        )
