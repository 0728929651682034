"""`wvp-docs export`: cases to a spreadsheet, one row per case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, today_option
from wvp_docs.cli.making import profile_option
from wvp_docs.errors import CaseError, ExitCode

if TYPE_CHECKING:
    from wvp_docs.exchange.overview import Looked
    from wvp_docs.forms import Library


@app.command(options_metavar="[OPTIES]")
@click.argument(
    "paths", metavar="CASUS|MAP...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--out",
    required=True,
    metavar="BESTAND",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Het overzicht: .xlsx of .csv.",
)
@profile_option
@click.option("--bsn", "with_bsn", is_flag=True, help="Zet ook het BSN in het overzicht.")
@click.option("--force", is_flag=True, help="Overschrijf een bestand dat er al is.")
@today_option
def export(
    paths: tuple[Path, ...],
    out: Path,
    profile: str | None,
    with_bsn: bool,
    force: bool,
    today: date,
) -> int:
    """Maak een overzicht van casussen: één rij per casus, met elke stap van de wet.

    Namen van personen staan er niet in, en een BSN alleen met --bsn.
    """
    from wvp_docs import api
    from wvp_docs.exchange.overview import Overview
    from wvp_docs.exchange.overview_csv import overview_csv
    from wvp_docs.exchange.overview_xlsx import overview_xlsx
    from wvp_docs.output import write_file

    writers = {".xlsx": overview_xlsx, ".csv": overview_csv}
    if out.suffix.lower() not in writers:
        raise click.UsageError("Kies met -o een bestand op .xlsx of .csv.")
    library = api.definitions()
    faults: list[CaseError] = []
    cases = list(_looked(paths, library, today, profile, faults))
    for fault in faults:
        click.echo(f"Fout: {fault}\n      {fault.hint}", err=True)
    if not cases:
        return ExitCode.CASE
    overview = Overview(today, library.terms.duties, with_bsn)
    write_file(out, writers[out.suffix.lower()](overview, cases), force=force)
    many = "1 casus" if len(cases) == 1 else f"{len(cases)} casussen"
    click.echo(f"{out}: {many}, stand op {today:%d-%m-%Y}.")
    return ExitCode.PARTIAL if faults else ExitCode.OK


def _looked(
    paths: Sequence[Path],
    library: Library,
    today: date,
    profile: str | None,
    faults: list[CaseError],
) -> Iterator[Looked]:
    """Yield every case with its timeline and findings; one that is broken is a fault."""
    from wvp_docs import api
    from wvp_docs.casefiles import cases_in
    from wvp_docs.dossier import Dossier
    from wvp_docs.exchange.overview import Looked
    from wvp_docs.timeline.steps import timeline_of

    for path in paths:
        try:
            for file in cases_in(path):
                try:
                    case = api.load(file)
                except CaseError as fault:
                    faults.append(fault)
                    continue
                dossier = Dossier(case, library)
                found = api.check(case, today=today, profile=profile, library=library)
                name = file.relative_to(path) if path.is_dir() and len(paths) == 1 else file
                timeline = timeline_of(dossier, today, profile)
                yield Looked(name.as_posix(), dossier, timeline, found)
        except CaseError as fault:
            faults.append(fault)
