"""Is every document there that must be there by now, and who has to supply what is not?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wvp_docs.checks.answers import day, first_sick_day
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import plus, show_date
from wvp_docs.findings import Finding, Severity
from wvp_docs.formats import enumerate_nl
from wvp_docs.timeline.steps import Status, Step

REPORT = "re_integratieverslag"
FINAL_EVALUATION = "eindevaluatie"
OPINION = "actueel_oordeel"
"""Asked of everybody who makes a full report, also without possibilities to work."""
EMPLOYEE_OPINION = "oordeel_werknemer"
ADJUSTED_PLAN = "bijstelling_plan_van_aanpak"

REPAIR_DAYS = 14
"""Days that UWV gives when its letter names no date (vorm- en herkenbaarheidsvereisten art. 3)."""

_PARTIES = {"werkgever", "werknemer", "bedrijfsarts", "casemanager"}


def dossier_parts(situation: Situation) -> Iterator[Finding]:
    """Yield what is missing by now, and who has to supply it (R080, R082, R090)."""
    if first_sick_day(situation) is None:
        return
    yield from missing_documents(situation)
    yield from final_evaluation_after_possibilities(situation)
    yield from adjusted_plan_after_sanction(situation)
    yield from employee_opinion(situation)
    yield from who_supplies_what(situation)


def missing_documents(situation: Situation) -> Iterator[Finding]:
    """R080: each document that the law asks must be there when its day has passed.

    Regeling procesgang art. 6. Who asked for a shortened waiting time needs no report: there what
    is missing weighs less.
    """
    report_is_due = bool(_latest(situation.timeline.step(REPORT)))
    severity = Severity.ERROR if report_is_due else Severity.WARNING
    for step in _missing(situation):
        latest = f"uiterlijk {show_date(step.uiterlijk)}" if step.uiterlijk else "al"
        yield situation.report.finding(
            "R080",
            step.key,
            f"{step.titel} ontbreekt: {latest} had dit stuk er moeten zijn.",
            f"Laat het stuk alsnog maken door {_who(situation, step.key)}, "
            "en schrijf erin waarom het later is.",
            step.bron,
            severity,
        )


def final_evaluation_after_possibilities(situation: Situation) -> Iterator[Finding]:
    """R080: who had possibilities to work earlier is expected to have a final evaluation.

    Only who never had any needs none (practice; the law asks none while there are none).
    """
    step = situation.timeline.step(FINAL_EVALUATION)
    # Said by R080 above when it is asked; in a short report there is none at all.
    elsewhere = _latest(step) or not _latest(situation.timeline.step(OPINION))
    if elsewhere or _has(situation, FINAL_EVALUATION) or not _report_is_here_or_late(situation):
        return
    if any(judgement.able for judgement in situation.facts.judgements):
        yield situation.report.finding(
            "R080",
            FINAL_EVALUATION,
            f"{situation.dossier.library.forms[FINAL_EVALUATION].titel} ontbreekt, terwijl de "
            "bedrijfsarts eerder mogelijkheden zag om te werken.",
            "Maak een eindevaluatie over de tijd waarin werken wel kon.",
            "Regeling procesgang art. 6 lid 1 h; alleen bij nooit mogelijkheden niet: "
            "volgens UWV-praktijk",
            Severity.WARNING,
        )


def adjusted_plan_after_sanction(situation: Situation) -> Iterator[Finding]:
    """R080: a loonsanctie asks for new agreements, dated after UWV's decision.

    Wet WIA art. 25 lid 12. The day of the decision is not in a case: it is never before the
    application, and the two weeks of Regeling procesgang art. 4 lid 5 run from its last day.
    """
    sanction = day(situation.dossier.case.get("verzuim.loonsanctie_tot"))
    decision = _latest(situation.timeline.step("besluit_loonsanctie"))
    applied = situation.timeline.step("wia_aanvraag")
    since = (applied.gedaan or applied.uiterlijk) if applied else None
    if not sanction or not decision or not since or not _can_work(situation):
        return
    made = (document.datum for document in situation.documents(ADJUSTED_PLAN))
    late = situation.today > plus(decision, REPAIR_DAYS)
    if late and not any(it and it > since for it in made):
        yield situation.report.finding(
            "R080",
            ADJUSTED_PLAN,
            "Er is een loonsanctie, maar geen bijstelling van het plan van aanpak na de "
            "WIA-aanvraag.",
            "Maak met de werknemer nieuwe afspraken over wat volgens UWV nog moet gebeuren.",
            "Wet WIA art. 25 lid 12; Regeling procesgang art. 4 lid 5",
            Severity.WARNING,
            "verzuim.loonsanctie_tot",
        )


def employee_opinion(situation: Situation) -> Iterator[Finding]:
    """R082: the employee's opinion belongs to the report (Regeling procesgang art. 6 lid 1 l)."""
    if _report_is_here_or_late(situation) and not _has(situation, EMPLOYEE_OPINION):
        yield situation.report.finding(
            "R082",
            EMPLOYEE_OPINION,
            "Het oordeel van de werknemer ontbreekt.",
            "Vraag de werknemer om dit stuk. Heeft de werknemer het in de online aanvraag bij UWV "
            "gegeven, dan hoeft het hier niet.",
            "Regeling procesgang art. 6 lid 1 l (UWV vraagt dit waarschijnlijk ook in de online "
            "aanvraag)",
            Severity.WARNING,
        )


def who_supplies_what(situation: Situation) -> Iterator[Finding]:
    """R090: of all that is missing, who supplies it and until when.

    Beleidsregels vorm- en herkenbaarheidsvereisten art. 3 lid 1.
    """
    asked: dict[str, list[str]] = {}
    for step in _missing(situation):
        form = situation.dossier.library.forms[step.key]
        asked.setdefault(_who(situation, step.key), []).append(form.titel)
    if not asked:
        return
    parts = [f"{who}: {enumerate_nl(titles)}" for who, titles in asked.items()]
    yield situation.report.finding(
        "R090",
        "uwv.hersteltermijn",
        f"Nog aan te leveren door {'; door '.join(parts)}.",
        _repair_term(situation),
        "Beleidsregels vorm- en herkenbaarheidsvereisten art. 3 lid 1",
        Severity.INFO,
    )


def _missing(situation: Situation) -> Iterator[Step]:
    """Yield each step whose day has passed and whose document is not in the case at all.

    One that stands there, but without a date or in a wrong shape, is for the other checks.
    """
    report = situation.timeline.step(REPORT)
    for step in situation.timeline.stappen:
        form = situation.dossier.library.forms.get(step.key)
        if not form or step.key == REPORT or step.status is not Status.LATE:
            continue
        with_report = bool(report and step.uiterlijk == report.uiterlijk)
        if not _has(situation, step.key) and not (with_report and _bears_own_risk(situation)):
            yield step


def _bears_own_risk(situation: Situation) -> bool:
    """Return whether who leaves service stays with this employer's own Ziektewet insurance.

    Such an employer need not make the report at that moment (Ziektewet art. 38 lid 2).
    """
    leaving = situation.timeline.profile.leaves_before is not None
    return leaving and situation.dossier.case.get("werkgever.eigenrisicodrager_zw") is True


def _report_is_here_or_late(situation: Situation) -> bool:
    step = situation.timeline.step(REPORT)
    latest = _latest(step)
    if not step or not latest or _bears_own_risk(situation):
        return False
    return bool(step.gedaan) or latest < situation.today


def _repair_term(situation: Situation) -> str:
    case = situation.dossier.case
    last = day(case.get("uwv.hersteltermijn"))
    letter = day(case.get("uwv.ontvangstbevestiging"))
    if last:
        return f"Volgens de brief van UWV kan dat tot en met {show_date(last)}."
    if letter:
        until = show_date(plus(letter, REPAIR_DAYS))
        return f"Noemt de brief van UWV geen datum, dan kan dat tot en met {until} (14 dagen)."
    return "Vraagt UWV erom, dan hebt u 14 dagen, of tot de datum in de brief van UWV."


def _who(situation: Situation, form: str) -> str:
    parts = situation.dossier.library.parts
    roles = next((part.door for part in parts if part.formulier == form), ())
    return enumerate_nl([f"de {role}" if role in _PARTIES else role for role in roles])


def _can_work(situation: Situation) -> bool:
    return situation.facts.is_able(situation.today)


def _has(situation: Situation, form: str) -> bool:
    return form in situation.dossier.case.data


def _latest(step: Step | None) -> date | None:
    return step.uiterlijk if step else None
