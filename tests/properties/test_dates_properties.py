"""What holds for every period of illness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from wvp_docs.dates import Pause, illness, leave, recovery

FIRST = date(2024, 1, 15)
few = settings(max_examples=60)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def a_pause(start: int, length: int, sort: int) -> Pause:
    if sort == 0:
        return recovery(on(start), on(start + length))
    return leave(on(start), on(start + length - 1), same_cause=sort == 1)


PAUSES = st.lists(
    st.builds(a_pause, st.integers(-20, 400), st.integers(-3, 60), st.integers(0, 2)), max_size=5
)
JOINING = PAUSES.map(lambda pauses: [pause for pause in pauses if not pause.ends_period])


def moved(pauses: list[Pause], days: int) -> list[Pause]:
    shift = timedelta(days=days)
    return [replace(it, first=it.first + shift, until=it.until + shift) for it in pauses]


@given(pauses=PAUSES, day=st.integers(-30, 800))
@few
def test_weeks_never_go_back_and_go_up_one_at_a_time(pauses: list[Pause], day: int):
    period = illness(FIRST, pauses)

    assert 0 <= period.week(on(day + 1)) - period.week(on(day)) <= 1


@given(pauses=PAUSES, day=st.integers(-30, 800), days=st.integers(-3000, 3000))
@few
def test_all_dates_moved_by_n_days_give_the_same_weeks(pauses: list[Pause], day: int, days: int):
    period = illness(FIRST, pauses)
    later = illness(on(days), moved(pauses, days))

    assert later.first_day - period.first_day == timedelta(days=days)
    assert later.week(on(day + days)) == period.week(on(day))


@given(pauses=PAUSES, data=st.data())
@few
def test_the_order_in_which_pauses_are_typed_says_nothing(pauses: list[Pause], data: st.DataObject):
    assert illness(FIRST, data.draw(st.permutations(pauses))) == illness(FIRST, pauses)


@given(pauses=PAUSES)
@few
def test_the_pauses_of_a_period_lie_apart_and_after_its_first_day(pauses: list[Pause]):
    period = illness(FIRST, pauses)
    ends = [period.first_day, *(pause.until for pause in period.pauses)]

    assert all(pause.first < pause.until for pause in period.pauses)
    assert all(end <= it.first for end, it in zip(ends, period.pauses, strict=False))


@given(pauses=JOINING, day=st.integers(0, 800))
@few
def test_a_week_holds_seven_days_that_count(pauses: list[Pause], day: int):
    period = illness(FIRST, pauses)
    counted = [
        it for it in map(on, range(day)) if not any(p.first <= it < p.until for p in period.pauses)
    ]

    assert period.week(on(day)) == len(counted) // 7 + 1


@given(pauses=PAUSES, day=st.dates())
@few
def test_no_date_of_the_calendar_is_too_far(pauses: list[Pause], day: date):
    assert illness(day, pauses).week(date.max) >= 1
    assert leave(day, date.max, same_cause=True).until == date.max
