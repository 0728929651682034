"""What is asked in the special cases: leaving, no possibilities, state pension, extension."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.dossier import Dossier
from wvp_docs.timeline.steps import Status, Timeline, timeline_of

Make = Callable[[str], Dossier]
ILL = "verzuim.eerste_ziektedag = 2024-01-15\n"
TODAY = date(2025, 12, 1)
UNABLE = 'probleemanalyse = { datum = 2024-02-20, benutbare_mogelijkheden = "tijdelijk_niet" }\n'
ABLE = 'bijstelling_probleemanalyse = [{{ datum = {}, benutbare_mogelijkheden = "ja" }}]\n'


def asked(timeline: Timeline) -> dict[str, date]:
    return {step.key: step.uiterlijk for step in timeline.stappen if step.uiterlijk}


def how(timeline: Timeline, key: str) -> str:
    step = timeline.step(key)
    return step.berekening if step else ""


def test_who_leaves_within_six_weeks_owes_no_report(dossier_of: Make):
    timeline = timeline_of(dossier_of(ILL + "dienstverband.einde = 2024-02-25"), TODAY)

    assert asked(timeline) == {}
    assert {step.status for step in timeline.stappen} == {Status.NOT_NEEDED}
    assert how(timeline, "probleemanalyse") == (
        "niet nodig: de wet vraagt dit niet bij dit profiel (uit dienst binnen 6 weken)"
    )


def test_who_leaves_within_ten_weeks_owes_the_short_report_on_the_last_working_day(
    dossier_of: Make,
):
    timeline = timeline_of(dossier_of(ILL + "dienstverband.einde = 2024-03-24"), TODAY)

    assert asked(timeline) == {"re_integratieverslag": date(2024, 3, 22)}
    assert how(timeline, "re_integratieverslag") == "laatste werkdag op of voor 24-03-2024"


@pytest.mark.parametrize("form", ["verkort_re_integratieverslag", "re_integratieverslag"])
def test_within_ten_weeks_the_short_report_counts_and_an_older_case_with_the_full_one_too(
    dossier_of: Make, form: str
):
    text = f"{ILL}dienstverband.einde = 2024-03-24\n{form}.datum = 2024-03-21"
    step = timeline_of(dossier_of(text), TODAY).step("re_integratieverslag")

    assert step
    assert (step.gedaan, step.status) == (date(2024, 3, 21), Status.DONE)


def test_after_ten_weeks_a_short_report_is_not_the_report(dossier_of: Make):
    text = f"{ILL}dienstverband.einde = 2024-06-30\nverkort_re_integratieverslag.datum = 2024-06-28"
    step = timeline_of(dossier_of(text), TODAY).step("re_integratieverslag")

    assert step
    assert (step.gedaan, step.status) == (None, Status.LATE)


def test_who_leaves_later_owes_the_full_report_on_the_last_working_day(dossier_of: Make):
    timeline = timeline_of(dossier_of(ILL + "dienstverband.einde = 2024-06-30"), TODAY)

    assert asked(timeline) == {
        "probleemanalyse": date(2024, 2, 26),
        "plan_van_aanpak": date(2024, 3, 11),
        "actueel_oordeel": date(2024, 6, 28),
        "eindevaluatie": date(2024, 6, 28),
        "re_integratieverslag": date(2024, 6, 28),
    }
    assert "eindigt eerder, op 30-06-2024" in how(timeline, "eerstejaarsevaluatie")


def test_who_leaves_after_the_first_year_owes_its_evaluation_too(dossier_of: Make):
    timeline = timeline_of(dossier_of(ILL + "dienstverband.einde = 2025-01-31"), TODAY)

    assert "eerstejaarsevaluatie" in asked(timeline)
    assert "tweede_spoor" not in asked(timeline)


def test_who_leaves_in_the_last_weeks_keeps_the_earlier_terms(dossier_of: Make):
    timeline = timeline_of(dossier_of(ILL + "dienstverband.einde = 2025-12-31"), TODAY)

    assert asked(timeline)["re_integratieverslag"] == date(2025, 10, 12)
    assert asked(timeline)["wia_aanvraag"] == date(2025, 10, 26)
    assert "einde_wachttijd" not in asked(timeline)


def test_a_profile_that_is_asked_for_without_its_facts_says_what_is_missing(dossier_of: Make):
    step = timeline_of(dossier_of(ILL), TODAY, "verkort").step("re_integratieverslag")

    assert step
    assert (step.uiterlijk, step.status) == (None, Status.OPEN)
    assert step.berekening == "onbekend: dienstverband.einde is niet ingevuld"


def test_a_shortened_waiting_time_needs_no_report_and_is_asked_for_in_weeks_3_to_68(
    dossier_of: Make,
):
    text = "verzuim.verkorte_wachttijd = true\nuwv.wia_aanvraag = 2024-06-03\n"
    timeline = timeline_of(dossier_of(ILL + text), TODAY)
    application, end = timeline.step("wia_aanvraag"), timeline.step("einde_wachttijd")
    report = timeline.step("melding_42_weken")

    assert "re_integratieverslag" not in asked(timeline)
    assert application
    assert (application.vanaf, application.uiterlijk) == (date(2024, 1, 29), date(2025, 5, 4))
    assert end
    assert (end.vanaf, end.uiterlijk) == (date(2024, 4, 14), date(2025, 7, 13))
    assert report
    assert report.gedaan == date(2024, 6, 3)  # the application counts as the report


def test_without_possibilities_there_is_no_plan_and_no_evaluation(dossier_of: Make):
    timeline = timeline_of(dossier_of(ILL + UNABLE), TODAY)
    left_out = {step.key for step in timeline.stappen if step.status is Status.NOT_NEEDED}

    assert left_out == {"plan_van_aanpak", "eerstejaarsevaluatie", "tweede_spoor", "eindevaluatie"}


@pytest.mark.parametrize(
    ("returned", "plan", "second_track", "evaluated"),
    [
        pytest.param("2024-06-03", "2024-06-17", "2025-02-23", True, id="in the first year"),
        pytest.param("2025-03-03", "2025-03-17", "2025-04-28", False, id="after it"),
    ],
)
def test_when_possibilities_return_the_steps_are_counted_from_that_judgement(
    dossier_of: Make, returned: str, plan: str, second_track: str, *, evaluated: bool
):
    timeline = timeline_of(dossier_of(ILL + UNABLE + ABLE.format(returned)), TODAY)
    days = asked(timeline)

    assert days["plan_van_aanpak"].isoformat() == plan
    assert days["tweede_spoor"].isoformat() == second_track
    assert ("eerstejaarsevaluatie" in days) is evaluated
    assert "mogelijkheden volgens het oordeel van" in how(timeline, "plan_van_aanpak")


def test_a_plan_that_was_made_though_not_needed_is_done(dossier_of: Make):
    text = ILL + UNABLE + "plan_van_aanpak.datum = 2024-03-01"
    step = timeline_of(dossier_of(text), TODAY).step("plan_van_aanpak")

    assert step
    assert (step.status, step.uiterlijk) == (Status.DONE, None)


def test_who_reaches_the_state_pension_age_owes_nothing_for_the_wia(dossier_of: Make):
    timeline = timeline_of(dossier_of(ILL + "verzuim.aow_datum = 2024-12-01"), TODAY)

    assert list(asked(timeline)) == ["probleemanalyse", "plan_van_aanpak", "melding_42_weken"]
    assert "AOW-leeftijd op 01-12-2024 (waarschijnlijk" in how(timeline, "wia_aanvraag")


def test_an_evaluation_that_decided_against_the_second_track_makes_it_needless(dossier_of: Make):
    text = ILL + "eerstejaarsevaluatie = { datum = 2024-12-02, spoor_2 = false }"

    assert "tweede_spoor" not in asked(timeline_of(dossier_of(text), TODAY))


EXTENDED = ILL + "verzuim.vrijwillige_verlenging_tot = 2026-04-12\n"


def test_a_voluntary_extension_moves_what_is_counted_back_from_the_end(dossier_of: Make):
    timeline = timeline_of(dossier_of(EXTENDED), TODAY)
    days = asked(timeline)

    assert days["re_integratieverslag"] == date(2026, 1, 11)
    assert days["wia_aanvraag"] == date(2026, 1, 25)
    assert days["einde_wachttijd"] == date(2026, 4, 12)
    assert days["uwv_brief"] == date(2025, 9, 28)
    assert how(timeline, "wia_aanvraag") == ("verlengde wachttijd tot en met 12-04-2026 − 11 weken")


def test_the_advice_and_the_window_go_along_with_an_extension(dossier_of: Make):
    step = timeline_of(dossier_of(EXTENDED), TODAY).step("actueel_oordeel")

    assert step
    assert (step.vanaf, step.advies) == (date(2025, 12, 22), date(2026, 1, 2))


def test_a_loonsanctie_moves_only_the_end(dossier_of: Make):
    text = ILL + "verzuim.loonsanctie_tot = 2027-01-10"
    days = asked(timeline_of(dossier_of(text), TODAY))

    assert days["re_integratieverslag"] == date(2025, 10, 12)
    assert days["einde_wachttijd"] == date(2027, 1, 10)
    assert days["eerste_wia_dag"] == date(2027, 1, 11)


def test_an_extension_that_ends_before_the_waiting_time_is_no_extension(dossier_of: Make):
    text = ILL + "verzuim.loonsanctie_tot = 2025-01-01"

    assert asked(timeline_of(dossier_of(text), TODAY))["einde_wachttijd"] == date(2026, 1, 11)
