"""Rules R060 to R067: the goal, the agreements and what comes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.plan import plan
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
TODAY = date(2025, 10, 24)
ANALYSIS = "[probleemanalyse]\ndatum = 2024-02-20\n"
PLAN = "[plan_van_aanpak]\ndatum = 2024-03-01\n"
ROW = "[[plan_van_aanpak.arbeidsinhoud]]\nactiviteit = '{}'\nwie = 'werknemer'\nplanning = '{}'\n"
WORK = ROW.format("Drukproeven nakijken", "vanaf 11-03-2024")
WHOLE = PLAN + WORK
YEAR = '[eerstejaarsevaluatie]\ndatum = 2024-12-02\neinddoel = ["eigen_functie"]\n'
ADJUSTED = "[[bijstelling_plan_van_aanpak]]\ndatum = {}\n"
RESULT = "[[bijstelling_plan_van_aanpak.voortgang]]\nactiviteit = '{}'\nuitgevoerd = 'ja'\n"
FINAL = "[eindevaluatie]\ndatum = {}\n"


def found(dossier: Dossier) -> list[Finding]:
    return [*plan(Situation(dossier, TODAY))]


def marks(dossier: Dossier) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in found(dossier)]


def test_a_plan_without_activities_is_an_error(dossier_of: Make) -> None:
    (finding,) = found(dossier_of(f"{PLAN}arbeidsinhoud = []"))

    assert (finding.code, finding.path) == ("R061", "plan_van_aanpak.arbeidsinhoud")
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"{PLAN}arbeidsinhoud = 'van alles'",
        f"{PLAN}[[plan_van_aanpak.overige_activiteiten]]\nactiviteit = 'Overleg'",
    ],
    ids=["one activity", "of a wrong shape", "an activity in the last table"],
)
def test_a_plan_with_an_activity_is_a_plan(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == []


@pytest.mark.parametrize(
    "planning", ["zo snel mogelijk", "in overleg", "n.t.b.", "volgt", "als het weer kan"]
)
def test_a_planning_without_a_day_is_a_warning(dossier_of: Make, planning: str) -> None:
    (finding,) = found(dossier_of(PLAN + ROW.format("Overleg", planning)))

    assert (finding.code, finding.path) == ("R061", "plan_van_aanpak.arbeidsinhoud[0].planning")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    "planning",
    [
        "van 11-03-2024 t/m 19-04-2024",
        "week 14",
        "elke week, loopt door",
        "maart, juni en september",
        "doorlopend",
        "bij het voortgangsgesprek",
        "elke vrijdag",
    ],
)
def test_a_planning_with_a_moment_is_enough(dossier_of: Make, planning: str) -> None:
    assert marks(dossier_of(PLAN + ROW.format("Overleg", planning))) == []


@pytest.mark.parametrize(
    "work",
    ["werkt_nu = false", 'werkt_nu = true\nsoort_werk = "ander_werk"'],
    ids=["no work", "other work"],
)
def test_only_the_own_function_after_a_year_asks_for_another_look(
    dossier_of: Make, work: str
) -> None:
    assert marks(dossier_of(WHOLE + YEAR + work)) == [("R060", "eerstejaarsevaluatie.einddoel")]


@pytest.mark.parametrize(
    "text",
    [
        f'{YEAR}werkt_nu = true\nsoort_werk = "eigen_werk_aangepast"',
        f"{YEAR.replace('eigen_functie', 'andere_functie')}werkt_nu = false",
        f"{YEAR}werkt_nu = false\n{ANALYSIS}volledige_hervatting_verwacht = 'ja'",
        f"{ADJUSTED.format('2024-06-01')}einddoel = ['eigen_functie']\nwerkt_nu = false",
    ],
    ids=["works there", "another goal", "full recovery expected", "still in the first year"],
)
def test_the_own_function_may_be_the_goal(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(WHOLE + text)) == []


def test_the_goal_of_an_adjustment_after_the_first_year_is_looked_at(dossier_of: Make) -> None:
    late = f"{ADJUSTED.format('2025-03-01')}einddoel = ['eigen_functie']\nwerkt_nu = false\n"
    working = f'{YEAR}werkt_nu = true\nsoort_werk = "eigen_werk"\n'

    path = "bijstelling_plan_van_aanpak[0].einddoel"
    assert marks(dossier_of(WHOLE + working + late)) == [("R060", path)]


@pytest.mark.parametrize("who", ["werknemer", "werkgever"])
def test_a_view_is_recommended_in_the_final_evaluation(dossier_of: Make, who: str) -> None:
    other = {"werknemer": "werkgever", "werkgever": "werknemer"}[who]
    dossier = dossier_of(f"{FINAL.format('2025-10-06')}visie_{other} = 'Goed.'")

    (finding,) = found(dossier)
    assert (finding.code, finding.path) == ("R062", f"eindevaluatie.visie_{who}")
    assert finding.severity is Severity.WARNING


def test_before_july_2023_nobody_asked_for_a_view(dossier_of: Make) -> None:
    assert marks(dossier_of(FINAL.format("2023-06-30"))) == []


DONE_BY_MARCH = ROW.format("Rustige werkplek inrichten", "klaar op 08-03-2024")


@pytest.mark.parametrize("after", ["2024-04-01", "2024-12-31"])
def test_an_agreement_that_nobody_comes_back_to_is_a_warning(dossier_of: Make, after: str) -> None:
    later = ADJUSTED.format(after) + RESULT.format("Drukproeven nakijken")

    (finding,) = found(dossier_of(PLAN + DONE_BY_MARCH + later))
    assert (finding.code, finding.path) == ("R065", "bijstelling_plan_van_aanpak[0].voortgang")
    assert "werkplek" not in finding.message
    assert finding.also is not None
    assert finding.also.line == 4


@pytest.mark.parametrize(
    "text",
    [
        DONE_BY_MARCH + ADJUSTED.format("2024-04-01") + RESULT.format("Inrichten rustige werkplek"),
        ROW.format("Werkplek", "klaar op 08-05-2024") + ADJUSTED.format("2024-04-01") + RESULT,
        ROW.format("Werkplek", "elke week") + ADJUSTED.format("2024-04-01") + RESULT,
        ROW.format("Werkplek", "31-02-2024") + ADJUSTED.format("2024-04-01") + RESULT,
        ROW.format("Cv", "08-03-2024") + ADJUSTED.format("2024-04-01") + RESULT,
        DONE_BY_MARCH + ADJUSTED.format("2024-04-01"),
        DONE_BY_MARCH.replace("arbeidsinhoud", "sociaal_medische_zaken")
        + ADJUSTED.format("2024-04-01")
        + RESULT,
        DONE_BY_MARCH
        + "[[voortgangsverslag]]\ndatum = 2024-03-20\n"
        + RESULT.format("Rustige werkplek").replace(
            "bijstelling_plan_van_aanpak", "voortgangsverslag"
        )
        + ADJUSTED.format("2024-04-01")
        + RESULT,
    ],
    ids=[
        "told in other words",
        "not yet due",
        "without a day",
        "a day that does not exist",
        "too short to compare",
        "no table of results",
        "the advice of the bedrijfsarts",
        "told in a talk in between",
    ],
)
def test_an_agreement_that_comes_back_or_is_not_due_is_no_matter(
    dossier_of: Make, text: str
) -> None:
    assert marks(dossier_of(PLAN + text)) == []


ADVISED = f"{ANALYSIS}advies_einddoel = ['eigen_functie_aangepast']\n"


def test_another_goal_than_advised_needs_a_reason(dossier_of: Make) -> None:
    dossier = dossier_of(f"{ADVISED}{PLAN}einddoel = ['eigen_functie']\n{WORK}")

    assert marks(dossier) == [("R067", "plan_van_aanpak.einddoel")]


@pytest.mark.parametrize(
    "goal",
    [
        "einddoel = ['eigen_functie_aangepast']",
        "einddoel = ['eigen_functie']\neinddoel_toelichting = 'De aanpassing is tijdelijk.'",
        "einddoel = []",
    ],
    ids=["the same", "with a reason", "no goal at all"],
)
def test_a_goal_that_follows_the_advice_is_no_matter(dossier_of: Make, goal: str) -> None:
    assert marks(dossier_of(f"{ADVISED}{PLAN}{goal}\n{WORK}")) == []


def test_the_latest_advice_counts(dossier_of: Make) -> None:
    newer = "[[bijstelling_probleemanalyse]]\ndatum = 2024-02-27\nadvies_einddoel = {}\n"
    goal = f"{PLAN}einddoel = ['eigen_functie']\n{WORK}"

    assert marks(dossier_of(f"{ADVISED}{newer.format(['eigen_functie'])}{goal}")) == []
    assert len(marks(dossier_of(f"{ADVISED}{newer.format([])}{goal}"))) == 1


SIXTEEN = PLAN + ROW.format("Opbouw naar 16 uur per week", "vanaf 11-03-2024")


def test_more_hours_than_advised_are_a_warning(dossier_of: Make) -> None:
    (finding,) = found(dossier_of(f"{ANALYSIS}maximaal_uren_per_week = 12\n{SIXTEEN}"))

    assert (finding.code, finding.path) == ("R067", "plan_van_aanpak.arbeidsinhoud[0].activiteit")
    assert "16 uur" in finding.message


@pytest.mark.parametrize(
    "advice",
    [
        "maximaal_uren_per_week = 16",
        "maximaal_uren_per_week = 12\nadvies_werkhervatting = 'Bouw op naar 16 uur in mei.'",
        "",
    ],
    ids=["within the limit", "a later step of the advice", "no limit"],
)
def test_hours_within_the_advice_are_no_matter(dossier_of: Make, advice: str) -> None:
    assert marks(dossier_of(f"{ANALYSIS}{advice}\n{SIXTEEN}")) == []


STRANGE_ADVICE = f"{ANALYSIS}advies_einddoel = [[1]]\nmaximaal_uren_per_week = true\n"
STRANGE_PLAN = f"{PLAN}einddoel = [{{}}, 3]\narbeidsinhoud = [{{activiteit = [], planning = 4}}]\n"
STRANGE_YEAR = f"{YEAR}soort_werk = {{}}\nvoortgang = [{{activiteit = 3}}]"


@pytest.mark.parametrize(
    "text",
    [
        "[plan_van_aanpak]\ndatum = 'x'\narbeidsinhoud = [1, 'a']",
        STRANGE_ADVICE + STRANGE_PLAN + STRANGE_YEAR,
        f"eindevaluatie = []\n{WHOLE}",
    ],
)
def test_a_malformed_case_gives_no_crash(dossier_of: Make, text: str) -> None:
    assert {finding.severity for finding in found(dossier_of(text))} <= {Severity.WARNING}
