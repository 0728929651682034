"""`wvp-docs timeline`: what the law asks when, of one case or of a whole folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, format_option, today_option
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.timeline.worklist import Job, Worklist

_PICTURES = (".svg", ".png")


@app.command(options_metavar="[OPTIES]")
@click.argument(
    "paths", metavar="CASUS|MAP...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--profiel",
    "profile",
    metavar="NAAM",
    help="Kies zelf: wia, zw, verkort, geen of iva (anders: volgt uit de casus).",
)
@click.option(
    "--weken",
    "weeks",
    type=click.IntRange(0, 520),
    metavar="N",
    default=6,
    show_default=True,
    help="Hoeveel weken vooruit, bij een map of meer casussen.",
)
@click.option("--uitleg", "explain", is_flag=True, help="Toon hoe elke datum is berekend.")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Schrijf de termijnen met herinneringen voor uw agenda.",
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Teken de tijdlijn van één casus: .svg of .png.",
)
@click.option("--force", is_flag=True, help="Overschrijf ook een bestand dat wvp-docs niet maakte.")
@today_option
@format_option
def timeline(
    paths: tuple[Path, ...],
    profile: str | None,
    weeks: int,
    explain: bool,
    ics: Path | None,
    picture: Path | None,
    force: bool,
    today: date,
    style: str,
) -> int:
    """Toon wat de wet wanneer vraagt, en wat er al gedaan is.

    Bij een map, of bij meer casussen: wat te laat is en wat de komende weken moet. Is er iets te
    laat, dan is de code 3.
    """
    from wvp_docs.library import load_library
    from wvp_docs.resources import forms_folder
    from wvp_docs.timeline.worklist import job_of, worklist

    alone = len(paths) == 1 and not paths[0].is_dir()
    if picture and (not alone or picture.suffix.lower() not in _PICTURES):
        raise click.UsageError("--picture tekent één casus, in een bestand op .svg of .png.")
    library = load_library(forms_folder())
    if alone:
        job = job_of(paths[0], library, today, profile)
        _show_case(job, style, explain=explain)
        _write([job], ics, picture, force=force)
        return ExitCode.OK
    found = worklist(paths, library, today, profile)
    for fault in found.faults:
        click.echo(f"Fout: {fault}\n      {fault.hint}", err=True)
    if not found.jobs:
        return ExitCode.CASE
    _show_worklist(found, today, weeks, style)
    _write(found.jobs, ics, None, force=force)
    if found.is_late:
        return ExitCode.FINDINGS
    return ExitCode.PARTIAL if found.faults else ExitCode.OK


def _show_case(job: Job, style: str, *, explain: bool) -> None:
    from wvp_docs.cli.show_timeline import show_explanation, show_timeline

    if style == "json":
        click.echo(json.dumps(job.timeline.as_dict(), ensure_ascii=False, indent=2))
        return
    show_timeline(job.timeline, job.dossier.kenmerk)
    if explain:
        show_explanation(job.timeline)


def _show_worklist(found: Worklist, today: date, weeks: int, style: str) -> None:
    from wvp_docs.cli.show_timeline import show_rows
    from wvp_docs.timeline.worklist import due_until

    rows = found.rows(due_until(today, weeks))
    if style == "text":
        show_rows(rows, len(found.jobs), weeks)
        return
    shape = {
        "peildatum": today.isoformat(),
        "weken": weeks,
        "casussen": len(found.jobs),
        "stappen": [
            {"bestand": row.file, "kenmerk": row.kenmerk, **row.step.as_dict()} for row in rows
        ],
        "fouten": [str(fault) for fault in found.faults],
    }
    click.echo(json.dumps(shape, ensure_ascii=False, indent=2))


def _write(jobs: Sequence[Job], ics: Path | None, picture: Path | None, *, force: bool) -> None:
    from wvp_docs.output import write_file

    if ics:
        from wvp_docs.timeline.reminders import agenda_of, calendar_of

        agendas = [agenda_of(job.dossier, job.timeline) for job in jobs]
        write_file(ics, calendar_of(agendas), force=force or _is_ours(ics))
        click.echo(f"Agenda: {ics}", err=True)
    if picture:
        from wvp_docs.timeline.drawing import png, svg
        from wvp_docs.timeline.picture import picture_of

        drawing = picture_of(jobs[0].timeline, jobs[0].dossier.kenmerk)
        draw = png if picture.suffix.lower() == ".png" else svg
        write_file(picture, draw(drawing), force=force or _is_ours(picture))
        click.echo(f"Tekening: {picture}", err=True)


def _is_ours(path: Path) -> bool:
    """Return whether an earlier run made the file: a nightly job writes it anew."""
    try:
        with path.open("rb") as file:
            return b"wvp-docs" in file.read(400)
    except OSError:
        return False
