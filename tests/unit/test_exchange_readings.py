"""What a cell of a spreadsheet answers, by the kind of the field; what is unclear is no answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from wvp_docs.exchange.readings import NO_OUTCOME, Reading, read_cell
from wvp_docs.fields import Field
from wvp_docs.kinds import Problem

DAY = date(2024, 12, 31)


def of(soort: str, **options: str) -> Field:
    return Field("a.b", "b", soort, "Label", opties=options)


def answer(cell: object, soort: str, **options: str) -> object:
    found = read_cell(cell, of(soort, **options))
    assert isinstance(found, Reading), found
    return found.answer


def problem(cell: object, soort: str, **options: str) -> Problem:
    found = read_cell(cell, of(soort, **options))
    assert isinstance(found, Problem), found
    return found


@pytest.mark.parametrize(
    "cell",
    [
        *("31-12-2024", "31/12/24", "31.12.2024", "31 12 2024", "2024-12-31", "2024/12/31"),
        *("20241231", "31 dec 2024", "31 dec. 2024", "31-dec-24", "31 december 2024", "31DEC2024"),
        *("di 31-12-2024", "dinsdag 31 december 2024", "31-12-2024 00:00", "2024-12-31T00:00:00"),
        *("2024-12-31 13:45:10.5", DAY, datetime(2024, 12, 31, 9, 30), 20241231),  # noqa: DTZ001
    ],
)
def test_a_date_is_read_however_it_was_typed(cell: object) -> None:
    assert answer(cell, "datum") == DAY


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("12/31/2024", "maand voorop"),
        ("31-12-58", "twee eeuwen"),
        ("31-02-2024", "niet bestaat"),
        ("31 foo 2024", "niet bestaat"),
        ("morgen", "geen datum"),
        ("31-12", "geen datum"),
        ("1-1-0001", "moet een datum van 1900"),
        (45657, "is een getal en geen datum"),
        (True, "geen datum"),
        (time(9, 0), "geen datum"),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_or_not_at_all_is_no_answer(
    cell: object, message: str
) -> None:
    assert message in problem(cell, "datum").message


@pytest.mark.parametrize(("text", "year"), [("1-5-74", 1974), ("1-5-24", 2024)])
def test_a_year_of_two_digits_is_read_where_only_one_century_can_be_meant(
    text: str, year: int
) -> None:
    assert answer(text, "datum") == date(year, 5, 1)


@pytest.mark.parametrize(
    ("cell", "soort", "expected"),
    [
        ("32,5", "uren", 32.5),
        ("32,5 uur", "uren", 32.5),
        (36.0, "uren", 36),
        (timedelta(hours=36), "uren", 36),
        ("1.040,25", "bedrag", 1040.25),
        ("€ 1040,25", "bedrag", 1040.25),
        ("70%", "procent", 70),
        ("33,3333%", "procent", 33.3333),
        (0.1 + 0.2, "getal", 0.3),
    ],
)
def test_a_number_may_have_a_comma_and_a_unit(cell: object, soort: str, expected: float) -> None:
    assert answer(cell, soort) == expected


@pytest.mark.parametrize(
    ("cell", "soort", "message"),
    [
        ("1.040", "bedrag", "twee manieren"),
        ("1,040", "bedrag", "twee manieren"),
        ("veel", "getal", "geen getal"),
        ("9" * 400, "getal", "getal van 0"),
        (float("inf"), "getal", "getal van 0"),
        (float("nan"), "getal", "getal van 0"),
        (10**400, "getal", "getal van 0"),
        (0.7, "procent", "minder dan 1"),
        (200, "uren", "van 0 tot en met 168"),
        (DAY, "uren", "geen getal"),
        (True, "getal", "geen getal"),
    ],
)
def test_a_number_that_cannot_be_sure_is_no_answer(cell: object, soort: str, message: str) -> None:
    assert message in problem(cell, soort).message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("ja", True), ("X", True), ("J", True), (True, True), (1, True), ("Nee", False), (0, False)],
)
def test_yes_and_no_are_read_as_people_write_them(cell: object, expected: bool) -> None:  # noqa: FBT001
    assert answer(cell, "ja_nee") is expected


def test_maybe_is_no_answer() -> None:
    assert "ja of nee" in problem("misschien", "ja_nee").message


OPTIONS = {"eigen_functie": "Werkhervatting in de eigen functie", "andere": "Ander werk"}


@pytest.mark.parametrize(
    "cell",
    ["eigen_functie", "Werkhervatting in de eigen functie", "EIGEN FUNCTIE", " eigen-functie "],
)
def test_a_choice_is_known_by_its_key_and_by_its_label(cell: str) -> None:
    assert answer(cell, "keuze", **OPTIONS) == "eigen_functie"


def test_a_choice_that_does_not_exist_gets_the_labels_as_hint() -> None:
    found = problem("iets", "keuze", **OPTIONS)

    assert found.hint == "Kies uit: Werkhervatting in de eigen functie, Ander werk."


@pytest.mark.parametrize(
    "cell", ["andere; eigen_functie", "Ander werk\neigen functie", "andere, eigen functie"]
)
def test_more_choices_stand_in_one_cell(cell: str) -> None:
    assert answer(cell, "meerkeuze", **OPTIONS) == ["andere", "eigen_functie"]


def test_of_more_choices_one_wrong_is_no_answer() -> None:
    assert problem("andere; iets", "meerkeuze", **OPTIONS)


def test_a_refused_choice_says_why() -> None:
    item = Field(
        "a", "a", "keuze", "L", opties=OPTIONS, geweigerd={"medische_informatie": "Nooit."}
    )

    assert read_cell("Medische informatie", item) == Problem("mag niet", "Nooit.")


@pytest.mark.parametrize("cell", [12345611, 12345611.0, "12345611", "12.34.56.11"])
def test_a_bsn_that_lost_its_zero_gets_it_back_and_that_is_said(cell: object) -> None:
    assert read_cell(cell, of("bsn")) == Reading("012345611", "de 0 vooraan is teruggezet")


@pytest.mark.parametrize("cell", [12345612, "999990018", "1234567", "abc"])
def test_a_bsn_that_fails_the_proof_is_no_answer_and_is_not_repeated(cell: object) -> None:
    found = problem(cell, "bsn")

    assert str(cell) not in found.message + found.hint


@pytest.mark.parametrize(
    ("cell", "soort", "expected"),
    [
        (612345678, "telefoon", "0612345678"),
        ("0031612345678", "telefoon", "+31612345678"),
        (31612345678, "telefoon", "+31612345678"),
        ("06-12345678", "telefoon", "06-12345678"),
        (1234567, "kvk_nummer", "01234567"),
        (9012345601, "big_nummer", "09012345601"),
        ("1234ab", "postcode", "1234 AB"),
        (2024017.0, "tekst", "2024017"),
        (DAY, "tekst", "31-12-2024"),
        (True, "tekst", "ja"),
        ("a\r\nb\rc", "alinea", "a\nb\nc"),
        (None, "tekst", None),
        ("  ", "datum", None),
    ],
)
def test_other_kinds_are_written_as_the_case_wants_them(
    cell: object, soort: str, expected: object
) -> None:
    assert answer(cell, soort) == expected


def test_a_short_kvk_number_that_was_typed_as_text_is_no_answer() -> None:
    assert problem("1234567", "kvk_nummer")


@pytest.mark.parametrize("cell", ["#N/B", "#N/A", "#VERW!", "#DEEL/0!", "#NAAM?", "#VALUE!"])
def test_an_error_of_the_spreadsheet_is_no_text(cell: str) -> None:
    assert problem(cell, "tekst").message == NO_OUTCOME.message


@pytest.mark.parametrize("cell", ["a\nb", "a\x00b", "a\u202eb"])
def test_text_that_no_paper_can_hold_is_no_answer(cell: str) -> None:
    assert problem(cell, "tekst")
