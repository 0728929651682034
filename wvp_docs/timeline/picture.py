"""The picture of a timeline: one row a step, months along the top, fit for a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from babel.dates import format_date

from wvp_docs.dates import plus, show_date
from wvp_docs.formats import enumerate_nl
from wvp_docs.timeline.counting import in_sentence
from wvp_docs.timeline.drawing import Box, Circle, Drawing, Line, Shape, Text
from wvp_docs.timeline.steps import Status, Step, Timeline

_WIDTH = 1000
_MARGIN = 32
_LEFT, _RIGHT = 264, 724
"""Where the chart begins and ends; the titles stand left of it, the dates right."""
_WORDS = 744
_TOP = 128
_ROW = 40
_LINE = 18

_INK, _SOFT, _WHITE = "#1f2933", "#616e7c", "#ffffff"
_RULE, _YEAR, _BAND = "#e4e7eb", "#b8c0ca", "#eceff3"
_TODAY = "#7b2d8e"
_COLOURS = {
    Status.DONE: "#2f7d4f",
    Status.DONE_LATE: "#b35900",
    Status.LATE: "#c1272d",
    Status.SOON: "#1f5fa8",
    Status.OPEN: "#1f5fa8",
    Status.PAST: "#7b8794",
    Status.NOT_NEEDED: "#7b8794",
}
_LEGEND = (
    (Status.DONE, "gedaan", 84),
    (Status.DONE_LATE, "te laat gedaan", 118),
    (Status.LATE, "te laat", 78),
    (Status.SOON, "binnenkort", 100),
    (Status.OPEN, "open", 64),
    (Status.PAST, "voorbij", 80),
)


def picture_of(timeline: Timeline, kenmerk: str) -> Drawing:
    """Return the drawing of a timeline; `kenmerk` names the case, never a person.

    Raises:
        ValueError: the timeline has no first sick day.
    """
    if timeline.eerste_ziektedag is None:
        raise ValueError("no first sick day")
    layout = _Layout(timeline, timeline.eerste_ziektedag, kenmerk)
    return Drawing(_WIDTH, layout.height, tuple(layout.shapes()), layout.title, layout.subtitle)


@dataclass(frozen=True)
class _Layout:
    """Where everything stands."""

    timeline: Timeline
    first_day: date
    kenmerk: str

    @cached_property
    def rows(self) -> tuple[Step, ...]:
        return tuple(step for step in self.timeline.stappen if step.uiterlijk)

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The first day of every month in the chart, and of the month after it."""
        days = [day for step in self.rows for day in (step.uiterlijk, step.gedaan) if day]
        last = max(days, default=plus(self.first_day, 42))
        found = [self.first_day.replace(day=1)]
        while found[-1] <= last and found[-1] < date.max:
            found.append(plus(found[-1], 31).replace(day=1) if found[-1].year < _LAST else date.max)
        return tuple(found)

    @property
    def bottom(self) -> int:
        return _TOP + _ROW * max(len(self.rows), 1)

    @property
    def height(self) -> int:
        return self.bottom + 84 + _LINE * len(self.footnotes)

    @property
    def title(self) -> str:
        name = self.kenmerk if len(self.kenmerk) <= _LONG else f"{self.kenmerk[:_LONG]}…"
        return f"Tijdlijn dossier {name}"

    @property
    def subtitle(self) -> str:
        words = [
            f"Eerste ziektedag {show_date(self.first_day)}",
            self.timeline.profile.titel,
            f"stand op {show_date(self.timeline.today)}",
        ]
        if moved := self.timeline.dagen_verschoven:
            words.insert(2, f"{moved} {'dag' if moved == 1 else 'dagen'} opgeschoven")
        return " · ".join(words)

    @cached_property
    def footnotes(self) -> tuple[str, ...]:
        """What is not needed, in lines that fit on the page."""
        steps = self.timeline.stappen
        left_out = [in_sentence(it.titel) for it in steps if it.status is Status.NOT_NEEDED]
        if not left_out:
            return ()
        lines = [""]
        for word in f"Niet nodig in dit dossier: {enumerate_nl(left_out)}.".split():
            if len(lines[-1]) + len(word) > _LONG_LINE:
                lines.append("")
            lines[-1] += f"{word} "
        return tuple(lines)

    def x(self, day: date) -> float:
        """Return where a day stands; what lies outside the chart stands on its edge."""
        first, last = self.months[0], self.months[-1]
        share = (day - first).days / max((last - first).days, 1)
        return _LEFT + (_RIGHT - _LEFT) * min(max(share, 0), 1)

    def shapes(self) -> Iterator[Shape]:
        yield Text(_MARGIN, 46, self.title, 24, _INK, bold=True)
        yield Text(_MARGIN, 70, self.subtitle, 14, _SOFT)
        yield from self._pauses()
        yield from self._axis()
        yield from self._today()
        for at, step in enumerate(self.rows):
            yield from self._row(step, _TOP + _ROW * at + _ROW / 2)
        yield from self._legend()
        for at, line in enumerate(self.footnotes):
            yield Text(_MARGIN, self.bottom + 82 + _LINE * at, line, 12.5, _SOFT)

    def _pauses(self) -> Iterator[Shape]:
        for pause in self.timeline.pauses:
            begin, end = self.x(pause.first), self.x(pause.until)
            yield Box(begin, _TOP, max(end - begin, 1), self.bottom - _TOP, _BAND)

    def _axis(self) -> Iterator[Shape]:
        width = (_RIGHT - _LEFT) / max(len(self.months) - 1, 1)
        every = next((step for step in (1, 3, 6) if step * width >= _ROOM), 12)
        years = [day for day in self.months[:-1] if day.month == 1 or day == self.months[0]]
        for day, after in zip(years, [*years[1:], date.max], strict=True):
            if after == date.max or self.x(after) - self.x(day) >= _ROOM:
                yield Text(self.x(day) + 3, _TOP - 26, str(day.year), 13, _INK, bold=True)
        for day in self.months:
            here = self.x(day)
            labelled = (day.month - 1) % every == 0
            top = _TOP - (20 if labelled and day != self.months[-1] else 4)
            year = day.month == 1 and day != self.months[0]
            yield Line(((here, top), (here, self.bottom)), _YEAR if year else _RULE)
            if labelled and day != self.months[-1]:
                name = format_date(day, "MMM", locale="nl").rstrip(".")
                yield Text(here + 3, _TOP - 8, name, 12, _SOFT)

    def _row(self, step: Step, y: float) -> Iterator[Shape]:
        colour = _COLOURS[step.status]
        yield Line(((_MARGIN, y + _ROW / 2), (_WIDTH - _MARGIN, y + _ROW / 2)), _RULE)
        yield Text(_MARGIN, y + 5, step.titel, 14, _INK)
        yield Text(_WORDS, y - 3, _said(step, self.timeline.today), 14, colour, bold=True)
        yield Text(_WORDS, y + 13, _dates(step), 12.5, _SOFT)
        if not step.uiterlijk:
            return
        here = self.x(step.uiterlijk)
        if step.vanaf:
            begin = self.x(step.vanaf)
            yield Box(begin, y - 4, max(here - begin, 2), 8, "#cfdbe8", 4)
        if step.advies:
            tip = self.x(step.advies)
            dots = ((tip - 4, y - 18), (tip + 4, y - 18), (tip, y - 12.5))
            yield Line(dots, _SOFT, 0.5, _SOFT)
        made = step.gedaan or (self.timeline.today if step.status is Status.LATE else None)
        at = self.x(step.gedaan) if step.gedaan else here
        if made and made > step.uiterlijk:
            yield Line(((here, y), (self.x(made), y)), colour, 2)
        if step.status is not Status.LATE:
            yield Line(((here, y - 11), (here, y + 11)), _INK, 1.6)
        yield from _mark(step.status, at, y)

    def _today(self) -> Iterator[Shape]:
        today, end = self.timeline.today, self.months[-1]
        if not self.months[0] <= today < end:
            return
        here, half = self.x(today), 68
        yield Line(((here, _TOP - 2), (here, self.bottom + 8)), _TODAY, 1.4)
        middle = min(max(here, _LEFT + half), _RIGHT - half)
        yield Box(middle - half, self.bottom + 8, 2 * half, 20, _TODAY, 10)
        words = f"vandaag {show_date(today)}"
        yield Text(middle, self.bottom + 22, words, 12.5, _WHITE, "middle", bold=True)

    def _legend(self) -> Iterator[Shape]:
        x, y = _MARGIN + 7.0, self.bottom + 54
        for status, words, width in _LEGEND:
            yield from _mark(status, x, y)
            yield Text(x + 13, y + 4.5, words, 12.5, _SOFT)
            x += width
        yield Line(((x - 4, y - 4), (x + 4, y - 4), (x, y + 3)), _SOFT, 0.5, _SOFT)
        yield Text(x + 10, y + 4.5, "advies", 12.5, _SOFT)
        yield Line(((x + 66, y - 9), (x + 66, y + 9)), _INK, 1.6)
        yield Text(x + 75, y + 4.5, "uiterlijk", 12.5, _SOFT)
        if self.timeline.pauses:
            yield Box(x + 136, y - 8, 16, 16, _BAND)
            yield Text(x + 159, y + 4.5, "telt niet mee (herstel, verlof)", 12.5, _SOFT)


_LAST = 9999
_LONG = 48
_LONG_LINE = 140
_ROOM = 32


def _mark(status: Status, x: float, y: float) -> Iterator[Shape]:
    """Draw a status so that it reads without its colour."""
    colour = _COLOURS[status]
    match status:
        case Status.DONE | Status.DONE_LATE:
            if status is Status.DONE:
                yield Circle(x, y, 7, colour, _WHITE, 1.5)
            else:
                yield Box(x - 8, y - 8, 16, 16, _WHITE, 4)
                yield Box(x - 7, y - 7, 14, 14, colour, 3)
            yield Line(((x - 3.2, y + 0.2), (x - 0.9, y + 2.6), (x + 3.4, y - 2.6)), _WHITE, 1.8)
        case Status.LATE:
            corners = ((x, y - 9), (x + 9, y), (x, y + 9), (x - 9, y))
            yield Line(corners, _WHITE, 1.5, colour)
            yield Line(((x, y - 4.5), (x, y + 1)), _WHITE, 2)
            yield Circle(x, y + 3.9, 1.1, _WHITE, _WHITE)
        case Status.SOON:
            yield Circle(x, y, 6.2, _WHITE, colour, 2.2)
            yield Circle(x, y, 2.4, colour, colour)
        case Status.OPEN:
            yield Circle(x, y, 6.2, _WHITE, colour, 2.2)
        case _:
            yield Circle(x, y, 4.2, colour, _WHITE, 1.5)


def _said(step: Step, today: date) -> str:
    if step.gedaan:
        return f"{step.status.woorden} op {show_date(step.gedaan)}"
    days = (step.uiterlijk - today).days if step.uiterlijk else 0
    if step.status is Status.SOON:
        return f"{step.status.woorden}: {_in_days(days)}"
    if step.status is Status.LATE:
        return f"{step.status.woorden}: {-days} {'dag' if days == -1 else 'dagen'}"
    return step.status.woorden


def _in_days(days: int) -> str:
    return {0: "vandaag", 1: "morgen"}.get(days, f"over {days} dagen")


def _dates(step: Step) -> str:
    latest = f"uiterlijk {show_date(step.uiterlijk)}" if step.uiterlijk else ""
    return f"advies {show_date(step.advies)} · {latest}" if step.advies else latest
