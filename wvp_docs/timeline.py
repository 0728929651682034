"""The timeline of a case: for each step of the law when it may, should and must be done.

The law itself stands in `forms/_termijnen.toml`; here are only the counting and the words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wvp_docs.dates import Pause, last_working_day, plus, show_date, show_range
from wvp_docs.dossier import Dossier
from wvp_docs.formats import enumerate_nl
from wvp_docs.profiles import END_OF_SERVICE, Facts, day_at, facts_of, profile_of
from wvp_docs.terms import FIRST_DAY, LAST_WORKING_DAY, Duty, Offset, Profile, Term

SOON = 42
"""Days: UWV expects contact at least every six weeks, so what is due sooner is on the table now."""

WAITING_TIME_ENDS = "einde_wachttijd"


class Status(StrEnum):
    """How a step stands on the day of judgement; the words are public."""

    DONE = "gedaan"
    DONE_LATE = "te_laat_gedaan"
    LATE = "te_laat"
    SOON = "binnenkort"
    OPEN = "open"
    PAST = "voorbij"
    NOT_NEEDED = "niet_nodig"

    @property
    def woorden(self) -> str:
        """The status as a reader sees it: `te laat gedaan`."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the law in one case.

    Attributes:
        vanaf: the first day on which it may be done or happens; None: no such day.
        uiterlijk: the last lawful day; None: not needed, or not to be known.
        advies: the working day on or before which it is wise to do it; None: nothing to do.
        gedaan: the day on which it was done; a day after the day of judgement is not yet done.
        bron: where it stands; says so when it is custom and not law.
        berekening: how `uiterlijk` was counted, or why the step is not needed.
    """

    key: str
    titel: str
    vanaf: date | None
    uiterlijk: date | None
    advies: date | None
    gedaan: date | None
    status: Status
    bron: str
    berekening: str

    @property
    def is_pending(self) -> bool:
        """Whether somebody must still do it, or it is still to come."""
        return self.status in {Status.LATE, Status.SOON, Status.OPEN}

    def as_dict(self) -> dict[str, str | None]:
        """Return the public JSON shape: ISO dates, null when unknown."""
        return {
            "key": self.key,
            "titel": self.titel,
            "vanaf": _iso(self.vanaf),
            "uiterlijk": _iso(self.uiterlijk),
            "advies": _iso(self.advies),
            "gedaan": _iso(self.gedaan),
            "status": self.status.value,
            "bron": self.bron,
            "berekening": self.berekening,
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """All steps of the law for one case, in the order of the law.

    Attributes:
        eerste_ziektedag: of the present period of illness; None when it is not to be known, and
            then there are no steps.
        dagen_verschoven: how many days the end of the waiting time moved by recovery and leave.
        profile: which steps are asked.
        stappen: the steps.
        today: the day of judgement.
        pauses: the recoveries and leaves that moved something.
    """

    eerste_ziektedag: date | None
    dagen_verschoven: int
    profile: Profile
    stappen: tuple[Step, ...]
    today: date
    pauses: tuple[Pause, ...] = ()

    @property
    def profiel(self) -> str:
        """The name of the profile: `wia`, `zw`, `verkort`, `geen`, `iva`."""
        return self.profile.key

    def step(self, key: str) -> Step | None:
        """Return the step with that key."""
        return next((step for step in self.stappen if step.key == key), None)

    def as_dict(self) -> dict[str, object]:
        """Return the public JSON shape."""
        return {
            "eerste_ziektedag": _iso(self.eerste_ziektedag),
            "dagen_verschoven": self.dagen_verschoven,
            "profiel": self.profiel,
            "stappen": [step.as_dict() for step in self.stappen],
        }


def timeline_of(dossier: Dossier, today: date, profile: str | None = None) -> Timeline:
    """Return the timeline of a case.

    No date in it depends on `today`, only what is done and how each step stands.

    Raises:
        UnknownProfileError: there is no profile with that name.
    """
    chosen = profile_of(dossier, profile)
    period = dossier.illness
    if period is None:
        return Timeline(None, 0, chosen, (), today)
    count = _Count(dossier, chosen, facts_of(dossier, chosen), period.first_day)
    steps = tuple(_step(count, duty, today) for duty in dossier.library.terms.duties)
    pauses = period.pauses_between(period.first_day, count.end_of_waiting or date.max)
    moved = sum(pause.days for pause in pauses)
    return Timeline(period.first_day, moved, chosen, steps, today, pauses)


@dataclass(frozen=True, slots=True)
class _Due:
    """A day that was counted, the day it was counted from, and how."""

    day: date
    start: date
    how: str


@dataclass
class _Count:
    """Counts for one case; remembers the day of each step for the steps after it."""

    dossier: Dossier
    profile: Profile
    facts: Facts
    first_day: date
    due: dict[str, date] = field(default_factory=dict)

    @property
    def end_of_waiting(self) -> date | None:
        """The end of the waiting time as the law counts it, before any extension."""
        duties = self.dossier.library.terms.duties
        duty = next((it for it in duties if it.key == WAITING_TIME_ENDS), None)
        term = duty.term_for(self.profile.key, self.first_day) if duty else None
        due = self.earliest(term.uiterlijk) if term else None
        return due.day if due else None

    def done(self, duty: Duty, term: Term | None) -> date | None:
        """Return the first day that the case gives for the step, in this period of illness."""
        paths = (term.gedaan if term else ()) or duty.gedaan
        days = (day_at(self.dossier, path) for path in paths)
        return next((day for day in days if day and day >= self.first_day), None)

    def anchor(self, name: str) -> tuple[date | None, str]:
        """Return the day to count from and how to call it."""
        if name == FIRST_DAY:
            return self.first_day, show_date(self.first_day)
        if name == LAST_WORKING_DAY:
            end = day_at(self.dossier, END_OF_SERVICE)
            words = f"laatste werkdag op of voor {show_date(end)}" if end else ""
            return last_working_day(end) if end else None, words
        duty = next(it for it in self.dossier.library.terms.duties if it.key == name)
        made = self.done(duty, duty.term_for(self.profile.key, self.first_day))
        if made:
            return made, f"{duty.titel.lower()} van {show_date(made)}"
        day = self.due.get(name)
        return day, f"{duty.titel.lower()} uiterlijk {show_date(day)}" if day else ""

    def after(self, offset: Offset) -> _Due | None:
        """Return the day that the offset points at, None when its anchor is not known."""
        start, name = self.anchor(offset.anker)
        if start is None:
            return None
        period = self.dossier.illness
        day = period.later(start, offset.days) if period else plus(start, offset.days)
        pauses = period.pauses_between(start, day) if period and offset.days > 0 else ()
        return _Due(day, start, f"{name}{_in_words(offset)}{_moved(pauses)}")

    def earliest(self, offsets: tuple[Offset, ...]) -> _Due | None:
        """Return the earliest of the days that are known."""
        found = [due for due in map(self.after, offsets) if due]
        return min(found, key=lambda due: due.day, default=None)

    def extension(self, duty: Duty) -> tuple[int, str]:
        """Return by how many days the waiting time was extended for this step, and in words."""
        days = [day_at(self.dossier, path) for path in duty.verlengd_door]
        until = max((day for day in days if day), default=None)
        end = self.end_of_waiting if until else None
        if not until or not end or until <= end:
            return 0, ""
        days_more = (until - end).days
        return (
            days_more,
            f", {_days(days_more)} later door verlenging tot en met {show_date(until)}",
        )


def _step(count: _Count, duty: Duty, today: date) -> Step:
    term = duty.term_for(count.profile.key, count.first_day)
    made = count.done(duty, term)
    made = made if made and made <= today else None
    due = count.earliest(term.uiterlijk) if term else None
    if term is None:
        reason = f"de wet vraagt dit niet bij dit profiel ({count.profile.titel})"
        return _not_needed(duty, made, count.profile.bron, reason)
    if due is None:
        missing = f"onbekend: {END_OF_SERVICE} is niet ingevuld"
        status = Status.DONE if made else Status.OPEN
        return Step(duty.key, duty.titel, None, None, None, made, status, term.bron, missing)
    more, words = count.extension(duty)
    due = _Due(plus(due.day, more), due.start, due.how + words)
    count.due[duty.key] = due.day
    reason = _why_not(count, duty, due)
    latest = None if reason else _with_possibilities(count, duty, term, due)
    if latest is None:
        reason = reason or "er zijn geen benutbare mogelijkheden, zolang dat duurt"
        return _not_needed(duty, made, term.bron, reason)
    begin = count.after(term.vanaf) if term.vanaf else None
    return Step(
        duty.key,
        duty.titel,
        plus(begin.day, more) if begin else None,
        latest.day,
        None if duty.zonder_advies else _advice(count, term, latest, more),
        made,
        _status(duty, made, latest.day, today),
        term.bron,
        latest.how,
    )


def _not_needed(duty: Duty, made: date | None, source: str, reason: str) -> Step:
    status = Status.DONE if made else Status.NOT_NEEDED
    return Step(
        duty.key, duty.titel, None, None, None, made, status, source, f"niet nodig: {reason}"
    )


def _why_not(count: _Count, duty: Duty, due: _Due) -> str:
    """Return why the case makes the step needless, or an empty text."""
    facts = count.facts
    if facts.end_of_service and due.day > facts.end_of_service:
        return f"het dienstverband eindigt eerder, op {show_date(facts.end_of_service)}"
    if facts.state_pension and facts.state_pension <= due.day and not duty.na_aow:
        return (
            f"de werknemer bereikt de AOW-leeftijd op {show_date(facts.state_pension)} "
            "(waarschijnlijk; volgens de praktijk, niet in de wet nagekeken)"
        )
    said = duty.niet_nodig_als
    if said and all(condition.holds(count.dossier.case.get) for condition in said):
        return duty.niet_nodig_omdat
    return ""


def _with_possibilities(count: _Count, duty: Duty, term: Term, due: _Due) -> _Due | None:
    """Return when the step is due given what the employee can do, None when it is not asked.

    Without possibilities there is no plan and no evaluation while that lasts (Beleidsregels
    beoordelingskader § 7.4); when they return, the step is counted from that judgement.
    """
    if duty.zonder_mogelijkheden:
        return due
    lacking = [day for day in (due.start, due.day) if not count.facts.is_able(day)]
    if not lacking:
        return due
    again = count.facts.able_again(lacking[0])
    offset = term.bij_nieuwe_mogelijkheden
    if not again or not offset:
        return None
    name = f"mogelijkheden volgens het oordeel van {show_date(again)}"
    return _Due(plus(again, offset.days), again, f"{name}{_in_words(offset)}")


def _advice(count: _Count, term: Term, due: _Due, more: int) -> date:
    """Return the last working day of the customary week, or before the last lawful day."""
    day = due.day
    period = count.dossier.illness
    if term.advies_week and period:
        week = plus(period.later(count.first_day, 7 * term.advies_week - 1), more)
        # A plan that follows a late judgement cannot be made before it.
        day = min(day, week) if week >= due.start else day
    return last_working_day(day)


def _status(duty: Duty, made: date | None, latest: date, today: date) -> Status:
    if made:
        return Status.DONE if made <= latest else Status.DONE_LATE
    if latest < today:
        return Status.LATE if duty.gedaan else Status.PAST
    return Status.SOON if (latest - today).days <= SOON else Status.OPEN


def _in_words(offset: Offset) -> str:
    words = ""
    for number, names in ((offset.weken, ("week", "weken")), (offset.dagen, ("dag", "dagen"))):
        if number:
            sign = "+" if number > 0 else "−"
            words += f" {sign} {abs(number)} {names[abs(number) != 1]}"
    return words


def _moved(pauses: tuple[Pause, ...]) -> str:
    if not pauses:
        return ""
    causes = [f"{it.reason} {show_range(it.first, plus(it.until, -1))}" for it in pauses]
    days = sum(it.days for it in pauses)
    return f", {_days(days)} opgeschoven door {enumerate_nl(causes)}"


def _days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagen'}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
