"""How a long run shows that it goes on: a bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from wvp_docs.cli.show import console

if TYPE_CHECKING:
    from wvp_docs.batch.report import Outcome

EVERY = 60
"""Seconds between two lines where nobody watches a bar."""

WIDE, MIDDLE = 104, 76
"""Columns of a terminal on which a long bar fits, and a short one with everything beside it."""


@dataclass(slots=True)
class _Pace:
    """How far a run is.

    Attributes:
        skipped: how many cost no work before the first one that did. A run that goes on begins
            with those, and they tell nothing of the pace of the rest.
    """

    total: int
    done: int = 0
    skipped: int = 0
    failed: int = 0
    begun: float = field(default_factory=time.monotonic)

    def add(self, outcome: Outcome) -> None:
        self.skipped += self.skipped == self.done and not outcome.seconds
        self.done += 1
        self.failed += outcome.fault is not None

    def in_width(self, width: int) -> str:
        """Return how far it is, in a line that fits beside a bar."""
        return (
            str(self) if width >= MIDDLE else f"{self.done} van {self.total} · nog {self._left()}"
        )

    def __str__(self) -> str:
        told = f"{self._rate():.1f} per seconde".replace(".", ",")
        failed = f"{self.failed} mislukt"
        return f"{self.done} van {self.total} · {failed} · {told} · nog {self._left()}"

    def _rate(self) -> float:
        """Return how many cases it does in a second."""
        counted = self.done - self.skipped or self.done
        return counted / max(time.monotonic() - self.begun, 0.001)

    def _left(self) -> str:
        if self.done == self.skipped < self.total:
            return "onbekend"
        return _in_words((self.total - self.done) / self._rate())


def _in_words(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "geen minuut"
    return f"{minutes // 60}:{minutes % 60:02d} uur" if minutes >= 60 else f"{minutes} min"  # noqa: PLR2004  minutes of an hour


def watched(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Yield the outcomes as they come, and show on stderr how far it is."""
    show = _with_bar if console(to_stdout=False).is_terminal else _with_lines
    return show(outcomes, _Pace(total))


def _with_bar(outcomes: Iterable[Outcome], pace: _Pace) -> Iterator[Outcome]:
    from rich.progress import BarColumn, Progress, TextColumn

    screen = console(to_stdout=False)
    columns = [BarColumn(10), TextColumn("{task.fields[pace]}")]
    if screen.width >= WIDE:
        columns = [TextColumn("Dossiers"), BarColumn(30), columns[1]]
    bar = Progress(*columns, console=screen, transient=True)
    with bar:
        task = bar.add_task("", total=pace.total, pace="begint …")
        for outcome in outcomes:
            pace.add(outcome)
            bar.update(task, completed=pace.done, pace=pace.in_width(screen.width))
            yield outcome


def _with_lines(outcomes: Iterable[Outcome], pace: _Pace) -> Iterator[Outcome]:
    said = pace.begun
    for outcome in outcomes:
        pace.add(outcome)
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            click.echo(f"Dossiers: {pace}", err=True)
        yield outcome
