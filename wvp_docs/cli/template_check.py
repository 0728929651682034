"""`wvp-docs template check`: what is wrong with templates, and where in Word that is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli.check import STYLES
from wvp_docs.cli.given import templates_in_use
from wvp_docs.cli.template import template
from wvp_docs.errors import ExitCode, OutputError, reason

if TYPE_CHECKING:
    from wvp_docs.findings import Finding
    from wvp_docs.inspection import Inspected


@template.command(name="check", options_metavar="[OPTIES]")
@click.argument(
    "path", metavar="[MAP|BESTAND]", required=False, type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "--annotate",
    "copies",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="MAP",
    help="Zet hier kopieën neer met elke melding als opmerking in Word.",
)
@click.option("--force", is_flag=True, help="Overschrijf kopieën die er al zijn.")
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@click.option(
    "--format",
    "style",
    type=click.Choice(STYLES),
    default="text",
    metavar="|".join(STYLES),
    help="Voor mensen, voor programma's, of voor het nakijken in GitHub en andere diensten.",
)
def check_templates(
    path: Path | None, copies: Path | None, force: bool, strict: bool, style: str
) -> int:
    """Kijk na wat er mis is met sjablonen, en waar in Word.

    Van één sjabloon, van een map, of anders van de sjablonen die in gebruik zijn: die van de
    huisstijl.toml in deze map, en als die er niet zijn, die van wvp-docs. Wat een code betekent:
    wvp-docs explain.
    """
    from wvp_docs.findings import need_a_person
    from wvp_docs.resources import templates_folder

    used = None if path else templates_in_use()
    inspected = _inspected(path or used or templates_folder())
    findings = [finding for it in inspected for finding in it.findings]
    if copies:
        _annotate(inspected, copies, force=force)
    count = sum(bool(it.members) for it in inspected)
    whose = "" if path else f" in {used}" if used else " van wvp-docs"
    _show(findings, style, f"{count} {'sjabloon' if count == 1 else 'sjablonen'}{whose}")
    return ExitCode.FINDINGS if need_a_person(findings, strict=strict) else ExitCode.OK


def _inspected(path: Path) -> Sequence[Inspected]:
    from wvp_docs.inspection import inspect_path
    from wvp_docs.library import load_library
    from wvp_docs.resources import forms_folder

    try:
        return tuple(inspect_path(path, load_library(forms_folder())))
    except OSError as error:
        raise click.UsageError(f"{path} is niet te lezen: {reason(error)}.") from error


def _annotate(inspected: Iterable[Inspected], folder: Path, *, force: bool) -> None:
    from wvp_docs.inspection import annotated
    from wvp_docs.output import write_files

    files = {}
    for it in inspected:
        docx = annotated(it) if it.remarks else None
        if docx is None:
            continue
        name = Path(it.file).name
        if (folder / name).resolve() == Path(it.file).resolve():
            raise OutputError(
                f"De kopie van {name} zou over het sjabloon zelf heen komen.",
                hint="Kies bij --annotate een andere map.",
            )
        files[name] = docx
    if files:
        write_files(folder, files, force=force)
        many = "1 kopie met opmerkingen staat"
        if len(files) > 1:
            many = f"{len(files)} kopieën met opmerkingen staan"
        click.echo(f"{many} in {folder}.", err=True)


def _show(findings: Sequence[Finding], style: str, what: str) -> None:
    from wvp_docs.cli.formats import Names, github, sarif
    from wvp_docs.resources import forms_folder
    from wvp_docs.rules import load_rules

    names = Names.of(finding.place.file for finding in findings)
    if style == "json":
        listed = [finding.as_dict() for finding in findings]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    elif style == "sarif":
        log = sarif(findings, (), load_rules(forms_folder() / "regels"), names)
        click.echo(json.dumps(log, ensure_ascii=False, indent=2))
    elif style == "github":
        for line in github(findings, names):
            click.echo(line)
    elif findings:
        from wvp_docs.cli.show import show_findings

        show_findings(findings, to_stdout=True)
    else:
        click.echo(f"{what} nagekeken: niets gevonden.")
