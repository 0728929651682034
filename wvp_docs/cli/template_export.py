"""`wvp-docs template export`: the templates in use, to make them one's own."""

from __future__ import annotations

from pathlib import Path

import click

from wvp_docs.cli.template import template
from wvp_docs.errors import TemplateError, reason


@template.command(name="export", options_metavar="[OPTIES]")
@click.argument("folder", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overschrijf sjablonen die daar al veranderd zijn.")
def export_templates(folder: Path, force: bool) -> None:
    """Kopieer alle Word-sjablonen naar een eigen map."""
    from wvp_docs.output import write_files
    from wvp_docs.resources import templates_folder

    source = templates_folder()
    try:
        files = {path.name: path.read_bytes() for path in sorted(source.glob("*.docx"))}
    except OSError as error:
        raise TemplateError(f"De sjablonen zijn niet te lezen: {reason(error)}.") from error
    if not files:
        hint = "Installeer wvp-docs opnieuw."
        raise TemplateError(f"In {source} staan geen sjablonen.", hint=hint)
    write_files(folder, files, force=force)
    click.echo(f"{len(files)} sjablonen staan in {folder}.")
    click.echo("Verander ze in Word. Welke tags er zijn: wvp-docs template fields -o velden.docx")
    click.echo(f"Kijk ze daarna na: wvp-docs template check {folder}")
    click.echo(f"En gebruik ze: wvp-docs build CASUS --templates {folder}")
