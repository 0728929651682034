"""`wvp-docs check`: say what is missing or wrong in cases, and where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, today_option
from wvp_docs.cli.making import folders_option, passwords_option, profile_option
from wvp_docs.errors import CaseError, ExitCode

if TYPE_CHECKING:
    from wvp_docs.findings import Finding

STYLES = ("text", "json", "sarif", "github")


@dataclass(frozen=True, slots=True)
class Checked:
    """What came out of checking some files.

    Attributes:
        found: the findings by file, in the order in which the files were named.
        faults: what was wrong with the files that could not be read.
    """

    found: dict[str, tuple[Finding, ...]]
    faults: tuple[CaseError, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those of all files together."""
        return tuple(finding for found in self.found.values() for finding in found)


@app.command(options_metavar="[OPTIES]")
@click.argument(
    "paths", metavar="CASUS|MAP...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@profile_option
@folders_option
@passwords_option
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
@click.option(
    "--format",
    "style",
    type=click.Choice(STYLES),
    default="text",
    metavar="|".join(STYLES),
    help="Voor mensen, voor programma's, of voor het nakijken in GitHub en andere diensten.",
)
def check(
    paths: tuple[Path, ...],
    profile: str | None,
    folders: tuple[Path, ...],
    passwords_file: Path | None,
    strict: bool,
    today: date,
    style: str,
) -> int:
    """Kijk casussen na: wat ontbreekt, wat klopt niet, en waar staat het.

    Van een map wordt elke casus nagekeken, ook in de mappen daarin. Wat een code betekent:
    wvp-docs explain.
    """
    from wvp_docs.casefiles import cases_in
    from wvp_docs.cli.given import passwords_in

    files = [file for path in paths for file in cases_in(path)]
    checked = _checked(files, today, profile, folders, passwords_in(passwords_file))
    if checked.faults and len(files) == 1:
        raise checked.faults[0]
    for fault in checked.faults:
        click.echo(f"Fout: {fault}", err=True)
        if fault.hint:
            click.echo(f"      {fault.hint}", err=True)
    _show(checked, style)
    return _exit_code(checked, strict=strict)


def _checked(
    files: Sequence[Path],
    today: date,
    profile: str | None,
    folders: Sequence[Path],
    passwords: Sequence[str],
) -> Checked:
    from wvp_docs import api

    library = api.definitions()
    found: dict[str, tuple[Finding, ...]] = {}
    faults = []
    for file in files:
        try:
            case = api.load(file, folders)
        except CaseError as fault:
            faults.append(fault)
            continue
        found[case.file] = api.check(
            case, today=today, profile=profile, library=library, passwords=passwords
        )
    return Checked(found, tuple(faults))


def _show(checked: Checked, style: str) -> None:
    if style == "json":
        listed = [finding.as_dict() for finding in checked.findings]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    elif style == "text":
        _show_text(checked)
    else:
        _show_for_review(checked, style)


def _show_text(checked: Checked) -> None:
    from wvp_docs.findings import Severity

    for file, findings in checked.found.items():
        if not findings:
            click.echo(f"{file}: niets gevonden. Alles wat er moet staan, staat er.")
            continue
        from wvp_docs.cli.show import show_findings

        show_findings(findings, to_stdout=True)
        if all(finding.severity is Severity.INFO for finding in findings):
            click.echo(f"{file}: verder niets gevonden.")
    if len(checked.found) > 1:
        from wvp_docs.cli.show import count_in_words

        total = count_in_words(checked.findings) if checked.findings else "niets gevonden."
        click.echo(f"{len(checked.found)} casussen: {total}")


def _show_for_review(checked: Checked, style: str) -> None:
    from wvp_docs.cli.formats import Names, github, sarif
    from wvp_docs.resources import forms_folder
    from wvp_docs.rules import load_rules

    names = Names.of(checked.found)
    if style == "github":
        for line in github(checked.findings, names):
            click.echo(line)
        return
    rules = load_rules(forms_folder() / "regels")
    log = sarif(checked.findings, checked.faults, rules, names)
    click.echo(json.dumps(log, ensure_ascii=False, indent=2))


def _exit_code(checked: Checked, *, strict: bool) -> int:
    """Return 3 for what a person must mend; else 8 or 4 when some or all could not be read."""
    from wvp_docs.findings import need_a_person

    if need_a_person(checked.findings, strict=strict):
        return ExitCode.FINDINGS
    if not checked.found:
        return ExitCode.CASE
    return ExitCode.PARTIAL if checked.faults else ExitCode.OK
