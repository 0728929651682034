"""`wvp-docs template fields`: which tags there are, to copy into a template."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli.template import template

if TYPE_CHECKING:
    from wvp_docs.fieldbook import Section

SUFFIXES = (".docx", ".html", ".json")


@template.command(name="fields", options_metavar="[OPTIES]")
@click.argument("key", metavar="[FORMULIER]", required=False, default="")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BESTAND",
    help="Schrijf het veldenboek als .docx, .html of .json (anders: hier).",
)
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
def list_fields(key: str, out: Path | None, force: bool) -> None:
    """Toon het veldenboek: elke tag, en wat hij afdrukt."""
    from wvp_docs.fieldbook import field_book
    from wvp_docs.grammar import closest
    from wvp_docs.library import load_library
    from wvp_docs.output import write_file
    from wvp_docs.resources import forms_folder
    from wvp_docs.vocabulary import OTHERS

    library = load_library(forms_folder())
    stems = (*library.forms, *OTHERS)
    if key and key not in stems:
        hint = closest(key, stems) or "Welke er zijn: wvp-docs forms."
        raise click.UsageError(f"Er is geen formulier {key}. {hint}")
    if out and out.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"Een veldenboek is een bestand op {', '.join(SUFFIXES)}.")
    book = field_book(library, key)
    if out is None:
        _show(book)
        return
    write_file(out, _written(book, out.suffix.lower()), force=force)
    click.echo(f"{out} staat klaar. Kopieer een tag en plak hem in het sjabloon.")


def _written(book: Sequence[Section], suffix: str) -> bytes:
    from wvp_docs.fieldbook import as_html, as_word

    if suffix == ".docx":
        return as_word(book)
    if suffix == ".html":
        return as_html(book).encode()
    listed = [
        {"rubriek": section.titel, **entry.as_dict()}
        for section in book
        for entry in section.entries
    ]
    return f"{json.dumps(listed, ensure_ascii=False, indent=2)}\n".encode()


def _show(book: Sequence[Section]) -> None:
    """Write it as it is on paper: in a table no screen is wide enough for the tags."""
    from wvp_docs.fieldbook import facts

    for section in book:
        click.secho(f"\n{section.titel}", bold=True)
        for entry in section.entries:
            click.echo("\n" + "  ·  ".join((entry.label, *facts(entry))))
            for tag in entry.tag.split("\n"):
                click.echo(f"    {tag}")
            if entry.voorbeeld:
                shown = entry.voorbeeld.replace("\n", "\N{EM SPACE}")
                click.secho(f"    Voorbeeld: {shown}", dim=True)
