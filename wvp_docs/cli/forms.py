"""`wvp-docs forms`: which forms there are, and what one of them asks."""

from __future__ import annotations

import json

import click

from wvp_docs.cli import app, format_option


@app.command(options_metavar="[OPTIES]")
@click.argument("key", metavar="[FORMULIER]", required=False, default="")
@format_option
def forms(key: str, style: str) -> None:
    """Toon de formulieren, of de velden van één formulier."""
    from wvp_docs.cli.show import show_table
    from wvp_docs.grammar import closest
    from wvp_docs.library import load_library
    from wvp_docs.resources import forms_folder

    library = load_library(forms_folder())
    if key and key not in library.forms:
        raise click.UsageError(f"Er is geen formulier {key}. {closest(key, library.forms)}")
    rows: list[tuple[str, ...]]
    headings: tuple[str, ...]
    if not key:
        rows = [
            (form.key, form.titel, ", ".join(form.opgesteld_door), form.versie)
            for form in library.forms.values()
        ]
        headings = ("sleutel", "titel", "door", "versie")
    else:
        rows = [
            (
                item.path,
                item.soort,
                _required(item.verplicht, bool(item.voorwaarde)),
                item.door,
                item.label,
            )
            for item in (*library.forms[key].fields(), *library.forms[key].beheer)
        ]
        headings = ("pad", "soort", "verplicht", "door", "label")
    if style == "json":
        items = [dict(zip(headings, row, strict=True)) for row in rows]
        click.echo(json.dumps(items, ensure_ascii=False, indent=2))
    else:
        show_table(headings, rows)


def _required(always: bool, sometimes: bool) -> str:
    return "soms" if sometimes else "ja" if always else ""
