"""`wvp-docs template fields`: which tags there are, to copy into a template."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest
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
    help="Schrijf het veldenboek als .docx, .html of .json (anders: een tabel hier).",
)
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
def list_fields(key: str, out: Path | None, force: bool) -> None:
    """Toon het veldenboek: elke tag met wat hij afdrukt, van één formulier of van alle."""
    from wvp_docs.fieldbook import field_book
    from wvp_docs.grammar import closest
    from wvp_docs.library import load_library
    from wvp_docs.output import write_file
    from wvp_docs.resources import forms_folder
    from wvp_docs.vocabulary import OTHERS

    library = load_library(forms_folder())
    stems = (*library.forms, *OTHERS)
    if key and key not in stems:
        raise click.UsageError(f"Er is geen formulier {key}. {closest(key, stems)}")
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
    from wvp_docs.cli.show import show_table

    for section in book:
        rows = []
        for entry in section.entries:
            lines = zip_longest(entry.tag.split("\n"), entry.voorbeeld.split("\n"), fillvalue="")
            for at, (tag, example) in enumerate(lines):
                about = ("", "", "") if at else (entry.label, entry.soort, entry.verplicht)
                rows.append((tag, *about, example))
        click.echo(f"\n{section.titel}\n")
        show_table(("tag", "vraag", "soort", "verplicht", "voorbeeld"), rows)
