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
from wvp_docs.cli.given import UsageError, house_folder, lines_of, own_templates, password_of
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.pipeline import Result

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@app.command(options_metavar="[OPTIES]")
@click.argument("case_file", metavar="CASUS", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=FOLDER,
    metavar="MAP",
    help="De map voor het dossier (anders: een map naast de casus, met dezelfde naam).",
)
@click.option("--profiel", "profile", metavar="NAAM", help="wia, zw, verkort, geen of iva.")
@click.option(
    "--engine",
    default="rdocx",
    metavar="NAAM",
    help="Waarmee Word naar PDF gaat: rdocx (ingebouwd), libreoffice of word.",
)
@click.option(
    "--concept",
    is_flag=True,
    help="Maak ook wat nog niet af is, met CONCEPT en elk gat gemarkeerd.",
)
@click.option(
    "--dossier",
    "packages",
    is_flag=True,
    help="Maak ook de pakketten voor UWV, de werknemer en de gesloten envelop.",
)
@click.option(
    "--grens",
    "limit",
    type=click.IntRange(min=50_000),
    metavar="BYTES",
    help="Hoe groot een bestand voor UWV mag zijn (anders: 10000000).",
)
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
@click.option(
    "--dubbelzijdig",
    "double_sided",
    is_flag=True,
    help="Laat in de bundel elk stuk op een rechterbladzijde beginnen.",
)
@click.option(
    "--vaste-nummers",
    "keeps_numbers",
    is_flag=True,
    help="Houd de paginanummers van de vorige bundel in de map; wat nieuw is, wordt 12A.",
)
@click.option("--archief", "archive", is_flag=True, help="Maak van de bundel een PDF/A-2b.")
@click.option(
    "--bijlagen-map",
    "folders",
    type=click.Path(exists=True, path_type=Path, file_okay=False),
    multiple=True,
    metavar="MAP",
    help="Een map buiten de casus waar bijlagen mogen staan; mag vaker.",
)
@click.option(
    "--huisstijl",
    "house",
    type=FILE,
    metavar="BESTAND",
    help="De huisstijl.toml van de arbodienst, voor wie er zelf geen heeft.",
)
@click.option(
    "--templates",
    type=FOLDER,
    metavar="MAP",
    help="Een map met eigen Word-sjablonen; wat daar niet in staat, komt van wvp-docs.",
)
@click.option(
    "--wachtwoord-bestand",
    "passwords_file",
    type=FILE,
    metavar="BESTAND",
    help="De wachtwoorden van bijlagen, een per regel.",
)
@click.option("--force", is_flag=True, help="Overschrijf ook bestanden die wvp-docs niet maakte.")
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
@format_option
def build(
    case_file: Path,
    out: Path | None,
    profile: str | None,
    engine: str,
    concept: bool,
    packages: bool,
    limit: int | None,
    asks_password: bool,
    password_file: Path | None,
    double_sided: bool,
    keeps_numbers: bool,
    archive: bool,
    folders: tuple[Path, ...],
    house: Path | None,
    templates: Path | None,
    passwords_file: Path | None,
    force: bool,
    strict: bool,
    today: date,
    style: str,
) -> int:
    """Maak het dossier: elk formulier in Word en PDF, en de bundel voor de WIA-aanvraag."""
    from wvp_docs import api
    from wvp_docs.cli.show import show_findings
    from wvp_docs.findings import need_a_person
    from wvp_docs.options import Extras
    from wvp_docs.sets.packages import Wishes

    closes = asks_password or password_file is not None
    if not packages and (limit or closes):
        raise UsageError(
            "--grens, --versleutel en --versleutel-met gaan over de pakketten.",
            hint="Gebruik wvp-docs dossier, of voeg --dossier toe.",
        )
    if asks_password and password_file:
        raise UsageError(
            "--versleutel en --versleutel-met gaan niet samen.",
            hint="Met --versleutel typt u het wachtwoord; met --versleutel-met staat het in een "
            "bestand.",
        )
    case = api.load(case_file, (*folders, *house_folder(house)))
    password = password_of(password_file) if closes else ""
    extras = Extras(
        Wishes(limit or 0, password) if packages else None,
        double_sided,
        keeps_numbers,
        archive,
        tuple(lines_of(passwords_file)) if passwords_file else (),
        own_templates(templates) if templates else {},
        profile,
    )
    result = api.build(
        case,
        out or case_file.with_suffix(""),
        today=today,
        engine=engine,
        concept=concept,
        force=force,
        processes=os.cpu_count() or 1,
        extras=extras,
    )
    if style == "json":
        click.echo(json.dumps(_as_dict(result), ensure_ascii=False, indent=2))
    else:
        show_findings(result.findings)
        _show(result, concept=concept)
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
        click.echo(
            f"Let op: {result.out / name} is niet van deze keer, of sindsdien veranderd. "
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
