from __future__ import annotations

from collections.abc import Callable

import pytest

from wvp_docs.dossier import Dossier, letter

Make = Callable[[str], Dossier]
START = "[verzuim]\neerste_ziektedag = 2024-01-15\n"


def test_documents_of_a_series_come_in_date_order_and_are_numbered(dossier_of: Make) -> None:
    dossier = dossier_of(
        "[[voortgangsverslag]]\ndatum = 2024-06-03\n[[voortgangsverslag]]\ndatum = 2024-04-02\n"
    )

    assert [(d.base, d.titel[-1], d.stem) for d in dossier.documents] == [
        ("voortgangsverslag[1]", "1", "05-voortgangsverslag-1_2024-04-02"),
        ("voortgangsverslag[0]", "2", "05-voortgangsverslag-2_2024-06-03"),
    ]


def test_bijstellingen_and_verslagen_share_the_letters_of_their_place(dossier_of: Make) -> None:
    text = "[[voortgangsverslag]]\ndatum = 2024-06-03\n"
    text += "[[bijstelling_plan_van_aanpak]]\ndatum = 2024-04-02\n"

    assert [d.nummer for d in dossier_of(text).documents] == ["3a", "3b"]


def test_a_document_without_a_date_still_has_a_name(dossier_of: Make) -> None:
    (document,) = dossier_of("[probleemanalyse]\ndatum = 'morgen'").documents

    assert document.stem == "01-probleemanalyse_zonder-datum"
    assert document.ziekteweek == ""


@pytest.mark.parametrize(
    ("extra", "week"),
    [
        ("", "week 26"),
        (
            "[[verzuim.onderbrekingen]]\nhersteld_vanaf = 2024-07-01\nweer_ziek_vanaf = 2024-07-08",
            "week 25",
        ),
        (
            "[[verzuim.onderbrekingen]]\nhersteld_vanaf = 2024-04-01\nweer_ziek_vanaf = 2024-04-29",
            "week 11",
        ),
        (
            "[[verzuim.verlof]]\nvan = 2024-03-04\ntot_en_met = 2024-06-23\nzelfde_oorzaak = true",
            "week 10",
        ),
        (
            "[[verzuim.verlof]]\nvan = 2024-03-04\ntot_en_met = 2024-06-23\nzelfde_oorzaak = false",
            "week 3",
        ),
    ],
    ids=[
        "no pause",
        "a week of recovery",
        "28 days: a new case",
        "leave, same cause",
        "leave, other cause",
    ],
)
def test_the_week_of_illness_counts_only_days_of_illness(
    dossier_of: Make, extra: str, week: str
) -> None:
    dossier = dossier_of(f"{START}{extra}\n[actueel_oordeel]\ndatum = 2024-07-12")

    assert dossier.documents[0].ziekteweek == week


def test_rows_that_are_no_rows_are_left_to_the_checks(dossier_of: Make) -> None:
    dossier = dossier_of(f"{START}onderbrekingen = [1, 'x']\nverlof = 3\n")

    assert dossier.illness is not None


def test_the_reference_is_the_number_of_the_dossier_or_the_first_sick_day(dossier_of: Make) -> None:
    assert dossier_of(START).kenmerk == "WVP-2024-01-15"
    assert dossier_of(f'{START}dossiernummer = "D-7"').kenmerk == "D-7"
    assert dossier_of("").kenmerk == ""


def test_letters_count_on_after_z() -> None:
    assert [letter(i) for i in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


def test_a_signature_takes_its_defaults_and_what_is_typed_wins(dossier_of: Make) -> None:
    text = '[arbodienst]\nbedrijfsarts = "A. Arts"\n[probleemanalyse]\ndatum = 2024-02-20\n'
    typed = '[probleemanalyse.ondertekening_bedrijfsarts]\nnaam = "B. Beter"\n'
    ((_, by_default),) = dossier_of(text).documents[0].signers()
    ((_, by_hand),) = dossier_of(text + typed).documents[0].signers()

    assert (by_default["naam"], by_default["functie"]) == ("A. Arts", "bedrijfsarts")
    assert (by_hand["naam"], by_hand["functie"]) == ("B. Beter", "bedrijfsarts")
