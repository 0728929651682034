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
        ends_period: a new first sick day starts at `until`, however short the pause.
    """

    first: date
    until: date
    ends_period: bool = False

    @property
    def length(self) -> timedelta:
        """The number of days that do not count; never negative."""
        return max(self.until - self.first, timedelta(0))


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
        the counting stopped.
        """
        if day < self.first_day:
            return 0
        return (day - self.first_day - self.shift_before(day)).days // 7 + 1


def illness(first_day: date, pauses: Iterable[Pause]) -> Illness:
    """Return the period that runs after all pauses: periods less than four weeks apart add up.

    A pause of 28 days or more, or one that ends the period, starts a new one on the day the
    employee was ill again (Wet WIA art. 23 lid 3; BW 7:629 lid 10).
    """
    kept: list[Pause] = []
    for pause in sorted(pauses):
        if pause.first <= first_day:
            continue
        if pause.ends_period or pause.length >= NEW_CASE_AFTER:
            first_day, kept = pause.until, []
        else:
            kept.append(pause)
    return Illness(first_day, tuple(kept))
