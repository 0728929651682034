"""Dates as Dutch people write them, and days of illness as the law counts them.

Knows calendars only; which form has which term stands in `forms/`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from babel.dates import format_date

RECOVERY = "herstel"
LEAVE = "verlof"

NEW_CASE_AFTER = timedelta(days=28)
"""A recovery this long ends the period: what follows is a new one (Wet WIA art. 23 lid 3)."""


def day_in(value: object) -> date | None:
    """Return the value when it is a day; a moment, which Python counts as one too, is none."""
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def show_date(day: date) -> str:
    """Return the date as tables and fields print it: `05-03-2026`."""
    return format_date(day, "dd-MM-yyyy", locale="nl")


def show_range(first: date, last: date) -> str:
    """Return a range as tables print it: `01-07 t/m 21-07-2024`; one day alone as `01-07-2024`."""
    if first >= last:
        return show_date(first)
    begin = show_date(first) if first.year != last.year else f"{first:%d-%m}"
    return f"{begin} t/m {show_date(last)}"


def spell_date(day: date) -> str:
    """Return the date as running text prints it: `5 maart 2026`."""
    return format_date(day, "d MMMM yyyy", locale="nl")


def plus(day: date, days: int) -> date:
    """Return the day so many days later, or the end of the calendar that lies before it."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def last_working_day(day: date) -> date:
    """Return the last day on or before `day` that is no weekend and no Dutch public holiday.

    A term of law that ends in a weekend is not moved forward when it is counted back from an
    event or is longer than twelve weeks (Algemene termijnenwet art. 4): before it is safe.
    """
    free = _public_holidays()
    while (day.weekday() >= _SATURDAY or day in free) and day > date.min:
        day -= timedelta(days=1)
    return day


_SATURDAY = 5


@cache
def _public_holidays() -> Container[date]:
    """Return the Dutch public holidays; each year is worked out when it is first asked for."""
    import holidays  # noqa: PLC0415  only a timeline asks this, and it takes 40 ms

    return holidays.country_holidays("NL")


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Days that do not count as illness, from `first` up to but not including `until`.

    Attributes:
        first: the first day that does not count.
        until: the first day that counts again.
        ends_period: what comes after is a new period with a first sick day of its own.
        reason: `RECOVERY` or `LEAVE`.
    """

    first: date
    until: date
    ends_period: bool = False
    reason: str = RECOVERY

    @property
    def days(self) -> int:
        """How many days do not count."""
        return (self.until - self.first).days


def recovery(first: date, ill_again: date) -> Pause:
    """Return the pause of a full recovery.

    Of four weeks or more it ends the period (Wet WIA art. 23 lid 3; BW 7:629 lid 10).
    """
    return Pause(first, ill_again, ends_period=ill_again - first >= NEW_CASE_AFTER)


def leave(first: date, last: date, *, same_cause: bool) -> Pause:
    """Return the pause of a WAZO leave, both days included.

    Its days never count; illness after it joins the illness before it, unless the cause is
    reasonably not the same (Wet WIA art. 23 lid 5 a).
    """
    return Pause(first, plus(last, 1), ends_period=not same_cause, reason=LEAVE)


@dataclass(frozen=True, slots=True)
class Illness:
    """One period of illness in the sense of Wet WIA art. 23: its first day and its pauses."""

    first_day: date
    pauses: tuple[Pause, ...] = ()

    def shift_before(self, day: date) -> timedelta:
        """Return how many days before `day` did not count."""
        return sum(
            (min(pause.until, day) - pause.first for pause in self.pauses if pause.first < day),
            timedelta(0),
        )

    def later(self, start: date, days: int) -> date:
        """Return the day that is so many days of illness after `start`.

        An interruption moves it when it begins on or before the day and goes on after `start`;
        one that begins later does not.
        """
        day = plus(start, days)
        for pause in self.pauses:
            first = max(pause.first, plus(start, 1))
            if first > day:
                break
            if first < pause.until:
                day = plus(day, (pause.until - first).days)
        return day

    def pauses_between(self, start: date, day: date) -> tuple[Pause, ...]:
        """Return what interrupts the illness after `start`, up to and including `day`."""
        tomorrow = plus(start, 1)
        clipped = (replace(it, first=max(it.first, tomorrow)) for it in self.pauses)
        return tuple(it for it in clipped if it.first <= day and it.days > 0)

    def week(self, day: date) -> int:
        """Return the week of illness that `day` falls in; the first sick day is in week 1.

        A day before the first sick day gives 0. A day inside a pause gives the week in which
        the counting goes on.
        """
        if day < self.first_day:
            return 0
        return (day - self.first_day - self.shift_before(day)).days // 7 + 1


def illness(first_day: date, pauses: Iterable[Pause]) -> Illness:
    """Return the last period of illness: pauses that do not end it only lengthen it.

    Pauses may come in any order; of two that overlap the days count once, and recoveries that
    touch are one recovery. A pause that starts on or before the first day says nothing about the
    period and is left out.
    """
    kept: list[Pause] = []
    for pause in _joined(pauses, first_day):
        last = kept[-1].until if kept else first_day
        first = max(pause.first, last)
        if pause.first <= first_day or first >= pause.until:
            continue
        if pause.ends_period:
            first_day, kept = pause.until, []
        else:
            kept.append(Pause(first, pause.until, reason=pause.reason))
    return Illness(first_day, tuple(kept))


def _joined(pauses: Iterable[Pause], first_day: date) -> list[Pause]:
    """Return the pauses by first day, with recoveries that overlap or touch made into one."""
    whole: list[Pause] = []
    last = -1
    for pause in sorted(pauses):
        if pause.reason != RECOVERY:
            whole.append(pause)
        elif first_day < pause.first < pause.until:
            if last >= 0 and pause.first <= whole[last].until:
                one = recovery(whole[last].first, max(whole[last].until, pause.until))
                ends = one.ends_period or pause.ends_period or whole[last].ends_period
                whole[last] = replace(one, ends_period=ends)
            else:
                last = len(whole)
                whole.append(pause)
    return whole
