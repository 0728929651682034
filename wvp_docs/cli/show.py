"""How findings and tables look on a terminal, with colours that also read without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from wvp_docs.cli.excerpt import Excerpts
from wvp_docs.findings import Finding, Place, Severity

WORDS = {
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
    """Write each finding with its line, what to do and the source, and then the count."""
    screen, excerpts = console(to_stdout=to_stdout), Excerpts()
    for finding in findings:
        for line in _lines(finding, excerpts):
            screen.print(line, soft_wrap=not isinstance(line, Padding))
    if findings:
        screen.print(count_in_words(findings))


def _lines(finding: Finding, excerpts: Excerpts) -> Iterator[Text | Padding]:
    """Yield what is written about one finding; each line says by itself what it is."""
    word, colour = WORDS[finding.severity]
    yield Text.assemble((_written(finding.place), "bold"), ": ", (f"{word} {finding.code}", colour))
    yield from _excerpt(finding.place, excerpts, colour)
    yield _inset(Text(finding.message))
    if finding.also:
        yield _inset(Text.assemble("zie ook ", (_written(finding.also), "bold"), ":"))
        yield from _excerpt(finding.also, excerpts, colour)
    if finding.hint:
        yield _inset(Text(f"→ {finding.hint}"))
    if finding.source:
        yield _inset(Text(f"Bron: {finding.source}", style="dim"))


def _written(place: Place) -> str:
    # Of a Word file only the sentence says where: it has no lines.
    return f"{place.file}:{place.line}:{place.column}" if place.line else place.file


def _excerpt(place: Place, excerpts: Excerpts, colour: str) -> Iterator[Text]:
    for line, style in zip(excerpts.at(place), ("dim", colour), strict=False):
        yield Text(line, style=style)


def _inset(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)


def count_in_words(findings: Sequence[Finding]) -> str:
    """Return how many there are of each weight: `1 fout, 2 waarschuwingen.`."""
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
        table.add_column(heading, no_wrap=at == 0, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console(to_stdout=True).print(table)
