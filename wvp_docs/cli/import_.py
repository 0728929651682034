"""`wvp-docs import`: rows of a spreadsheet to case files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, format_option
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.exchange.importing import Outcome
    from wvp_docs.exchange.spreadsheet import Imported, Order
    from wvp_docs.findings import Finding

_NAMED = 8
"""Answers of one case, added or left alone, that are named; of more it gives the number."""


@app.command("import", options_metavar="[OPTIES]")
@click.argument("file", metavar="SPREADSHEET", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o",
    "--out",
    required=True,
    metavar="MAP",
    type=click.Path(path_type=Path, file_okay=False),
    help="De map voor de casussen: één map per casus.",
)
@click.option(
    "--mapping",
    metavar="BESTAND",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Welke kolom waar hoort (anders: het bestand .kolommen.toml naast de spreadsheet).",
)
@click.option("--dry-run", is_flag=True, help="Toon per casus wat er zou gebeuren; schrijf niets.")
@click.option(
    "--overschrijf",
    "overwrite",
    is_flag=True,
    help="Zegt een casus iets anders, neem dan wat in de spreadsheet staat.",
)
@format_option
def import_(
    file: Path, out: Path, mapping: Path | None, dry_run: bool, overwrite: bool, style: str
) -> int:
    """Maak casussen van een spreadsheet (.xlsx of .csv), of vul ze aan.

    De eerste keer stelt wvp-docs voor welke kolom waar hoort, in een bestand naast de spreadsheet.
    Kijk dat na. De volgende keer wordt het gebruikt.
    """
    from wvp_docs import api
    from wvp_docs.exchange.spreadsheet import Order, import_spreadsheet
    from wvp_docs.findings import need_a_person

    order = Order(file, out, mapping, dry_run, overwrite)
    counts: Counter[str] = Counter()
    kept: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        counts[outcome.status.value] += 1
        if style == "json":
            kept.append(outcome)
        elif dry_run or outcome.replaced:
            _show_outcome(outcome)

    done = import_spreadsheet(order, api.definitions(), tell)
    if style == "json":
        _show_json(done, kept)
    else:
        _show_findings(done.findings)
        _show_count(counts, order, done)
    return ExitCode.FINDINGS if need_a_person(done.findings, strict=False) else ExitCode.OK


def _show_outcome(outcome: Outcome) -> None:
    if not outcome.file:
        click.echo(f"{outcome.status.value}: een werknemer; waarom, staat hieronder")
        return
    click.echo(f"{outcome.status.value:<12} {outcome.file}")
    _show_paths("+", outcome.added[:_NAMED], len(outcome.added))
    _show_paths("≠", outcome.replaced, len(outcome.replaced))  # a person's answer: each by name
    _show_paths("!", outcome.differing[:_NAMED], len(outcome.differing))


def _show_paths(sign: str, paths: Sequence[str], count: int) -> None:
    more = f" en nog {count - len(paths)}" if count > len(paths) else ""
    if paths:
        click.echo(f"{sign:>12} {', '.join(paths)}{more}")


def _show_findings(findings: Sequence[Finding]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from wvp_docs.cli.show import WORDS, console, count_in_words

    screen = console(to_stdout=False)
    for finding in findings:
        word, colour = WORDS[finding.severity]
        line = Text.assemble((word, colour), f": {finding.message}")
        screen.print(line, soft_wrap=True)
        if finding.hint:
            screen.print(Padding(Text(f"→ {finding.hint}"), (0, 0, 0, 2), expand=False))
    if findings:
        screen.print(count_in_words(findings))


def _show_count(counts: Counter[str], order: Order, done: Imported) -> None:
    total = sum(counts.values())
    words = ", ".join(f"{count} {status}" for status, count in counts.items())
    many = "1 casus" if total == 1 else f"{total} casussen"
    ahead = "Er is niets geschreven. Het zou worden: " if order.dry_run else ""
    click.echo(f"{ahead}{many}{': ' if words else ''}{words}.")
    if not done.is_proposal:
        click.echo(f"Gelezen volgens de koppeling {done.mapping}.", err=True)
    elif order.dry_run:
        click.echo(f"Zonder --dry-run komt de koppeling in {done.mapping}.", err=True)
    else:
        click.echo(
            f"Welke kolom waar hoort, staat in de koppeling {done.mapping}. Kijk die na en geef de "
            "opdracht daarna nog eens.",
            err=True,
        )
    if total and not order.dry_run:
        click.echo(f"Kijk de casussen na met: wvp-docs check {order.out}", err=True)


def _show_json(done: Imported, outcomes: Sequence[Outcome]) -> None:
    shape = {
        "koppeling": str(done.mapping),
        "voorstel": done.is_proposal,
        "casussen": [asdict(outcome) for outcome in outcomes],
        "bevindingen": [finding.as_dict() for finding in done.findings],
    }
    click.echo(json.dumps(shape, ensure_ascii=False, indent=2))
