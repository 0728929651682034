"""How the days of a term are counted for one case, and how that is said.

Knows the case and the lines of law; what is asked and how it stands is for `timeline`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wvp_docs.dates import Illness, Pause, last_working_day, plus, show_date, show_range
from wvp_docs.dossier import Dossier
from wvp_docs.formats import enumerate_nl
from wvp_docs.profiles import END_OF_SERVICE, day_at
from wvp_docs.terms import ANCHORS, FIRST_DAY, LAST_WORKING_DAY, Duty, Offset, Term

WAITING_TIME_ENDS = "einde_wachttijd"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Due:
    """A day that was counted, the day it was counted from, and how."""

    day: date
    start: date
    how: str


@dataclass
class Count:
    """Counts the days of one case; remembers that of each step for the steps after it.

    Attributes:
        dossier: the case.
        period: its present period of illness.
        profile: the key of the profile.
        due: the last lawful day by key of the step, also of one that is not needed.
    """

    dossier: Dossier
    period: Illness
    profile: str
    due: dict[str, date] = field(default_factory=dict)

    def term(self, duty: Duty) -> Term | None:
        """Return the line of law that holds for the step in this case."""
        return duty.term_for(self.profile, self.period.first_day)

    def done(self, duty: Duty) -> date | None:
        """Return the first day that the case gives for the step, in this period of illness."""
        term = self.term(duty)
        paths = (term.gedaan if term else ()) or duty.gedaan
        days = (day_at(self.dossier, path) for path in paths)
        return next((day for day in days if day and day >= self.period.first_day), None)

    def earliest(self, offsets: tuple[Offset, ...], extended: date | None = None) -> Due | None:
        """Return the earliest of the days that the offsets point at, of those that are known."""
        found = [due for due in (self.after(offset, extended) for offset in offsets) if due]
        return min(found, key=lambda due: due.day, default=None)

    def after(self, offset: Offset, extended: date | None = None) -> Due | None:
        """Return the day that the offset points at, None when its anchor is not known.

        Of a waiting time that was extended to a fixed day, the days are counted back from there
        (Wet WIA art. 24 and 25).
        """
        if extended and offset.anker == FIRST_DAY:
            back = Offset(dagen=offset.days - self._length())
            how = f"verlengde wachttijd tot en met {show_date(extended)}{in_words(back)}"
            return Due(plus(extended, back.days), self.period.first_day, how)
        start, name = self._anchor(offset.anker)
        if start is None:
            return None
        if offset.anker not in ANCHORS and not self._duty(offset.anker).gedaan:
            # A day of the calendar: what comes after the waiting time is no illness to count.
            return Due(plus(start, offset.days), start, f"{name}{in_words(offset)}")
        day = self.period.later(start, offset.days)
        pauses = self.period.pauses_between(start, day)
        return Due(day, start, f"{name}{in_words(offset)}{_moved(pauses)}")

    def end_of_week(self, week: int, extended: date | None = None) -> date:
        """Return the last day of a week of illness."""
        due = self.after(Offset(FIRST_DAY, week, -1), extended)
        return due.day if due else self.period.first_day

    def end_of_waiting(self) -> date | None:
        """Return the end of the waiting time before any extension; None: not in this profile."""
        offsets = self._waiting_time()
        due = self.earliest(offsets) if offsets else None
        return due.day if due else None

    def extended_to(self, duty: Duty) -> date | None:
        """Return the day to which the waiting time was extended for this step, if it was."""
        days = [day for path in duty.verlengd_door if (day := day_at(self.dossier, path))]
        end = self.end_of_waiting()
        return max((day for day in days if end and day > end), default=None)

    def _duty(self, key: str) -> Duty:
        return next(it for it in self.dossier.library.terms.duties if it.key == key)

    def _length(self) -> int:
        return min((offset.days for offset in self._waiting_time()), default=0)

    def _waiting_time(self) -> tuple[Offset, ...]:
        for duty in self.dossier.library.terms.duties:
            if duty.key == WAITING_TIME_ENDS and (term := self.term(duty)):
                return term.uiterlijk
        return ()

    def _anchor(self, name: str) -> tuple[date | None, str]:
        """Return the day to count from and how to call it."""
        if name == FIRST_DAY:
            return self.period.first_day, show_date(self.period.first_day)
        if name == LAST_WORKING_DAY:
            end = day_at(self.dossier, END_OF_SERVICE)
            words = f"laatste werkdag op of voor {show_date(end)}" if end else ""
            return last_working_day(end) if end else None, words
        duty = self._duty(name)
        titel = in_sentence(duty.titel)
        if made := self.done(duty):
            return made, f"{titel} van {show_date(made)}"
        day = self.due.get(name)
        latest = "uiterlijk " if duty.gedaan else ""
        return day, f"{titel} {latest}{show_date(day)}" if day else ""


def in_sentence(titel: str) -> str:
    """Return a title as it stands in a sentence: `plan van aanpak`, but `WIA-aanvraag`."""
    return titel if titel[1:2].isupper() else f"{titel[:1].lower()}{titel[1:]}"


def in_words(offset: Offset) -> str:
    """Return what an offset adds: ` + 91 weken − 1 dag`; nothing for no days at all."""
    weeks, days = offset.weken, offset.dagen
    if not weeks and days % _WEEK == 0:
        weeks, days = days // _WEEK, 0
    words = ""
    for number, one, many in ((weeks, "week", "weken"), (days, "dag", "dagen")):
        if number:
            sign = "+" if number > 0 else "−"
            words += f" {sign} {abs(number)} {one if abs(number) == 1 else many}"
    return words


def _moved(pauses: tuple[Pause, ...]) -> str:
    if not pauses:
        return ""
    causes = [f"{it.reason} {show_range(it.first, plus(it.until, -1))}" for it in pauses]
    days = sum(it.days for it in pauses)
    counted = "1 dag" if days == 1 else f"{days} dagen"
    return f", {counted} opgeschoven door {enumerate_nl(causes)}"
