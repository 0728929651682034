"""Every kind of answer: what it takes, what it refuses, and how it is printed."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time

import pytest

from wvp_docs.kinds import BOX_OFF, BOX_ON, KINDS, Problem

OPTIONS = {"wel": "wel mogelijk", "niet": "niet mogelijk"}
GOOD: dict[str, tuple[object, str]] = {
    "tekst": ("Café 't Hoekje & Zn <B.V.> 😀", "Café 't Hoekje & Zn <B.V.> 😀"),
    "alinea": ("een\ntwee\tdrie", "een\ntwee\tdrie"),
    "datum": (date(2024, 2, 29), "29-02-2024"),
    "getal": (1040, "1.040"),
    "uren": (7.5, "7,5 uur"),
    "procent": (70, "70%"),
    "bedrag": (1040.25, "€ 1.040,25"),
    "ja_nee": (False, "nee"),
    "keuze": ("wel", "wel mogelijk"),
    "meerkeuze": (("wel", "niet"), "wel mogelijk; niet mogelijk"),
    "bsn": ("9999 90 019", "999990019"),
    "loonheffingennummer": ("123456782l01", "123456782L01"),
    "kvk_nummer": ("1234 5678", "12345678"),
    "big_nummer": ("49012345601", "49012345601"),
    "postcode": ("1234ab", "1234 AB"),
    "telefoon": ("06-12345678", "06 12345678"),
    "email": ("j.de.vries@voorbeeld.nl", "j.de.vries@voorbeeld.nl"),
    "bestand": ("rapporten/ad.pdf", "rapporten/ad.pdf"),
}
NUMBERS = ("getal", "uren", "procent", "bedrag")
TEXTS = ("tekst", "alinea", "bestand")
STRANGE = [
    pytest.param(True, id="ja"),
    pytest.param(1, id="whole number"),
    pytest.param(1.5, id="fraction"),
    pytest.param(math.nan, id="nan"),
    pytest.param(math.inf, id="inf"),
    pytest.param(-math.inf, id="-inf"),
    pytest.param(10**5000, id="huge number"),
    pytest.param(-1, id="below nothing"),
    pytest.param("hallo", id="text"),
    pytest.param("", id="no text"),
    pytest.param("een\ntwee", id="two lines"),
    pytest.param(date(2024, 1, 1), id="date"),
    pytest.param(datetime(2024, 1, 1, tzinfo=UTC), id="moment"),
    pytest.param(time(12, 0), id="time"),
    pytest.param(("wel", "wat"), id="list"),
    pytest.param((), id="empty list"),
    pytest.param(((),), id="list in a list"),
    pytest.param({"a": 1}, id="table"),
    pytest.param(({"a": 1},), id="rows"),
]


def problem(kind: str, value: object) -> Problem | None:
    return KINDS[kind].problem(value, OPTIONS)


def test_every_kind_that_is_typed_has_a_good_example():
    typed = {name for name, kind in KINDS.items() if not (kind.derived or kind.composite)}

    assert typed == GOOD.keys()


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_answer_is_printed(kind: str):
    value, text = GOOD[kind]

    assert problem(kind, value) is None
    assert KINDS[kind].show(value, OPTIONS) == text


@pytest.mark.parametrize("kind", GOOD)
@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_answer_is_refused_or_can_be_printed(kind: str, value: object):
    found = problem(kind, value)

    assert found is not None or isinstance(KINDS[kind].show(value, OPTIONS), str)
    if found is None:
        KINDS[kind].faces(value, OPTIONS)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        *(pytest.param(kind, True, "getal", id=f"ja for {kind}") for kind in NUMBERS),
        *(pytest.param(kind, "32", "getal", id=f"text for {kind}") for kind in NUMBERS),
        *(pytest.param(kind, math.nan, "getal van 0", id=f"nan for {kind}") for kind in NUMBERS),
        *(pytest.param(kind, math.inf, "getal van 0", id=f"inf for {kind}") for kind in NUMBERS),
        *(pytest.param(kind, 10**400, "getal van 0", id=f"huge for {kind}") for kind in NUMBERS),
        *(pytest.param(kind, 1, "moet tekst zijn", id=f"number for {kind}") for kind in TEXTS),
        *(pytest.param(kind, "a\0", "U+0000", id=f"NUL in {kind}") for kind in TEXTS),
        pytest.param("uren", 168.5, "van 0 tot en met 168", id="more hours than a week has"),
        pytest.param("procent", 100.5, "van 0 tot en met 100", id="more than all"),
        pytest.param("datum", datetime(2024, 1, 1, tzinfo=UTC), "datum", id="moment for date"),
        pytest.param("datum", "2024-01-01", "datum", id="text for date"),
        pytest.param("datum", date(1899, 12, 31), "van 1900 tot en met 2100", id="too old"),
        pytest.param("datum", date(9999, 12, 31), "van 1900 tot en met 2100", id="for ever"),
        pytest.param("ja_nee", "ja", "ja of nee", id="ja as text"),
        pytest.param("ja_nee", 1, "ja of nee", id="1 for ja"),
        pytest.param("keuze", "misschien", "geen keuze", id="unknown choice"),
        pytest.param("keuze", ("wel",), "geen keuze", id="list for one choice"),
        pytest.param("meerkeuze", "wel", "lijst", id="text for a list"),
        pytest.param("meerkeuze", ("wel", 1), "geen keuze", id="number in a list"),
        pytest.param("tekst", "een\ntwee", "één regel", id="two lines"),
        pytest.param("bestand", "a\nb.pdf", "één regel", id="file on two lines"),
        pytest.param("bsn", 999990019, "tekst", id="number for bsn"),
    ],
)
def test_a_wrong_answer_is_named(kind: str, value: object, message: str):
    found = problem(kind, value)

    assert found is not None
    assert message in found.message


@pytest.mark.parametrize(
    "char",
    [
        *("\0", "\r", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\u202e", "\u2066"),
        *("\ufdd0", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"),
    ],
    ids=ascii,
)
def test_what_no_document_can_hold_is_refused_by_its_number(char: str):
    found = problem("alinea", f"voor{char}na")

    assert found is not None
    assert f"U+{ord(char):04X}" in found.message


@pytest.mark.parametrize("char", ["\t", "\n", "\u00a0", "ë", "–", "€", "\u200d", "😀"], ids=ascii)
def test_what_a_document_can_hold_is_taken(char: str):
    assert problem("alinea", f"voor{char}na") is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bsn", "111222333"),
        ("bsn", "123456782"),
        ("bsn", "10000008"),
        ("loonheffingennummer", "123456789L99"),
        ("postcode", "1234 ab"),
        ("telefoon", "030 1234567"),
        ("telefoon", "0800-1234"),
        ("telefoon", "14 030"),
        ("telefoon", "+32 2 555 12 12"),
        ("telefoon", "+31 (0)6 12345678"),
        ("email", "a@b.c.nl"),
    ],
)
def test_a_sound_identifier_is_taken(kind: str, value: str):
    assert problem(kind, value) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("bsn", "123456789"),
        ("bsn", "000000000"),
        ("bsn", "1234567"),
        ("bsn", "9999900190"),
        ("bsn", "٩٩٩٩٩٠٠١٩"),
        ("bsn", "²²²²²²²²²"),
        ("loonheffingennummer", "123456782"),
        ("loonheffingennummer", "123456782L00"),
        ("loonheffingennummer", "١٢٣٤٥٦٧٨٢L01"),
        ("kvk_nummer", "1234567"),
        ("kvk_nummer", "١٢٣٤٥٦٧٨"),
        ("big_nummer", "4901234560"),
        ("postcode", "0123 AB"),
        ("postcode", "1234 SS"),
        ("postcode", "NL-1234 AB"),
        ("postcode", "1234"),
        ("telefoon", "06 1234567"),
        ("telefoon", "030-123456"),
        ("telefoon", "0612345678901"),
        ("telefoon", "bel mij"),
        ("telefoon", "0612345678 (na 17 uur)"),
        ("telefoon", "+"),
        ("telefoon", "+999 123"),
        ("email", "a@b"),
        ("email", "@b.nl"),
        ("email", "a@b@c.nl"),
        ("email", "a b@c.nl"),
        ("email", "<a@b.nl>"),
        ("email", "a@b.nl."),
        ("email", "a@b..nl"),
    ],
)
def test_an_identifier_that_cannot_be_is_refused_without_repeating_it(kind: str, value: str):
    found = problem(kind, value)

    assert found is not None
    assert value not in found.message
    assert found.hint


def test_a_date_has_a_face_in_words():
    assert KINDS["datum"].faces(date(2026, 3, 5), {}) == {"voluit": "5 maart 2026"}


@pytest.mark.parametrize(
    ("kind", "value", "on"),
    [
        ("ja_nee", True, {"ja"}),
        ("ja_nee", False, {"nee"}),
        ("keuze", "wel", {"wel"}),
        ("meerkeuze", (), set()),
        ("meerkeuze", ("niet", "wel"), {"wel", "niet"}),
    ],
)
def test_only_what_is_chosen_has_a_crossed_box(kind: str, value: object, on: set[str]):
    faces = KINDS[kind].faces(value, OPTIONS)

    assert {key for key, box in faces.items() if box == BOX_ON} == on
    assert set(faces.values()) <= {BOX_ON, BOX_OFF}


@pytest.mark.parametrize(
    ("kind", "value", "may"),
    [
        pytest.param("kvk_nummer", "onbekend", True, id="a wrong number"),
        pytest.param("kvk_nummer", "een\ntwee", False, id="two lines"),
        pytest.param("kvk_nummer", "\u2028", False, id="an unseen character"),
        pytest.param("kvk_nummer", 12345678, False, id="no text"),
        pytest.param("bsn", "123456789", False, id="a wrong bsn"),
    ],
)
def test_only_a_lenient_kind_prints_what_is_wrong(kind: str, value: object, *, may: bool):
    assert KINDS[kind].may_print_as_typed(value) is may


def test_derived_and_composite_kinds_are_never_a_problem_of_their_own():
    for kind in KINDS.values():
        if kind.derived or kind.composite:
            assert kind.problem(object(), {}) is None
            assert kind.faces(object(), {}) == {}
