"""Dates as Dutch people write them, and days of illness as the law counts them.

Knows calendars only; which form has which term stands in `forms/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

NEW_CASE_AFTER = timedelta(days=28)
"""A recovery this long ends the period: what follows is a new one (Wet WIA art. 23 lid 3)."""


def show_date(day: date) -> str:
    """Return the date as tables and fields print it: `05-03-2026`."""
    return format_date(day, "dd-MM-yyyy", locale="nl")


def spell_date(day: date) -> str:
    """Return the date as running text prints it: `5 maart 2026`."""
    return format_date(day, "d MMMM yyyy", locale="nl")


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Days that do not count as illness, from `first` up to but not including `until`.

    Attributes:
        first: the first day that does not count.
        until: the first day that counts again.
        ends_period: what comes after is a new period with a first sick day of its own.
    """

    first: date
    until: date
    ends_period: bool = False


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
    until = last + timedelta(days=1) if last < date.max else last
    return Pause(first, until, ends_period=not same_cause)


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

    Pauses may come in any order; of two that overlap the days count once. A pause that starts
    on or before the first day says nothing about the period and is left out.
    """
    kept: list[Pause] = []
    for pause in sorted(pauses):
        last = kept[-1].until if kept else first_day
        first = max(pause.first, last)
        if pause.first <= first_day or first >= pause.until:
            continue
        if pause.ends_period:
            first_day, kept = pause.until, []
        else:
            kept.append(Pause(first, pause.until))
    return Illness(first_day, tuple(kept))
