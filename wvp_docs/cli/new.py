"""`wvp-docs new`: a case file to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from wvp_docs.cli import app


@app.command(options_metavar="[OPTIES]")
@click.argument(
    "path", metavar="[BESTAND]", type=click.Path(path_type=Path), default=Path("case.toml")
)
@click.option(
    "--form",
    "forms",
    metavar="FORMULIER",
    multiple=True,
    default=("probleemanalyse", "plan_van_aanpak"),
    show_default=True,
    help="Welk formulier klaarstaat om in te vullen; mag vaker. De andere staan achter een #.",
)
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
def new(path: Path, forms: tuple[str, ...], force: bool) -> None:
    """Maak een casusbestand om in te vullen, met uitleg bij elke vraag.

    Met - als BESTAND komt het op het scherm.
    """
    from wvp_docs.grammar import closest
    from wvp_docs.library import load_library
    from wvp_docs.output import write_file
    from wvp_docs.resources import forms_folder
    from wvp_docs.skeleton import skeleton

    library = load_library(forms_folder())
    for key in forms:
        if key not in library.forms:
            raise click.UsageError(f"Er is geen formulier {key}. {closest(key, library.forms)}")
    text = skeleton(library, forms)
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    write_file(path, text.encode(), force=force)
    click.echo(f"{path} staat klaar. Vul het in en kijk het na met: wvp-docs check {path}")
