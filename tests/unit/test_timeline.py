"""The timeline of a case: every date to the day, how each step stands, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from wvp_docs.dates import last_working_day
from wvp_docs.dossier import Dossier
from wvp_docs.timeline.steps import Status, Step, Timeline, timeline_of

Make = Callable[[str], Dossier]
FIRST = date(2024, 1, 15)
"""The worked example: a Monday."""
ILL = "verzuim.eerste_ziektedag = 2024-01-15\n"
TODAY = date(2024, 3, 1)
RECOVERED = "verzuim.onderbrekingen = [{{ hersteld_vanaf = {0}, weer_ziek_vanaf = {1} }}]\n"
LEAVE = "verzuim.verlof = [{{ van = {0}, tot_en_met = {1}, zelfde_oorzaak = {2} }}]\n"


def of(dossier: Dossier, today: date = TODAY, profile: str | None = None) -> Timeline:
    return timeline_of(dossier, today, profile)


def at(timeline: Timeline, key: str) -> Step:
    step = timeline.step(key)
    assert step
    return step


def latest(timeline: Timeline) -> dict[str, date | None]:
    return {step.key: step.uiterlijk for step in timeline.stappen}


@pytest.mark.parametrize(
    ("key", "begin", "last", "advice"),
    [
        ("probleemanalyse", None, "2024-02-26", "2024-02-23"),
        ("plan_van_aanpak", None, "2024-03-11", "2024-03-08"),
        ("melding_42_weken", None, "2024-11-04", "2024-11-04"),
        ("eerstejaarsevaluatie", "2024-11-25", "2025-01-12", "2025-01-10"),
        ("tweede_spoor", None, "2025-02-23", "2025-02-21"),
        ("uwv_brief", "2025-09-15", "2025-09-28", "2025-09-19"),
        ("actueel_oordeel", "2025-09-22", "2025-10-12", "2025-10-03"),
        ("eindevaluatie", None, "2025-10-12", "2025-10-10"),
        ("re_integratieverslag", None, "2025-10-12", "2025-10-10"),
        ("wia_aanvraag", None, "2025-10-26", "2025-10-24"),
        ("besluit_loonsanctie", None, "2025-11-30", None),
        ("einde_wachttijd", None, "2026-01-11", None),
        ("eerste_wia_dag", None, "2026-01-12", None),
    ],
)
def test_the_worked_example_is_right_to_the_day(
    dossier_of: Make, key: str, begin: str | None, last: str, advice: str | None
):
    shown = at(of(dossier_of(ILL)), key).as_dict()

    assert (shown["vanaf"], shown["uiterlijk"], shown["advies"]) == (begin, last, advice)


@pytest.mark.parametrize(
    ("text", "key", "last", "advice"),
    [
        pytest.param(
            "probleemanalyse.datum = 2024-02-20",
            "plan_van_aanpak",
            date(2024, 3, 5),
            date(2024, 3, 5),
            id="plan two weeks after the analysis",
        ),
        pytest.param(
            "probleemanalyse.datum = 2024-03-04",
            "plan_van_aanpak",
            date(2024, 3, 18),
            date(2024, 3, 8),
            id="plan after a late analysis, advice in week 8",
        ),
        pytest.param(
            "probleemanalyse.datum = 2024-04-01",
            "plan_van_aanpak",
            date(2024, 4, 15),
            date(2024, 4, 15),
            id="no advice before the analysis was there",
        ),
        pytest.param(
            "eerstejaarsevaluatie.datum = 2024-12-02",
            "tweede_spoor",
            date(2025, 1, 13),
            date(2025, 1, 13),
            id="second track six weeks after the evaluation",
        ),
        pytest.param(
            "eerstejaarsevaluatie.datum = 2025-03-03",
            "tweede_spoor",
            date(2025, 2, 23),
            date(2025, 2, 21),
            id="second track never after week 58",
        ),
    ],
)
def test_a_step_that_follows_another_is_counted_from_the_day_that_was_done(
    dossier_of: Make, text: str, key: str, last: date, advice: date
):
    step = at(of(dossier_of(ILL + text)), key)

    assert (step.uiterlijk, step.advies) == (last, advice)


@pytest.mark.parametrize(
    ("first", "until", "moved", "end"),
    [
        pytest.param("2024-07-01", "2024-07-22", 21, date(2026, 2, 1), id="21 days"),
        pytest.param("2024-07-01", "2024-07-28", 27, date(2026, 2, 7), id="27 days"),
        pytest.param("2024-07-01", "2024-07-02", 1, date(2026, 1, 12), id="one day"),
        pytest.param("2023-12-01", "2023-12-10", 0, date(2026, 1, 11), id="before the illness"),
        pytest.param("2024-07-22", "2024-07-01", 0, date(2026, 1, 11), id="turned round"),
        pytest.param("2026-01-12", "2026-01-20", 0, date(2026, 1, 11), id="after the end"),
        pytest.param("2026-01-11", "2026-01-20", 9, date(2026, 1, 20), id="on the last day"),
    ],
)
def test_a_recovery_of_less_than_four_weeks_moves_what_comes_after_it(
    dossier_of: Make, first: str, until: str, moved: int, end: date
):
    timeline = of(dossier_of(ILL + RECOVERED.format(first, until)))

    assert timeline.eerste_ziektedag == FIRST
    assert timeline.dagen_verschoven == moved
    assert latest(timeline)["einde_wachttijd"] == end
    assert latest(timeline)["eerste_wia_dag"] == end + timedelta(days=1)


def test_the_shifts_of_the_worked_example(dossier_of: Make):
    timeline = of(dossier_of(ILL + RECOVERED.format("2024-07-01", "2024-07-22")))

    assert latest(timeline)["wia_aanvraag"] == date(2025, 11, 16)
    assert latest(timeline)["eindevaluatie"] == date(2025, 11, 2)
    assert latest(timeline)["probleemanalyse"] == date(2024, 2, 26)
    assert at(timeline, "eindevaluatie").berekening == (
        "15-01-2024 + 91 weken − 1 dag, 21 dagen opgeschoven door herstel 01-07 t/m 21-07-2024"
    )


def test_an_interruption_after_a_term_has_passed_does_not_move_it(dossier_of: Make):
    timeline = of(dossier_of(ILL + RECOVERED.format("2025-10-20", "2025-10-30")))

    assert latest(timeline)["re_integratieverslag"] == date(2025, 10, 12)
    assert latest(timeline)["wia_aanvraag"] == date(2025, 11, 5)


def test_a_recovery_of_four_weeks_starts_a_new_case_that_owes_everything_again(dossier_of: Make):
    text = RECOVERED.format("2024-07-01", "2024-07-29") + "probleemanalyse.datum = 2024-02-20"
    timeline = of(dossier_of(ILL + text), date(2024, 8, 1))

    assert timeline.eerste_ziektedag == date(2024, 7, 29)
    assert timeline.dagen_verschoven == 0
    assert at(timeline, "probleemanalyse").gedaan is None
    assert latest(timeline)["einde_wachttijd"] == date(2026, 7, 26)


@pytest.mark.parametrize(
    ("same", "first_day", "first_wia_day", "moved"),
    [
        pytest.param("true", FIRST, date(2026, 5, 4), 112, id="same cause"),
        pytest.param("false", date(2024, 10, 21), date(2026, 10, 19), 0, id="another cause"),
    ],
)
def test_leave_of_sixteen_weeks_joins_or_starts_anew_by_its_cause(
    dossier_of: Make, same: str, first_day: date, first_wia_day: date, moved: int
):
    timeline = of(dossier_of(ILL + LEAVE.format("2024-07-01", "2024-10-20", same)))

    assert (timeline.eerste_ziektedag, timeline.dagen_verschoven) == (first_day, moved)
    assert latest(timeline)["eerste_wia_dag"] == first_wia_day


def test_days_that_are_both_leave_and_recovery_count_once(dossier_of: Make):
    text = LEAVE.format("2024-07-01", "2024-10-20", "true")
    text += RECOVERED.format("2024-10-14", "2024-10-28")
    timeline = of(dossier_of(ILL + text))

    assert timeline.dagen_verschoven == 119
    assert at(timeline, "wia_aanvraag").berekening.endswith(
        "119 dagen opgeschoven door verlof 01-07 t/m 20-10-2024 en herstel 21-10 t/m 27-10-2024"
    )


def test_recoveries_that_overlap_are_one_recovery_and_may_start_a_new_case(dossier_of: Make):
    text = """verzuim.onderbrekingen = [
      { hersteld_vanaf = 2024-07-10, weer_ziek_vanaf = 2024-08-05 },
      { hersteld_vanaf = 2024-07-01, weer_ziek_vanaf = 2024-07-20 },
    ]"""

    assert of(dossier_of(ILL + text)).eerste_ziektedag == date(2024, 8, 5)


def test_an_interruption_after_the_analysis_moves_the_plan_that_follows_it(dossier_of: Make):
    text = "probleemanalyse.datum = 2024-02-20\n" + RECOVERED.format("2024-02-26", "2024-03-01")

    assert latest(of(dossier_of(ILL + text)))["plan_van_aanpak"] == date(2024, 3, 9)


@pytest.mark.parametrize(
    ("first_day", "end"),
    [
        pytest.param("2024-01-01", date(2025, 12, 28), id="1 January"),
        pytest.param("2024-01-14", date(2026, 1, 10), id="a Sunday"),
        pytest.param("2024-02-29", date(2026, 2, 25), id="leap day"),
        pytest.param("1900-01-01", date(1901, 12, 29), id="1900, no leap year"),
        pytest.param("2100-02-28", date(2102, 2, 25), id="2100, no leap year"),
        pytest.param("9999-12-31", date(9999, 12, 31), id="the end of the calendar"),
        pytest.param("0001-01-01", date(2, 12, 29), id="its beginning"),
    ],
)
def test_104_weeks_are_728_days_from_any_first_day(dossier_of: Make, first_day: str, end: date):
    timeline = of(dossier_of(f"verzuim.eerste_ziektedag = {first_day}"))

    assert latest(timeline)["einde_wachttijd"] == end


@pytest.mark.parametrize(
    ("day", "before"),
    [
        pytest.param(date(2024, 2, 25), date(2024, 2, 23), id="Sunday"),
        pytest.param(date(2024, 4, 1), date(2024, 3, 28), id="Easter, from Good Friday on"),
        pytest.param(date(2026, 4, 27), date(2026, 4, 24), id="King's Day on a Monday"),
        pytest.param(date(2025, 1, 1), date(2024, 12, 31), id="New Year's Day"),
        pytest.param(date(2024, 12, 26), date(2024, 12, 24), id="Christmas"),
        pytest.param(date(2024, 5, 13), date(2024, 5, 13), id="a working day"),
    ],
)
def test_the_last_working_day_is_no_weekend_and_no_public_holiday(day: date, before: date):
    assert last_working_day(day) == before


DONE = "probleemanalyse.datum = {}"


@pytest.mark.parametrize(
    ("text", "today", "status"),
    [
        pytest.param("", date(2024, 1, 14), Status.OPEN, id="43 days left"),
        pytest.param("", date(2024, 1, 15), Status.SOON, id="42 days left"),
        pytest.param("", date(2024, 2, 26), Status.SOON, id="the last day"),
        pytest.param("", date(2024, 2, 27), Status.LATE, id="a day too late"),
        pytest.param(DONE.format("2024-02-26"), date(2024, 3, 1), Status.DONE, id="just in time"),
        pytest.param(DONE.format("2024-02-27"), date(2024, 3, 1), Status.DONE_LATE, id="too late"),
        pytest.param(DONE.format("2024-02-20"), date(2024, 2, 19), Status.SOON, id="tomorrow"),
        pytest.param(DONE.format("2024-01-10"), date(2024, 2, 27), Status.LATE, id="before ill"),
        pytest.param(DONE.format('"maart"'), date(2024, 2, 27), Status.LATE, id="no date"),
    ],
)
def test_a_step_stands_as_the_day_of_judgement_finds_it(
    dossier_of: Make, text: str, today: date, status: Status
):
    assert at(of(dossier_of(ILL + text), today), "probleemanalyse").status is status


def test_what_only_uwv_or_the_calendar_does_is_past_and_never_late(dossier_of: Make):
    timeline = of(dossier_of(ILL), date(2027, 1, 1))
    nobody = {step.key for step in timeline.stappen if step.status is Status.PAST}

    assert nobody == {"uwv_brief", "besluit_loonsanctie", "einde_wachttijd", "eerste_wia_dag"}


def test_the_report_is_done_when_the_employee_has_the_copy(dossier_of: Make):
    text = "re_integratieverslag.datum = 2025-10-08\n"
    copied = "uwv.kopie_werknemer = 2025-10-09\n"

    without = of(dossier_of(ILL + text), date(2025, 11, 1))
    assert at(without, "re_integratieverslag").gedaan == date(2025, 10, 8)
    both = of(dossier_of(ILL + text + copied), date(2025, 11, 1))
    assert at(both, "re_integratieverslag").gedaan == date(2025, 10, 9)


def test_no_date_depends_on_the_day_of_judgement(dossier_of: Make):
    dossier = dossier_of(ILL + "probleemanalyse.datum = 2024-02-20")

    assert latest(of(dossier, date(2020, 1, 1))) == latest(of(dossier, date(2030, 1, 1)))


def test_without_a_first_sick_day_there_are_no_steps(dossier_of: Make):
    shown = of(dossier_of("")).as_dict()

    assert shown == {
        "eerste_ziektedag": None,
        "dagen_verschoven": 0,
        "profiel": "wia",
        "stappen": [],
    }
    assert of(dossier_of("")).step("probleemanalyse") is None


def test_a_step_in_json_has_the_keys_of_the_contract(dossier_of: Make):
    keys = "key titel vanaf uiterlijk advies gedaan status bron berekening"

    assert all(" ".join(step.as_dict()) == keys for step in of(dossier_of(ILL)).stappen)
