"""`wvp-docs template diff`: what differs between two versions of templates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import format_option
from wvp_docs.cli.template import template
from wvp_docs.cli.template_preview import LENGTHS
from wvp_docs.errors import ExitCode, reason

if TYPE_CHECKING:
    from wvp_docs.preview import Compared

PAGE = "sjabloon-verschil.html"
EXISTING = click.Path(path_type=Path, exists=True)


@template.command(name="diff", options_metavar="[OPTIES]")
@click.argument("old", metavar="OUD", type=EXISTING)
@click.argument("new", metavar="NIEUW", type=EXISTING)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="BESTAND|MAP",
    help=f"Een .html met alles erin, of een map voor losse afbeeldingen (anders: {PAGE}).",
)
@click.option(
    "--lengte",
    "length",
    type=click.Choice(LENGTHS),
    default="gewoon",
    metavar="|".join(LENGTHS),
    help="Hoe lang de voorbeeldantwoorden zijn (anders: gewoon).",
)
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
@format_option
def diff_templates(
    old: Path, new: Path, out: Path | None, length: str, force: bool, style: str
) -> int:
    """Vergelijk twee versies van een sjabloon, of twee mappen.

    Welke velden erbij kwamen en weg zijn, en de bladzijden naast elkaar met wat er anders is.
    Code 5: een sjabloon is niet in te vullen.
    """
    from wvp_docs.engines import pick
    from wvp_docs.library import load_library
    from wvp_docs.preview import Bench, compare, sample_scene
    from wvp_docs.resources import forms_folder
    from wvp_docs.samples import Length

    if old.is_dir() != new.is_dir():
        raise click.UsageError("Vergelijk twee bestanden of twee mappen, niet een van elk.")
    library = load_library(forms_folder())
    bench = Bench(library, sample_scene(library, Length(length)), pick("rdocx"))
    try:
        compared = tuple(compare(old, new, bench))
    except OSError as error:
        raise click.UsageError(f"Een map is niet te lezen: {reason(error)}.") from error
    place = _write(compared, out or Path(PAGE), force=force or out is None)
    if style == "json":
        listed = {"page": str(place), "templates": [_as_dict(item) for item in compared]}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        _show(compared, place)
    is_broken = any(item.is_broken for item in compared)
    return ExitCode.DEFINITION if is_broken else ExitCode.OK


def _write(compared: Sequence[Compared], out: Path, *, force: bool) -> Path:
    """Write the page, and in a folder every picture too; return where the page is."""
    from wvp_docs.output import write_files
    from wvp_docs.preview import as_html, as_png

    page = as_html(compared).encode()
    if out.suffix.lower() in (".html", ".htm"):
        write_files(out.parent, {out.name: page}, force=force)
        return out
    files = {
        f"{item.name}-{number}.png": as_png(picture)
        for item in compared
        for number, picture in item.pictures.items()
    }
    write_files(out, {PAGE: page, **files}, force=force)
    return out / PAGE


def _show(compared: Sequence[Compared], place: Path) -> None:
    for item in compared:
        if item.is_same:
            continue
        click.echo(f"{item.name}:")
        for tag in item.came:
            click.echo(f"  + {tag}")
        for tag in item.went:
            click.echo(f"  - {tag}")
        if item.trouble:
            click.echo(f"  {item.trouble}")
            continue
        before, after = item.pages
        if before != after:
            click.echo(f"  Het waren {before} bladzijden, nu {after}.")
        numbers = ", ".join(map(str, item.pictures)) or "geen"
        click.echo(f"  Bladzijden met verschil: {numbers}.")
    if same := [item.name for item in compared if item.is_same]:
        click.echo(f"Geen verschil: {', '.join(same)}.")
    click.echo(f"De bladzijden naast elkaar: {place}")


def _as_dict(item: Compared) -> dict[str, object]:
    return {
        "name": item.name,
        "came": list(item.came),
        "went": list(item.went),
        "pages": list(item.pages),
        "differing": list(item.pictures),
        "trouble": item.trouble,
    }
