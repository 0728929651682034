"""`wvp-docs verify`: is a finished dossier still what was made?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, format_option
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.verify import Verdict


@app.command(options_metavar="[OPTIES]")
@click.argument("folder", metavar="MAP", type=click.Path(path_type=Path, file_okay=False))
@format_option
def verify(folder: Path, style: str) -> int:
    """Kijk of een gemaakt dossier nog heel is: elk bestand, elke bladzijde en elke waarde.

    Code 0: ongewijzigd. Code 3: er is iets veranderd.
    """
    from wvp_docs.verify import verify as look_again

    verdict = look_again(folder)
    if style == "json":
        click.echo(json.dumps(_as_dict(verdict), ensure_ascii=False, indent=2))
    else:
        _show(verdict)
    return ExitCode.FINDINGS if verdict.differences else ExitCode.OK


def _show(verdict: Verdict) -> None:
    from wvp_docs.dates import spell_date

    for difference in verdict.differences:
        click.echo(difference.message)
        click.echo(f"  → {difference.hint}")
    for name in verdict.unread:
        click.echo(f"{name} heeft een wachtwoord: alleen de bytes zijn vergeleken.", err=True)
    if verdict.differences:
        count = len(verdict.differences)
        click.echo(f"{count} verschil{'' if count == 1 else 'len'}.")
    else:
        day = f" (peildatum {spell_date(verdict.day)})" if verdict.day else ""
        click.echo(
            f"Ongewijzigd sinds het is gemaakt{day}: {verdict.files} bestanden, "
            f"{verdict.pages} bladzijden in bundels."
        )


def _as_dict(verdict: Verdict) -> dict[str, object]:
    return {
        "unchanged": not verdict.differences,
        "peildatum": verdict.day.isoformat() if verdict.day else None,
        "files": verdict.files,
        "pages": verdict.pages,
        "unread": list(verdict.unread),
        "differences": [difference.as_dict() for difference in verdict.differences],
    }
