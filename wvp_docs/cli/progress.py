"""How a long run shows that it goes on: a bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from wvp_docs.cli.show import console

if TYPE_CHECKING:
    from wvp_docs.batch.report import Outcome

EVERY = 60
"""Seconds between two lines where nobody watches a bar."""


def watched(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """Yield the outcomes as they come, and show on stderr how far it is."""
    screen = console(to_stdout=False)
    if screen.is_terminal:
        yield from _with_bar(outcomes, total)
    else:
        yield from _with_lines(outcomes, total)


def _with_bar(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("Dossiers"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]} · {task.fields[failed]} mislukt · nog"),
        TimeRemainingColumn(),
        console=console(to_stdout=False),
        transient=True,
    )
    begun, failed = time.monotonic(), 0
    with bar:
        task = bar.add_task("", total=total, rate="", failed=0)
        for done, outcome in enumerate(outcomes, 1):
            failed += outcome.fault is not None
            rate = done / max(time.monotonic() - begun, 0.001)
            bar.update(
                task,
                completed=done,
                failed=failed,
                rate=f"{rate:.1f} per seconde".replace(".", ","),
            )
            yield outcome


def _with_lines(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    said = time.monotonic()
    for done, outcome in enumerate(outcomes, 1):
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            click.echo(f"{done} van {total} dossiers", err=True)
        yield outcome
