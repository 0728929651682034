"""`wvp-docs build` and `wvp-docs dossier`: make the whole dossier of a case, and its packages."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, format_option, today_option
from wvp_docs.cli.given import UsageError, password_of
from wvp_docs.cli.making import FILE, FOLDER, WITH_PACKAGES, Making, making_options
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.pipeline import Result


@app.command(options_metavar="[OPTIES]")
@click.argument("case_file", metavar="CASUS", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=FOLDER,
    metavar="MAP",
    help="De map voor het dossier (anders: een map naast de casus, met dezelfde naam).",
)
@making_options
@click.option(
    "--versleutel",
    "asks_password",
    is_flag=True,
    help="Vraag een wachtwoord, en sluit daarmee de PDF's voor de werknemer.",
)
@click.option(
    "--versleutel-met",
    "password_file",
    type=FILE,
    metavar="BESTAND",
    help="Hetzelfde, met het wachtwoord uit de eerste regel van dit bestand.",
)
@click.option("--force", is_flag=True, help="Overschrijf ook bestanden die wvp-docs niet maakte.")
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
@format_option
def build(
    making: Making,
    *,
    case_file: Path,
    out: Path | None,
    asks_password: bool,
    password_file: Path | None,
    force: bool,
    strict: bool,
    today: date,
    style: str,
) -> int:
    """Maak het dossier: elk formulier in Word en PDF, en de bundel voor de WIA-aanvraag."""
    from wvp_docs import api
    from wvp_docs.cli.show import show_findings
    from wvp_docs.findings import need_a_person

    closes = asks_password or password_file is not None
    if closes and not making.packages:
        raise UsageError(
            "--versleutel en --versleutel-met gaan over de pakketten.", hint=WITH_PACKAGES
        )
    if asks_password and password_file:
        raise UsageError(
            "--versleutel en --versleutel-met gaan niet samen.",
            hint="Met --versleutel typt u het wachtwoord; met --versleutel-met staat het in een "
            "bestand.",
        )
    case = api.load(case_file, making.also())
    extras = making.extras(password_of(password_file) if closes else "")
    result = api.build(
        case,
        out or case_file.with_suffix(""),
        today=today,
        engine=making.engine,
        concept=making.concept,
        force=force,
        processes=os.cpu_count() or 1,
        extras=extras,
    )
    if style == "json":
        click.echo(json.dumps(_as_dict(result), ensure_ascii=False, indent=2))
    else:
        show_findings(result.findings)
        _show(result, concept=making.concept)
    wrong = need_a_person(result.findings, strict=strict) or result.strangers or result.not_made
    return ExitCode.FINDINGS if wrong else ExitCode.OK


_PLACES = (
    ("Bundel", "wia-bundel.pdf"),
    ("Word", "word"),
    ("PDF", "pdf"),
    ("Bijlagen", "bijlagen"),
    ("UWV", "uwv"),
    ("Werknemer", "werknemer"),
    ("Envelop", "medisch"),
)


def _show(result: Result, *, concept: bool) -> None:
    made = len(result.made)
    documents = "1 document" if made == 1 else f"{made} documenten"
    pages = "1 bladzijde" if result.pages == 1 else f"{result.pages} bladzijden"
    status = "Concept" if concept else "Klaar"
    click.echo(f"{status}: {documents} in Word en PDF, en een bundel van {pages}.")
    there = {file.partition("/")[0] for file in result.files}
    for name, place in _PLACES:
        if place in there:
            click.echo(f"  {name:<9} {result.out / place}")
    for note in result.notes:
        click.echo(note, err=True)
    for name in result.strangers:
        is_held = name in result.medical
        what = "Er staat medische informatie in volgens uw casus. " if is_held else ""
        click.echo(
            f"Let op: {result.out / name} is niet van deze keer, of sindsdien veranderd. {what}"
            "Haal het bestand uit deze map: anders gaat het mee naar wie haar krijgt.",
            err=True,
        )
    for titel in result.not_made:
        click.echo(
            f"Niet gemaakt: {titel}. Herstel eerst de fouten hierboven, of gebruik --concept.",
            err=True,
        )


def _as_dict(result: Result) -> dict[str, object]:
    return {
        "out": str(result.out),
        "bundle": {"file": "wia-bundel.pdf", "pages": result.pages},
        "documents": [
            {
                "form": item.document.form.key,
                "title": item.document.titel,
                "file": f"{item.document.stem}.pdf",
                "pages": item.pages,
            }
            for item in result.made
        ],
        "files": list(result.files),
        "not_made": list(result.not_made),
        "notes": list(result.notes),
        "strangers": list(result.strangers),
        "medical": list(result.medical),
        "findings": [finding.as_dict() for finding in result.findings],
    }


if build.callback:
    app.add_command(
        click.Command(
            "dossier",
            params=[param for param in build.params if param.name != "packages"],
            callback=partial(build.callback, packages=True),
            help="Maak het dossier met drie pakketten: voor UWV, de werknemer en de envelop.\n\n"
            "Dit is wvp-docs build met --dossier.",
            options_metavar="[OPTIES]",
        )
    )
