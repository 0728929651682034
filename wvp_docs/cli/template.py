"""`wvp-docs template`: the Word templates."""

from __future__ import annotations

from pathlib import Path

import click

from wvp_docs.cli import app


@app.group(options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT [ARGUMENTEN]...")
def template() -> None:
    """Werk met de Word-sjablonen."""


@template.command(name="new", options_metavar="[OPTIES]")
@click.argument("key", metavar="FORMULIER")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Waar het sjabloon komt (anders: hier, met de naam van het formulier).",
)
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
def new_template(key: str, out: Path | None, force: bool) -> None:
    """Maak een nieuw Word-sjabloon met alle velden van een formulier."""
    from wvp_docs.grammar import closest
    from wvp_docs.library import load_library
    from wvp_docs.output import write_file
    from wvp_docs.resources import forms_folder
    from wvp_docs.templates.scaffold import scaffold

    library = load_library(forms_folder())
    if key not in library.forms:
        hint = closest(key, library.forms) or "Welke er zijn: wvp-docs forms."
        raise click.UsageError(f"Er is geen formulier {key}. {hint}")
    path = out or Path(f"{key}.docx")
    write_file(path, scaffold(library.forms[key]), force=force)
    click.echo(f"{path} staat klaar. Open het in Word en maak het af.")
