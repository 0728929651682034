"""What holds for every answer, whatever is typed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wvp_docs import formats
from wvp_docs.kinds import FIRST_DAY, KINDS, LAST_DAY, MAX_NUMBER

OPTIONS = {"wel": "wel mogelijk", "niet": "niet mogelijk"}
LEAVES = (
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.from_regex(r"\A[0-9 .+-]{7,14}\Z")
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.sampled_from(list(OPTIONS))
)
ANSWERS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=5,
)
few = settings(max_examples=60)


def as_number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("kind", KINDS)
@given(value=ANSWERS)
@settings(max_examples=20)
def test_an_answer_is_refused_in_words_or_printed(kind: str, value: object):
    problem = KINDS[kind].problem(value, OPTIONS)

    if problem:
        assert problem.message
    else:
        assert isinstance(KINDS[kind].show(value, OPTIONS), str)
        texts = KINDS[kind].faces(value, OPTIONS).values() if not KINDS[kind].composite else ()
        assert all(isinstance(text, str) for text in texts)


@given(
    value=st.integers(0, MAX_NUMBER) | st.decimals(0, MAX_NUMBER, places=4).map(float),
)
@few
def test_a_printed_number_reads_back(value: float):
    assert KINDS["getal"].problem(value, {}) is None
    assert as_number(formats.show_number(value)) == pytest.approx(value, abs=1e-4)


@given(cents=st.integers(0, 100 * MAX_NUMBER))
@few
def test_printed_money_reads_back_to_the_cent(cents: int):
    assert round(as_number(formats.show_money(cents / 100)[2:]) * 100) == cents


@given(day=st.dates(FIRST_DAY, LAST_DAY))
@few
def test_a_printed_date_reads_back(day: date):
    shown = KINDS["datum"].show(day, {})

    assert KINDS["datum"].problem(day, {}) is None
    assert date(int(shown[6:]), int(shown[3:5]), int(shown[:2])) == day


@given(value=st.datetimes() | st.times() | st.text() | st.integers() | st.booleans())
@few
def test_only_a_date_is_a_date(value: datetime | time | str | int):
    assert KINDS["datum"].problem(value, {})


@given(value=st.text(st.characters(codec="utf-8"), max_size=30))
@few
def test_a_text_that_is_taken_is_printed_as_it_is(value: str):
    if KINDS["alinea"].problem(value, {}) is None:
        assert KINDS["alinea"].show(value, {}) == value
        assert value.encode("utf-8").decode("utf-8") == value


@given(value=st.text("0123456789 .-", max_size=20))
@few
def test_a_masked_number_shows_four_digits_at_most(value: str):
    assert sum(char.isdigit() for char in formats.mask_bsn(value)) <= 4


@given(number=st.integers(10_000_000, 999_999_999), weight=st.integers(0, 8), add=st.integers(1, 9))
@few
def test_one_wrong_digit_makes_a_bsn_wrong(number: int, weight: int, add: int):
    digits = f"{number:09d}"
    changed = (int(digits[weight]) + add) % 10
    wrong = f"{digits[:weight]}{changed}{digits[weight + 1 :]}"

    assert KINDS["bsn"].problem(digits, {}) or KINDS["bsn"].problem(wrong, {})


@pytest.mark.parametrize("kind", ["bsn", "loonheffingennummer", "postcode", "telefoon"])
@given(data=st.data())
@few
def test_what_is_printed_is_sound_and_printed_the_same_again(kind: str, data: Any):
    shapes = {
        "bsn": r"\A[0-9]{8,9}\Z",
        "loonheffingennummer": r"\A[0-9]{9} ?[lL][0-9]{2}\Z",
        "postcode": r"\A[1-9][0-9]{3} ?[a-zA-Z]{2}\Z",
        "telefoon": r"\A(0|\+31)[1-9][0-9]{8}\Z",
    }
    value = data.draw(st.from_regex(shapes[kind]))
    if KINDS[kind].problem(value, {}) is None:
        shown = KINDS[kind].show(value, {})
        assert KINDS[kind].problem(shown, {}) is None
        assert KINDS[kind].show(shown, {}) == shown


@given(value=st.text("abJP.- ijIJé", max_size=8))
@few
def test_initials_are_printed_the_same_again(value: str):
    shown = formats.show_initials(value)

    assert formats.show_initials(shown) == shown
    assert " " not in shown
