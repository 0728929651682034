"""Dates on paper, and weeks of illness with what interrupts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from wvp_docs.dates import Illness, Pause, illness, leave, recovery, show_date, spell_date

FIRST = date(2024, 1, 15)
"""The worked example: a Monday."""


def on(day: int) -> date:
    """Return the day of illness, the first sick day being day 1."""
    return FIRST + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("day", "shown", "spelt"),
    [
        pytest.param(date(2026, 3, 5), "05-03-2026", "5 maart 2026", id="a day"),
        pytest.param(date(2024, 2, 29), "29-02-2024", "29 februari 2024", id="leap day"),
        pytest.param(date(1900, 1, 1), "01-01-1900", "1 januari 1900", id="long ago"),
        pytest.param(date(2100, 12, 31), "31-12-2100", "31 december 2100", id="far away"),
    ],
)
def test_a_date_is_printed_in_two_ways(day: date, shown: str, spelt: str):
    assert (show_date(day), spell_date(day)) == (shown, spelt)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        pytest.param(date(2024, 1, 14), 0, id="the day before"),
        pytest.param(date(2020, 1, 1), 0, id="years before"),
        pytest.param(FIRST, 1, id="first day"),
        pytest.param(date(2024, 1, 21), 1, id="day 7"),
        pytest.param(date(2024, 1, 22), 2, id="day 8"),
        pytest.param(date(2024, 2, 25), 6, id="end of week 6"),
        pytest.param(date(2024, 2, 29), 7, id="leap day"),
        pytest.param(date(2024, 11, 4), 43, id="first day after 42 weeks"),
        pytest.param(date(2025, 1, 12), 52, id="end of week 52"),
        pytest.param(date(2025, 10, 12), 91, id="end of week 91"),
        pytest.param(date(2026, 1, 11), 104, id="last day of the waiting time"),
        pytest.param(date(2026, 1, 12), 105, id="first WIA day"),
    ],
)
def test_weeks_are_counted_from_the_first_sick_day(day: date, week: int):
    assert Illness(FIRST).week(day) == week


@pytest.mark.parametrize(
    ("pauses", "first_day", "last_of_104"),
    [
        pytest.param(
            [recovery(date(2024, 7, 1), date(2024, 7, 22))],
            FIRST,
            date(2026, 2, 1),
            id="recovery of 21 days",
        ),
        pytest.param(
            [recovery(date(2024, 7, 1), date(2024, 7, 28))],
            FIRST,
            date(2026, 2, 7),
            id="recovery of 27 days",
        ),
        pytest.param(
            [recovery(date(2024, 7, 1), date(2024, 7, 29))],
            date(2024, 7, 29),
            date(2026, 7, 26),
            id="recovery of 28 days",
        ),
        pytest.param(
            [leave(date(2024, 7, 1), date(2024, 10, 20), same_cause=True)],
            FIRST,
            date(2026, 5, 3),
            id="leave of 16 weeks",
        ),
        pytest.param(
            [leave(date(2024, 7, 1), date(2024, 10, 20), same_cause=False)],
            date(2024, 10, 21),
            date(2026, 10, 18),
            id="leave, then another cause",
        ),
    ],
)
def test_what_interrupts_illness_lengthens_or_ends_it(
    pauses: list[Pause], first_day: date, last_of_104: date
):
    period = illness(FIRST, pauses)

    assert period.first_day == first_day
    assert period.week(last_of_104) == 104
    assert period.week(last_of_104 + timedelta(days=1)) == 105


def test_a_day_inside_a_pause_is_in_the_week_in_which_the_counting_goes_on():
    midweek = illness(FIRST, [recovery(on(11), on(18))])
    on_the_border = illness(FIRST, [recovery(on(8), on(15))])

    assert [midweek.week(on(day)) for day in (10, 11, 17, 18, 21, 22)] == [2, 2, 2, 2, 2, 3]
    assert [on_the_border.week(on(day)) for day in (7, 8, 14, 15, 21, 22)] == [1, 2, 2, 2, 2, 3]


def test_days_of_pauses_that_overlap_count_once():
    whole = illness(FIRST, [recovery(on(10), on(30))])

    assert illness(FIRST, [recovery(on(20), on(30)), recovery(on(10), on(25))]).week(on(60)) == 6
    assert whole.week(on(60)) == 6


def test_a_pause_inside_another_changes_nothing():
    period = illness(FIRST, [recovery(on(10), on(30)), recovery(on(12), on(15))])

    assert period.pauses == (Pause(on(10), on(30)),)


@pytest.mark.parametrize(
    "pause",
    [
        pytest.param(recovery(on(-10), on(-5)), id="before the first day"),
        pytest.param(recovery(FIRST, on(5)), id="on the first day"),
        pytest.param(recovery(on(30), on(20)), id="ends before it starts"),
        pytest.param(recovery(on(30), on(30)), id="no day long"),
        pytest.param(leave(on(30), on(20), same_cause=False), id="leave that ends too early"),
    ],
)
def test_a_pause_that_holds_no_day_of_illness_is_left_out(pause: Pause):
    assert illness(FIRST, [pause]) == Illness(FIRST)


def test_only_pauses_of_the_last_period_stay():
    new_start = on(100)
    pauses = [recovery(on(110), on(117)), recovery(on(10), on(15)), recovery(on(50), new_start)]

    assert illness(FIRST, pauses) == Illness(new_start, (Pause(on(110), on(117)),))


def test_leave_until_the_end_of_the_calendar_is_no_crash():
    assert leave(FIRST, date.max, same_cause=True).until == date.max
