"""The timeline of a case: for each step of the law when it may, should and must be done.

The law itself stands in `forms/_termijnen.toml`; here are only the counting and the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wvp_docs.dates import Pause, last_working_day, plus, show_date
from wvp_docs.dossier import Dossier
from wvp_docs.profiles import END_OF_SERVICE, Facts, facts_of, profile_of
from wvp_docs.terms import Duty, Profile, Term
from wvp_docs.timeline.counting import Count, Due, in_words

SOON = 42
"""Days: UWV expects contact at least every six weeks, so what is due sooner is on the table now."""


class Status(StrEnum):
    """How a step stands on the day of judgement; the words are public, and these are all.

    Attributes:
        DONE: done in time, or done though it was not needed.
        DONE_LATE: done after the last lawful day.
        LATE: not done, and the last lawful day has passed.
        SOON: to be done, or to come, within `SOON` days.
        OPEN: to be done, or to come, later; or its day is not to be known.
        PAST: a day of the calendar or of UWV that lies behind us: nobody here can be late.
        NOT_NEEDED: not asked in this case; `berekening` says why.
    """

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
        streefdag: the day by which it is wise to do it, maybe no working day; None: nothing to do.
        gedaan: the day on which it was done; a day after the day of judgement is not yet done.
        bron: where it stands; says so when it is custom and not law.
        berekening: how `uiterlijk` was counted, or why the step is not needed.
    """

    key: str
    titel: str
    vanaf: date | None
    uiterlijk: date | None
    streefdag: date | None
    gedaan: date | None
    status: Status
    bron: str
    berekening: str

    @property
    def advies(self) -> date | None:
        """The working day on or before which it is wise to do it; None: nothing to do.

        Worked out when it is asked for: to load the public holidays takes longer than a check.
        """
        return last_working_day(self.streefdag) if self.streefdag else None

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
    judge = _Judge(Count(dossier, period, chosen.key), facts_of(dossier, chosen), chosen, today)
    steps = tuple(judge.step(duty) for duty in dossier.library.terms.duties)
    pauses = period.pauses_between(period.first_day, judge.count.end_of_waiting() or date.max)
    moved = sum(pause.days for pause in pauses)
    return Timeline(period.first_day, moved, chosen, steps, today, pauses)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Says of each step in turn whether it is asked, when, and how it stands."""

    count: Count
    facts: Facts
    profile: Profile
    today: date

    def step(self, duty: Duty) -> Step:
        count, term = self.count, self.count.term(duty)
        if term is None:
            reason = f"de wet vraagt dit niet bij dit profiel ({self.profile.titel})"
            return self._not_needed(duty, self.profile.bron, reason)
        extended = count.extended_to(duty)
        due = count.earliest(term.uiterlijk, extended)
        if due is None:
            return self._unknown(duty, term)
        count.due[duty.key] = due.day
        reason = self._why_not(duty, due)
        latest = None if reason else self._with_possibilities(duty, term, due)
        if latest is None:
            reason = reason or "er zijn geen benutbare mogelijkheden, zolang dat duurt"
            return self._not_needed(duty, term.bron, reason)
        begin = count.after(term.vanaf, extended) if term.vanaf else None
        return Step(
            duty.key,
            duty.titel,
            begin.day if begin else None,
            latest.day,
            None if duty.zonder_advies else self._advice(term, latest, extended),
            self._made(duty),
            self._status(duty, latest.day),
            term.bron,
            latest.how,
        )

    def _made(self, duty: Duty) -> date | None:
        made = self.count.done(duty)
        return made if made and made <= self.today else None

    def _unknown(self, duty: Duty, term: Term) -> Step:
        made = self._made(duty)
        status = Status.DONE if made else Status.OPEN
        how = f"onbekend: {END_OF_SERVICE} is niet ingevuld"
        return Step(duty.key, duty.titel, None, None, None, made, status, term.bron, how)

    def _not_needed(self, duty: Duty, source: str, reason: str) -> Step:
        made = self._made(duty)
        status = Status.DONE if made else Status.NOT_NEEDED
        how = f"niet nodig: {reason}"
        return Step(duty.key, duty.titel, None, None, None, made, status, source, how)

    def _why_not(self, duty: Duty, due: Due) -> str:
        """Return why the case makes the step needless, or an empty text."""
        facts = self.facts
        if facts.end_of_service and due.day > facts.end_of_service:
            return f"het dienstverband eindigt eerder, op {show_date(facts.end_of_service)}"
        if facts.state_pension and facts.state_pension <= due.day and not duty.na_aow:
            return (
                f"de werknemer bereikt de AOW-leeftijd op {show_date(facts.state_pension)} "
                "(waarschijnlijk; volgens de praktijk)"
            )
        said = duty.niet_nodig_als
        if said and all(it.holds(self.count.dossier.case.get) for it in said):
            return duty.niet_nodig_omdat
        return ""

    def _with_possibilities(self, duty: Duty, term: Term, due: Due) -> Due | None:
        """Return when the step is due given what the employee can do, None when it is not asked.

        Without possibilities there is no plan and no evaluation while that lasts (Beleidsregels
        beoordelingskader § 7.4); when they return, the step is counted from that judgement.
        """
        if duty.zonder_mogelijkheden:
            return due
        lacking = [day for day in (due.start, due.day) if not self.facts.is_able(day)]
        if not lacking:
            return due
        again = self.facts.able_again(lacking[0])
        offset = term.bij_nieuwe_mogelijkheden
        if not again or not offset:
            return None
        name = f"mogelijkheden volgens het oordeel van {show_date(again)}"
        return Due(plus(again, offset.days), again, f"{name}{in_words(offset)}")

    def _advice(self, term: Term, due: Due, extended: date | None) -> date:
        """Return the end of the customary week, or the last lawful day if that is sooner."""
        day = due.day
        if term.advies_week:
            week = self.count.end_of_week(term.advies_week, extended)
            # A plan that follows a late judgement cannot be made before it.
            day = min(day, week) if week >= due.start else day
        return day

    def _status(self, duty: Duty, latest: date) -> Status:
        if made := self._made(duty):
            return Status.DONE if made <= latest else Status.DONE_LATE
        if latest < self.today:
            return Status.LATE if duty.gedaan else Status.PAST
        return Status.SOON if (latest - self.today).days <= SOON else Status.OPEN


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
