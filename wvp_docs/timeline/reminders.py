"""Reminders of a timeline for the calendar people already have, as an iCalendar file.

Holds no name and no BSN: an event has the step, its dates and the reference of the case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import PurePath

from icalendar import Alarm, Calendar, Event

from wvp_docs.dates import plus, show_date
from wvp_docs.dossier import Dossier
from wvp_docs.timeline.steps import Step, Timeline

_AHEAD = (14, 3)
"""So many days before, at nine in the morning, a calendar reminds."""
_NINE = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The timeline of one case, with its reference and what tells it from other cases."""

    timeline: Timeline
    kenmerk: str
    mark: str


def agenda_of(dossier: Dossier, timeline: Timeline) -> Agenda:
    """Return the agenda of a case.

    Cases without a number of their own may fall ill on the same day; then the place of the file
    tells them apart.
    """
    number = dossier.case.get("verzuim.dossiernummer")
    file = PurePath(dossier.case.file)
    place = "" if isinstance(number, str) and number else f"{file.parent.name}/{file.stem}"
    mark = hashlib.sha256(f"{dossier.kenmerk}\0{place}".encode()).hexdigest()
    return Agenda(timeline, dossier.kenmerk, mark[:20])


def calendar_of(agendas: Iterable[Agenda]) -> bytes:
    """Return the iCalendar file with every step that is still to come or to be done.

    The same cases give the same bytes: no stamp in it comes from the clock.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//wvp-docs//tijdlijn//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "WVP-termijnen")
    for agenda in agendas:
        for step in agenda.timeline.stappen:
            if step.is_pending and step.uiterlijk:
                calendar.add_component(_event(agenda, step))
    return bytes(calendar.to_ical())


def _event(agenda: Agenda, step: Step) -> Event:
    latest = step.uiterlijk or agenda.timeline.today
    day = step.advies or latest
    first_day = agenda.timeline.eerste_ziektedag or latest
    event = Event()
    event.add("uid", f"{step.key}-{agenda.mark}@wvp-docs.invalid")
    # Asked for by the format; the first sick day stands for the making of the case.
    event.add("dtstamp", datetime.combine(first_day, time(), UTC))
    event.add("dtstart", day)
    event.add("dtend", plus(day, 1))
    until = f"uiterlijk {show_date(latest)}"
    event.add("summary", f"{step.titel}: {until} (dossier {agenda.kenmerk})")
    event.add("description", _description(step))
    event.add("categories", ["WVP"])
    event.add("transp", "TRANSPARENT")
    for days in _AHEAD:
        event.add_component(_alarm(step, days))
    return event


def _description(step: Step) -> str:
    words = [f"Berekening: {step.berekening}.", f"Bron: {step.bron}."]
    if step.advies:
        words.insert(0, f"Advies: op of voor {show_date(step.advies)}.")
    return "\n".join(words)


def _alarm(step: Step, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Over {days} dagen: {step.titel}")
    alarm.add("trigger", _NINE - timedelta(days=days))
    return alarm
