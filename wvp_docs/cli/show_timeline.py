"""How timelines look on a terminal: each status has a sign and a word beside its colour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wvp_docs.cli.show import console
from wvp_docs.dates import show_date
from wvp_docs.timeline.steps import Status, Step, Timeline
from wvp_docs.timeline.worklist import Row

_SIGNS = {
    Status.DONE: ("+", "green"),
    Status.DONE_LATE: ("±", "yellow"),
    Status.LATE: ("!", "bold red"),
    Status.SOON: ("»", "bold cyan"),
    Status.OPEN: ("·", ""),
    Status.PAST: ("=", "dim"),
    Status.NOT_NEEDED: ("-", "dim"),
}
"""Signs that every code page of Windows has."""


def show_timeline(timeline: Timeline, kenmerk: str) -> None:
    """Write the timeline of one case as a table."""
    screen = console(to_stdout=True)
    screen.print(Text(f"Tijdlijn van dossier {kenmerk}", style="bold"))
    words = [
        f"Eerste ziektedag {_day(timeline.eerste_ziektedag)}",
        f"profiel {timeline.profiel}: {timeline.profile.titel}",
        f"stand op {show_date(timeline.today)}",
    ]
    if moved := timeline.dagen_verschoven:
        words.insert(1, f"{moved} {'dag' if moved == 1 else 'dagen'} opgeschoven")
    screen.print(Text(" · ".join(words)))
    if timeline.profile.toelichting:
        screen.print(Text(timeline.profile.toelichting))
    table = _table("stap", "vanaf", "advies", "uiterlijk", "gedaan", "status")
    for step in timeline.stappen:
        days = (step.vanaf, step.advies, step.uiterlijk, step.gedaan)
        _, colour = _SIGNS[step.status]
        quiet = "dim" if colour == "dim" else ""
        table.add_row(
            Text(step.titel, style=quiet),
            *(Text(_day(day), style=quiet) for day in days),
            _status(step),
        )
    screen.print()
    screen.print(table)


def show_explanation(timeline: Timeline) -> None:
    """Write how each date was counted, and where the term stands."""
    screen = console(to_stdout=True)
    for step in timeline.stappen:
        screen.print()
        screen.print(Text(step.titel, style="bold"))
        screen.print(Padding(Text(step.berekening), (0, 0, 0, 2), expand=False))
        screen.print(Padding(Text(f"Bron: {step.bron}", style="dim"), (0, 0, 0, 2), expand=False))


def show_rows(rows: Sequence[Row], cases: int, weeks: int) -> None:
    """Write what is late or due in the coming weeks, and a sentence that counts it."""
    screen = console(to_stdout=True)
    many = "1 casus" if cases == 1 else f"{cases} casussen"
    ahead = {0: "vandaag", 1: "in de komende week"}.get(weeks, f"in de komende {weeks} weken")
    if not rows:
        screen.print(Text(f"In {many} is niets te laat, en er moet niets {ahead}."))
        return
    table = _table("uiterlijk", "advies", "stap", "status", "dossier", "bestand")
    for row in rows:
        step = row.step
        table.add_row(
            _day(step.uiterlijk),
            _day(step.advies),
            Text(step.titel),
            _status(step),
            Text(row.kenmerk),
            Text(row.file),
        )
    screen.print(table)
    late = sum(row.step.status is Status.LATE for row in rows)
    words = f"{many}: {late} {_steps(late)} te laat, {len(rows) - late} {ahead}."
    screen.print(Text(words))


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in headings:
        table.add_column(heading, no_wrap=heading in {"vanaf", "advies", "uiterlijk", "gedaan"})
    return table


def _status(step: Step) -> Text:
    sign, colour = _SIGNS[step.status]
    return Text(f"{sign} {step.status.woorden}", style=colour)


def _steps(number: int) -> str:
    return "stap" if number == 1 else "stappen"


def _day(day: date | None) -> str:
    return show_date(day) if day else ""
