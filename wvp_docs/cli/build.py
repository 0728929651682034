"""`wvp-docs build`: make the whole dossier of a case."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, format_option, today_option
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.pipeline import Result


@app.command(options_metavar="[OPTIES]")
@click.argument("case_file", metavar="CASUS", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="MAP",
    help="De map voor het dossier (anders: een map naast de casus, met dezelfde naam).",
)
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
@click.option("--force", is_flag=True, help="Overschrijf ook bestanden die wvp-docs niet maakte.")
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
@format_option
def build(
    case_file: Path,
    out: Path | None,
    engine: str,
    concept: bool,
    force: bool,
    strict: bool,
    today: date,
    style: str,
) -> int:
    """Maak het dossier: elk formulier in Word en PDF, en de bundel voor de WIA-aanvraag."""
    from wvp_docs import api
    from wvp_docs.cli.show import show_findings
    from wvp_docs.findings import need_a_person

    case = api.load(case_file)
    folder = out or case_file.with_suffix("")
    result = api.build(
        case,
        folder,
        today=today,
        engine=engine,
        concept=concept,
        force=force,
        processes=os.cpu_count() or 1,
    )
    if style == "json":
        click.echo(json.dumps(_as_dict(result), ensure_ascii=False, indent=2))
    else:
        show_findings(result.findings)
        _show(result, concept=concept)
    return ExitCode.FINDINGS if need_a_person(result.findings, strict=strict) else ExitCode.OK


def _show(result: Result, *, concept: bool) -> None:
    made = len(result.made)
    documents = "1 document" if made == 1 else f"{made} documenten"
    status = "Concept" if concept else "Klaar"
    click.echo(
        f"{status}: {documents} in Word en PDF, en een bundel van {result.pages} bladzijden."
    )
    click.echo(f"  Bundel    {result.out / 'wia-bundel.pdf'}")
    click.echo(f"  Word      {result.out / 'word'}")
    click.echo(f"  PDF       {result.out / 'pdf'}")
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
        "not_made": list(result.not_made),
        "findings": [finding.as_dict() for finding in result.findings],
    }
