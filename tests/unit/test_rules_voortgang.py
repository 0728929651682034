"""Rules R068 to R077: hours, standstill, conflict, spoor 2 and the result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.checks.evaluation import evaluation
from wvp_docs.checks.progress import progress
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Dossier
from wvp_docs.findings import Finding, Severity

Make = Callable[[str], Dossier]
TODAY = date(2025, 10, 24)
ABLE = 'benutbare_mogelijkheden = "ja"\n'
ANALYSIS = f"[probleemanalyse]\ndatum = 2024-02-20\n{ABLE}maximaal_uren_per_week = 12\n"
TALK = "[[voortgangsverslag]]\ndatum = {}\n"
WORKS = "werkt_nu = true\nuren_per_week = {}\nloonwaarde = {}\n"
HOURS = "[[voortgangsverslag.gewerkte_uren]]\nvan = {}\ntot_en_met = {}\nuren = 8\nwerk = '{}'\n"
RESULT = (
    "[[voortgangsverslag.voortgang]]\nactiviteit = 'x'\nuitgevoerd = '{}'\ntoelichting = '{}'\n"
)
ADJUSTED = "[[bijstelling_plan_van_aanpak]]\ndatum = {}\nreden_bijstelling = '{}'\n"
ADVICE = "[[bijstelling_probleemanalyse]]\ndatum = {}\nreden_bijstelling = '{}'\n"
PAPER = "[[bijlage]]\nsoort = '{}'\ndatum = {}\n"
OPINION = "[actueel_oordeel]\ndatum = 2025-09-26\noordeel_arbeidsrelatie = '{}'\n"
YEAR = "[eerstejaarsevaluatie]\ndatum = 2024-12-02\nsoort_evaluatie = 'eerstejaarsevaluatie'\n"
FINAL = "[eindevaluatie]\ndatum = 2025-10-06\n"


def found(dossier: Dossier, today: date = TODAY) -> list[Finding]:
    situation = Situation(dossier, today)
    return [*progress(situation), *evaluation(situation)]


def marks(dossier: Dossier, today: date = TODAY) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in found(dossier, today)]


THERAPEUTIC = "drukproeven (arbeidstherapeutisch)"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            TALK.format("2024-05-27") + HOURS.format("2024-03-11", "2024-04-23", THERAPEUTIC),
            "voortgangsverslag[0].gewerkte_uren[0].werk",
        ),
        (
            TALK.format("2024-04-01")
            + WORKS.format(8, 0)
            + TALK.format("2024-05-14")
            + WORKS.format(9, 0),
            "voortgangsverslag[1].loonwaarde",
        ),
    ],
    ids=["by the hours worked", "by the value in wages"],
)
def test_therapeutic_work_of_more_than_six_weeks_is_a_warning(
    dossier_of: Make, text: str, path: str
) -> None:
    assert marks(dossier_of(text)) == [("R068", path)]


@pytest.mark.parametrize(
    "text",
    [
        TALK.format("2024-05-27") + HOURS.format("2024-03-11", "2024-04-22", THERAPEUTIC),
        TALK.format("2024-05-27") + HOURS.format("2024-03-11", "2024-05-24", "drukproeven"),
        TALK.format("2024-05-27") + WORKS.format(8, 0),
        TALK.format("2024-03-11")
        + WORKS.format(8, 0)
        + TALK.format("2024-04-15")
        + WORKS.format(8, 10)
        + TALK.format("2024-05-20")
        + WORKS.format(8, 0),
        TALK.format("2024-05-27")
        + HOURS.format("2024-03-11", "2024-05-24", THERAPEUTIC)
        + ADJUSTED.format("2024-04-20", "arbeidstherapeutisch_langer"),
    ],
    ids=["six weeks", "ordinary work", "one day seen", "paid in between", "the reason is there"],
)
def test_short_or_explained_therapeutic_work_is_no_matter(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{TALK.format('2024-05-13')}werkt_nu = false", "voortgangsverslag[0].werkt_nu"),
        (
            TALK.format("2024-04-15")
            + WORKS.format(8, 20)
            + TALK.format("2024-05-27")
            + WORKS.format(8, 20),
            "voortgangsverslag[1].uren_per_week",
        ),
    ],
    ids=["no work", "no step in six weeks"],
)
def test_hours_that_are_left_lying_are_a_warning(dossier_of: Make, text: str, path: str) -> None:
    assert marks(dossier_of(ANALYSIS + text)) == [("R069", path)]


@pytest.mark.parametrize(
    "text",
    [
        f"{TALK.format('2024-04-01')}werkt_nu = false",
        TALK.format("2024-05-13") + WORKS.format(12, 30),
        TALK.format("2024-05-13") + WORKS.format(8, 20),
        f"{TALK.format('2024-05-13')}werkt_nu = false\nbijstelling_plan_nodig = true",
        f"{TALK.format('2024-05-13')}werkt_nu = false\n{RESULT.format('nee', 'Er was geen werk.')}",
        f"{ADJUSTED.format('2024-05-13', 'volledige_uitval')}werkt_nu = false",
        f"{TALK.format('2024-05-13')}werkt_nu = true",
    ],
    ids=[
        "within six weeks",
        "all hours",
        "a first step",
        "to be adjusted",
        "with a reason",
        "no work again",
        "hours unknown",
    ],
)
def test_hours_that_are_used_or_explained_are_no_matter(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(ANALYSIS + text)) == []


PLAN = "[plan_van_aanpak]\ndatum = 2024-03-01\n"
TALKING = (
    "[[plan_van_aanpak.arbeidsverhoudingen]]\nactiviteit = '{}'\nwie = 'x'\nplanning = 'mei'\n"
)
MEDIATION = "[probleemanalyse]\ndatum = 2024-02-20\nadvies_inzet = ['mediation']\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (OPINION.format("verstoord"), "actueel_oordeel.oordeel_arbeidsrelatie"),
        (f"{FINAL}oordeel_arbeidsrelatie = 'verstoord'", "eindevaluatie.oordeel_arbeidsrelatie"),
        (
            PLAN + TALKING.format("Het conflict over het rooster"),
            "plan_van_aanpak.arbeidsverhoudingen[0].activiteit",
        ),
        (MEDIATION + PLAN, "probleemanalyse.advies_inzet"),
    ],
    ids=["the bedrijfsarts says so", "the employer says so", "in 7D", "mediation advised"],
)
def test_a_conflict_left_alone_is_a_warning(dossier_of: Make, text: str, path: str) -> None:
    assert marks(dossier_of(text)) == [("R070", path)]


@pytest.mark.parametrize(
    "text",
    [
        OPINION.format("goed"),
        OPINION.format("verstoord") + PLAN + TALKING.format("Gesprekken met een mediator"),
        OPINION.format("verstoord") + PAPER.format("deskundigenoordeel", "2025-05-01"),
        OPINION.format("verstoord") + ADJUSTED.format("2025-05-01", "deskundigenoordeel"),
        PLAN + TALKING.format("Elke week kort overleg"),
        MEDIATION,
    ],
    ids=["none", "mediation", "an opinion", "an adjustment", "just talk", "no plan yet"],
)
def test_a_conflict_that_is_handled_is_no_matter(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == []


STILL = ADJUSTED.format("2024-08-15", "stagnatie")


@pytest.mark.parametrize(
    "more",
    ["", ADVICE.format("2024-10-01", "stagnatie"), PAPER.format("deskundigenoordeel", "'mei'")],
    ids=["nothing", "advice too late", "a paper without a day"],
)
def test_a_standstill_without_an_answer_is_a_warning(dossier_of: Make, more: str) -> None:
    path = "bijstelling_plan_van_aanpak[0].reden_bijstelling"

    assert ("R071", path) in marks(dossier_of(STILL + more))


@pytest.mark.parametrize(
    ("more", "today"),
    [
        (ADVICE.format("2024-09-26", "stagnatie"), TODAY),
        (PAPER.format("deskundigenoordeel", "2024-09-10"), TODAY),
        ("[eerstejaarsevaluatie]\narbeidsdeskundig_onderzoek_datum = 2024-09-01", TODAY),
        (
            "[[bijstelling_plan_van_aanpak.activiteiten]]\nactiviteit = 'Deskundigenoordeel'",
            TODAY,
        ),
        ("", date(2024, 9, 26)),
    ],
    ids=["new advice", "an opinion", "research", "planned", "not yet due"],
)
def test_a_standstill_with_an_answer_is_no_matter(dossier_of: Make, more: str, today: date) -> None:
    assert marks(dossier_of(STILL + more), today) == []


@pytest.mark.parametrize(
    "said",
    [
        "De werknemer werkt niet mee.",
        "De werknemer werkt nog steeds niet mee.",
        "Werknemer weigert het werk.",
        "Twee keer niet verschenen.",
        "Niet komen opdagen op het werk.",
    ],
)
def test_a_refusal_without_an_answer_is_a_warning(dossier_of: Make, said: str) -> None:
    dossier = dossier_of(TALK.format("2024-05-13") + RESULT.format("nee", said))

    (finding,) = found(dossier)
    assert (finding.code, finding.path) == ("R075", "voortgangsverslag[0].voortgang[0].toelichting")
    assert said not in finding.message


@pytest.mark.parametrize(
    "said",
    [
        "Niet verschenen; op 3 mei schriftelijk gewaarschuwd. De waarschuwing is bijgevoegd.",
        "De werknemer werkt niet mee. Het loon is per 1 mei opgeschort.",
        "De werknemer werkt vier dagen, niet meer.",
        "Het bureau weigert geen kandidaten.",
    ],
)
def test_an_answered_refusal_or_none_is_no_matter(dossier_of: Make, said: str) -> None:
    assert marks(dossier_of(TALK.format("2024-05-13") + RESULT.format("nee", said))) == []


DOUBT = "[probleemanalyse]\ndatum = 2024-02-20\nvolledige_hervatting_verwacht = '{}'\n"
RESEARCH = "eerstejaarsevaluatie.arbeidsdeskundig_onderzoek_datum"


@pytest.mark.parametrize(
    "text",
    [
        DOUBT.format("nee") + YEAR,
        DOUBT.format("nog_onbekend") + YEAR,
        f"{YEAR}einddoel = ['andere_werkgever']",
    ],
    ids=["not expected", "not known", "another goal"],
)
def test_doubt_about_the_own_work_asks_for_research(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == [("R072", RESEARCH)]


@pytest.mark.parametrize(
    "text",
    [
        DOUBT.format("ja") + YEAR,
        f"{YEAR}einddoel = ['eigen_functie', 'andere_functie']",
        f"{DOUBT.format('nee')}{YEAR}arbeidsdeskundig_onderzoek_datum = 2024-11-21",
        f"{DOUBT.format('nee')}{YEAR}arbeidsdeskundig_onderzoek_reden_niet = 'Nog niet klaar.'",
        DOUBT.format("nee") + YEAR + PAPER.format("arbeidsdeskundig_rapport", "2025-01-10"),
        DOUBT.format("nee") + YEAR.replace("'eerstejaarsevaluatie'", "'tussentijdse_evaluatie'"),
    ],
    ids=["expected", "the goal too", "done", "a reason", "a report", "no year yet"],
)
def test_no_doubt_or_research_is_no_matter(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == []


SECOND = f"{YEAR}einddoel = ['eigen_functie']\nspoor_2 = true\nspoor_2_startdatum = 2025-01-06\n"
OPINION_TEXT = "mening_voortgang_werkgever = '{}'\n"


def test_a_second_track_that_nobody_follows_is_a_warning(dossier_of: Make) -> None:
    text = SECOND + TALK.format("2025-04-01") + OPINION_TEXT.format("Het werk loopt goed.")

    assert marks(dossier_of(text)) == [("R074", "eerstejaarsevaluatie.spoor_2_startdatum")]


@pytest.mark.parametrize(
    ("more", "today"),
    [
        (TALK.format("2025-04-01") + OPINION_TEXT.format("Verslag van spoor 2 besproken."), TODAY),
        (TALK.format("2025-04-01") + OPINION_TEXT.format("Het bureau is tevreden."), TODAY),
        (PAPER.format("spoor_2_rapport", "2025-09-23"), TODAY),
        ("", date(2025, 4, 6)),
    ],
    ids=["talked about", "the bureau", "a report", "just begun"],
)
def test_a_second_track_that_is_followed_is_no_matter(
    dossier_of: Make, more: str, today: date
) -> None:
    assert marks(dossier_of(SECOND + more), today) == []


def test_the_bureau_hears_of_a_new_advice(dossier_of: Make) -> None:
    report = PAPER.format("spoor_2_rapport", "2025-09-23")
    advice = ADVICE.format("2025-05-01", "gewijzigde_belastbaarheid")
    told = TALK.format("2025-05-20") + OPINION_TEXT.format("Doorgegeven aan het bureau.")

    path = "bijstelling_probleemanalyse[0].reden_bijstelling"
    assert marks(dossier_of(SECOND + report + advice)) == [("R074", path)]
    assert marks(dossier_of(SECOND + report + advice + told)) == []
    assert marks(dossier_of(SECOND + report + advice), date(2025, 6, 1)) == []


ABLE_TO_WORK = f"[probleemanalyse]\ndatum = 2024-02-20\n{ABLE}"
DID = "[[eindevaluatie.spoor_1]]\nactiviteit = '{}'\nperiode = '2025'\nresultaat = 'x'\n"


def test_vacancies_are_no_offer(dossier_of: Make) -> None:
    text = f"{ABLE_TO_WORK}{FINAL}werkt_nu = false\n{DID.format('Op vacatures gewezen')}"

    assert marks(dossier_of(text)) == [("R076", "eindevaluatie.werkt_nu")]


@pytest.mark.parametrize(
    "text",
    [
        f"{ABLE_TO_WORK}{FINAL}werkt_nu = true\n{DID.format('Op vacatures gewezen')}",
        f"{ABLE_TO_WORK}{FINAL}werkt_nu = false\n{DID.format('Een vacature aangeboden')}",
        f"{ABLE_TO_WORK}{FINAL}werkt_nu = false\n{DID.format('Gezocht naar ander werk')}",
        f"{FINAL}werkt_nu = false\n{DID.format('Op vacatures gewezen')}",
    ],
    ids=["works", "an offer", "no vacancy", "no possibilities known"],
)
def test_an_offer_or_work_is_enough(dossier_of: Make, text: str) -> None:
    assert marks(dossier_of(text)) == []


def test_a_good_result_is_told(dossier_of: Make) -> None:
    text = f"{FINAL}structureel = true\nloonwaarde = 65"
    opinion = "\n[oordeel_werknemer]\noordeel_eindevaluatie = 'oneens'"

    (finding,) = found(dossier_of(text))
    assert (finding.code, finding.severity) == ("R077", Severity.INFO)
    assert marks(dossier_of(text.replace("65", "64.9"))) == []
    assert marks(dossier_of(text.replace("true", "false"))) == []
    assert marks(dossier_of(text + opinion)) == []


STRANGE_TALK = """
[[voortgangsverslag]]
datum = 2024-05-13
werkt_nu = []
voortgang = [3]
gewerkte_uren = [{van = 1, tot_en_met = {}, uren = nan, werk = []}]
"""
STRANGE_PAPER = "bijlage = [{soort = [], datum = 'x', titel = {}}]\n"
STRANGE_REASON = f"{ADJUSTED.format('2024-08-15', '')}".replace("''", "{}")
STRANGE_END = "oordeel_arbeidsrelatie = {}\nstructureel = 1\nloonwaarde = true\nspoor_1 = [{}]"


@pytest.mark.parametrize(
    "text",
    [
        STRANGE_TALK,
        f"{YEAR}spoor_2 = true\nspoor_2_startdatum = 'x'\neinddoel = {{}}\nactiviteiten = [[]]",
        FINAL + STRANGE_END,
        STRANGE_PAPER + STRANGE_REASON,
        f"{ADVICE.format('2025-05-01', 'x')}advies_inzet = [[], {{}}]\n{PLAN}activiteiten = 3",
    ],
)
def test_a_malformed_case_gives_no_crash(dossier_of: Make, text: str) -> None:
    assert {finding.severity for finding in found(dossier_of(text))} <= {Severity.WARNING}
