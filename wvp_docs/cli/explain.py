"""`wvp-docs explain`: what a code of a finding means, and how to mend it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, format_option

if TYPE_CHECKING:
    from wvp_docs.rules import Rule

DIGITS = 3
READABLE = 96
"""More characters than this on a line are hard to read."""

_CERTAINTY = {
    "zeker": "",
    "waarschijnlijk": "waarschijnlijk: volgens UWV-praktijk of een oudere bron",
    "onzeker": "onzeker: uit één bron, of niet nagekeken",
}


@app.command(options_metavar="[OPTIES]")
@click.argument("code", metavar="[CODE]", required=False, default="")
@format_option
def explain(code: str, style: str) -> None:
    """Leg uit wat een code zoals R031 betekent. Zonder CODE: de lijst van alle regels."""
    from wvp_docs.cli.show import show_table
    from wvp_docs.grammar import closest
    from wvp_docs.resources import forms_folder
    from wvp_docs.rules import rules_in

    rules = rules_in(forms_folder())
    wanted = _code(code)
    if wanted and wanted not in rules:
        hint = closest(wanted, rules) or "Alle codes: wvp-docs explain."
        raise click.UsageError(f"Er is geen regel {code}. {hint}")
    if style == "json":
        shown = rules[wanted].as_dict() if wanted else [rule.as_dict() for rule in rules.values()]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    elif wanted:
        _show(rules[wanted])
    else:
        rows = [(rule.code, rule.ernst, rule.titel) for rule in rules.values()]
        show_table(("code", "ernst", "regel"), rows)


def _code(typed: str) -> str:
    """Return a code as it is written, also for who leaves the zeros out: R031 for r31."""
    letter, number = typed[:1].upper(), typed[1:]
    return f"{letter}{number.zfill(DIGITS)}" if number.isdecimal() else typed.upper()


def _show(rule: Rule) -> None:
    from rich.text import Text

    from wvp_docs.cli.show import console

    screen = console(to_stdout=True)
    screen.width = min(screen.width, READABLE)
    screen.print(Text(f"{rule.code}  {rule.titel} ({rule.ernst})", style="bold"))
    screen.print(Text(f"\n{' '.join(rule.uitleg.split())}\n"))
    screen.print(Text(f"Bron: {rule.bron}"))
    for line in (rule.adres, _CERTAINTY[rule.zekerheid]):
        if line:
            screen.print(Text(f"      {line}"), soft_wrap=True)
    for heading, example in (("Zo gaat het fout:", rule.fout), ("Zo is het goed:", rule.herstel)):
        if example.strip():
            screen.print(Text(f"\n{heading}\n", style="bold"))
            for line in example.strip("\n").split("\n"):
                screen.print(Text(f"    {line}"), soft_wrap=True)
