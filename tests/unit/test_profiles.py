"""Which road through the law a case takes, and what the bedrijfsarts found on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from wvp_docs.dossier import Dossier
from wvp_docs.errors import ExitCode
from wvp_docs.profiles import UnknownProfileError, facts_of, profile_of

Make = Callable[[str], Dossier]
ILL = "verzuim.eerste_ziektedag = 2024-01-15\n"


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        pytest.param("", "wia", id="in service"),
        pytest.param("dienstverband.einde = 2024-02-25", "geen", id="41 days"),
        pytest.param("dienstverband.einde = 2024-02-26", "verkort", id="42 days"),
        pytest.param("dienstverband.einde = 2024-03-24", "verkort", id="69 days"),
        pytest.param("dienstverband.einde = 2024-03-25", "zw", id="70 days"),
        pytest.param("dienstverband.einde = 2026-01-10", "zw", id="a day before the end"),
        pytest.param("dienstverband.einde = 2026-01-11", "wia", id="the last of 104 weeks"),
        pytest.param("dienstverband.einde = 2024-01-14", "wia", id="left before the illness"),
        pytest.param('dienstverband.einde = "maart"', "wia", id="no date"),
        pytest.param("verzuim.verkorte_wachttijd = true", "iva", id="shortened waiting time"),
        pytest.param("verzuim.verkorte_wachttijd = false", "wia", id="not shortened"),
        pytest.param(
            "verzuim.verkorte_wachttijd = true\ndienstverband.einde = 2024-02-01",
            "iva",
            id="shortened, and leaving",
        ),
    ],
)
def test_the_case_chooses_its_profile(dossier_of: Make, text: str, profile: str):
    assert profile_of(dossier_of(ILL + text)).key == profile


def test_days_of_recovery_are_no_days_of_illness_before_leaving(dossier_of: Make):
    text = """
    verzuim.onderbrekingen = [{ hersteld_vanaf = 2024-02-01, weer_ziek_vanaf = 2024-02-08 }]
    dienstverband.einde = 2024-03-31
    """

    assert profile_of(dossier_of(ILL + text)).key == "verkort"  # 76 days, of which 7 recovered


def test_without_a_first_sick_day_the_last_profile_holds(dossier_of: Make):
    assert profile_of(dossier_of("dienstverband.einde = 2024-02-25")).key == "wia"


def test_a_name_overrides_what_the_case_says(dossier_of: Make):
    assert profile_of(dossier_of(ILL), "verkort").key == "verkort"


def test_an_unknown_name_is_answered_with_the_names_there_are(dossier_of: Make):
    with pytest.raises(UnknownProfileError, match="geen profiel wai") as fault:
        profile_of(dossier_of(ILL), "wai")

    assert fault.value.exit_code is ExitCode.USAGE
    assert fault.value.hint == "Bedoelde u wia? Kies uit: iva, geen, verkort, zw en wia."


def judged(**days: str) -> str:
    rows = [
        f'{{ datum = {day[1:].replace("_", "-")}, benutbare_mogelijkheden = "{said}" }}'
        for day, said in days.items()
    ]
    return f"bijstelling_probleemanalyse = [{', '.join(rows)}]\n"


FACTS = (
    ILL
    + judged(d2024_06_03="nee_blijvend", d2025_03_03="ja")
    + 'probleemanalyse = { datum = 2024-02-20, benutbare_mogelijkheden = "ja" }\n'
    + 'actueel_oordeel = { datum = 2025-09-26, benutbare_mogelijkheden = "tijdelijk_niet" }\n'
)


@pytest.mark.parametrize(
    ("day", "able"),
    [
        pytest.param(date(2024, 2, 1), True, id="nobody judged yet"),
        pytest.param(date(2024, 2, 20), True, id="probleemanalyse"),
        pytest.param(date(2024, 6, 2), True, id="the day before it changed"),
        pytest.param(date(2024, 6, 3), False, id="bijstelling"),
        pytest.param(date(2025, 3, 3), True, id="second bijstelling"),
        pytest.param(date(2025, 12, 1), False, id="actueel oordeel"),
    ],
)
def test_the_latest_judgement_says_whether_there_are_possibilities(
    dossier_of: Make, day: date, *, able: bool
):
    dossier = dossier_of(FACTS)

    assert facts_of(dossier, profile_of(dossier)).is_able(day) is able


def test_possibilities_return_on_the_first_judgement_that_says_so(dossier_of: Make):
    dossier = dossier_of(FACTS)
    facts = facts_of(dossier, profile_of(dossier))

    assert facts.able_again(date(2024, 6, 3)) == date(2025, 3, 3)
    assert facts.able_again(date(2025, 3, 3)) is None


def test_a_judgement_of_an_earlier_illness_or_without_sense_says_nothing(dossier_of: Make):
    dossier = dossier_of(ILL + judged(d2024_01_14="nee_blijvend", d2024_02_01="misschien"))

    assert facts_of(dossier, profile_of(dossier)).judgements == ()


def test_the_end_of_service_matters_only_to_who_leaves(dossier_of: Make):
    dossier = dossier_of(ILL + "dienstverband.einde = 2024-06-01")

    assert facts_of(dossier, profile_of(dossier)).end_of_service == date(2024, 6, 1)
    assert facts_of(dossier, profile_of(dossier, "wia")).end_of_service is None
