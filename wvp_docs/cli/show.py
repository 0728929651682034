"""How findings and tables look on a terminal, with colours that also read without colour."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wvp_docs.findings import Finding, Severity

_WORDS = {
    Severity.ERROR: ("fout", "bold red"),
    Severity.WARNING: ("waarschuwing", "yellow"),
    Severity.INFO: ("ter informatie", "cyan"),
}


def console(*, to_stdout: bool) -> Console:
    """Return where to write; NO_COLOR and a pipe take the colours away."""
    screen = Console(stderr=not to_stdout, highlight=False)
    if not screen.is_terminal:
        # A file or a program reads on: lines are cut for eyes only.
        screen.width = 400
    return screen


def show_findings(findings: Sequence[Finding], *, to_stdout: bool = False) -> None:
    """Write each finding with its place, what to do and the source, and then the count."""
    screen = console(to_stdout=to_stdout)
    for finding in findings:
        word, colour = _WORDS[finding.severity]
        place = finding.place
        head = Text.assemble(
            (f"{place.file}:{place.line}:{place.column}", "bold"),
            ": ",
            (f"{word} {finding.code}", colour),
        )
        screen.print(head, soft_wrap=True)
        screen.print(Padding(Text(finding.message), (0, 0, 0, 2), expand=False))
        if finding.hint:
            screen.print(Padding(Text(f"→ {finding.hint}"), (0, 0, 0, 2), expand=False))
        if finding.source:
            screen.print(
                Padding(Text(f"Bron: {finding.source}", style="dim"), (0, 0, 0, 2), expand=False)
            )
    if findings:
        screen.print(_count(findings))


def _count(findings: Sequence[Finding]) -> str:
    counts = []
    for severity, one, many in (
        (Severity.ERROR, "fout", "fouten"),
        (Severity.WARNING, "waarschuwing", "waarschuwingen"),
        (Severity.INFO, "mededeling", "mededelingen"),
    ):
        number = sum(finding.severity is severity for finding in findings)
        if number:
            counts.append(f"{number} {one if number == 1 else many}")
    return f"{', '.join(counts)}."


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a quiet table to stdout: rules only under the headings."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for at, heading in enumerate(headings):
        table.add_column(heading, no_wrap=at == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console(to_stdout=True).print(table)
