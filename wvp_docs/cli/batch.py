"""`wvp-docs batch`: make many dossiers, once each, whatever happens to one of them."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from wvp_docs.cli import app, today_option
from wvp_docs.cli.batch_again import Resumable, noted
from wvp_docs.cli.given import UsageError
from wvp_docs.cli.making import FOLDER, Making, making_options
from wvp_docs.errors import ExitCode

if TYPE_CHECKING:
    from wvp_docs.batch.orders import How
    from wvp_docs.batch.plan import Standing
    from wvp_docs.batch.run import Setup
    from wvp_docs.casefiles import Found

FILE = click.Path(exists=True, dir_okay=False)
EXECUTORS = ("serial", "processes", "dask")
TOGETHER = 8
"""Cases that share one start of a converter that is slow to start."""


@app.command(cls=Resumable, options_metavar="[OPTIES]")
@click.argument("paths", metavar="PAD...", nargs=-1)
@click.option("-o", "--out", type=FOLDER, required=True, metavar="MAP", help="Een map per casus.")
@click.option(
    "--executor",
    type=click.Choice(EXECUTORS),
    default="processes",
    metavar="|".join(EXECUTORS),
    help="Wie het werk doet: dit proces, een proces per kern, of een cluster.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="AANTAL",
    help="Hoeveel casussen tegelijk (anders: zoveel als er kernen zijn).",
)
@making_options
@click.option("--only-failed", is_flag=True, help="Alleen wat de vorige keer niet lukte.")
@click.option("--resume", is_flag=True, help="Ga verder met een run die is afgebroken.")
@click.option(
    "--force",
    is_flag=True,
    help="Maak ook opnieuw wat niet is veranderd; met --only-failed ook in een map van een andere "
    "casus.",
)
@click.option("--dry-run", is_flag=True, help="Maak niets: toon wat er zou gebeuren, en waarom.")
@click.option(
    "--tijdslimiet",
    "time_limit",
    type=click.FloatRange(min=0),
    default=300,
    metavar="SECONDEN",
    help="Hoe lang een casus mag duren (0: onbeperkt; niet bij serial).",
)
@click.option(
    "--geheugen",
    "memory",
    type=click.IntRange(min=0),
    default=0,
    metavar="MB",
    help="Hoeveel geheugen een proces mag vragen (alleen bij processes, niet op Windows).",
)
@click.option("--scheduler", default="", metavar="ADRES", help="Dask: tls://computer:8786.")
@click.option("--tls-ca", type=FILE, metavar="BESTAND", help="Dask: van de CA.")
@click.option("--tls-cert", type=FILE, metavar="BESTAND", help="Dask: van u.")
@click.option("--tls-key", type=FILE, metavar="BESTAND", help="Dask: uw sleutel.")
@click.option("--zonder-tls", "plain", is_flag=True, help="Dask: het netwerk is alleen van u.")
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
@click.pass_context
def batch(
    context: click.Context,
    making: Making,
    *,
    paths: tuple[str, ...],
    out: Path,
    executor: str,
    jobs: int | None,
    only_failed: bool,
    resume: bool,  # noqa: ARG001  what it asks is done before this
    force: bool,
    dry_run: bool,
    time_limit: float,
    memory: int,
    scheduler: str,
    tls_ca: str | None,
    tls_cert: str | None,
    tls_key: str | None,
    plain: bool,
    strict: bool,
    today: date,
) -> int:
    """Maak veel dossiers: elk in een eigen map, en alleen wat is veranderd.

    PAD is een casus, een map, of een patroon zoals 'dossiers/*.toml'; een - leest een lijst van
    paden. Wat misgaat, komt in het verslag (report.html) en houdt de rest niet tegen.
    """
    from wvp_docs.batch.cluster import Address
    from wvp_docs.batch.orders import How
    from wvp_docs.cli.batch_cases import cases_of, owners_in, undone
    from wvp_docs.cli.batch_run import Hands, Past, run

    before = context.obj
    if scheduler and executor != "dask":
        if context.get_parameter_source("executor") is not ParameterSource.DEFAULT:
            raise UsageError("--scheduler is van --executor dask.", hint="Laat een van beide weg.")
        executor = "dask"
    how = How(today, making.engine, making.concept, making.extras())
    cases, owners = cases_of(paths, before), owners_in(out)
    if before and only_failed:
        cases = undone(cases, before)
        if force:  # only so does a case get the folder of another one
            for found in cases:
                owners.pop(found.name, None)
    setup = _setup(out, how, making.also(), owners, time_limit, force=force)
    if dry_run:
        return _show_plan(setup, cases)
    hands = Hands(
        executor,
        jobs or os.cpu_count() or 1,
        memory * 1_000_000,
        Address(scheduler, tls_ca, tls_cert, tls_key, plain),
    )
    kept = before.outcomes if before and only_failed else ()
    return run(setup, hands, cases, Past(kept, noted(context), strict))


def _setup(
    out: Path,
    how: How,
    also: tuple[Path, ...],
    owners: dict[str, str],
    time_limit: float,
    *,
    force: bool,
) -> Setup:
    from wvp_docs import api
    from wvp_docs.batch.run import Setup
    from wvp_docs.filling import Definitions
    from wvp_docs.profiles import require_profile
    from wvp_docs.resources import templates_folder

    definitions = Definitions(api.definitions(), templates_folder())
    if how.extras.profile:
        require_profile(how.extras.profile, definitions.library)
    return Setup(
        out,
        how,
        definitions,
        time.monotonic,
        also,
        force,
        time_limit,
        1 if how.engine == "rdocx" else TOGETHER,
        owners,
    )


def _show_plan(setup: Setup, cases: Sequence[Found]) -> int:
    from wvp_docs.cli.show import show_table

    plan, rows, faults = setup.plan(), [], {}
    for found in cases:
        standing = plan.standing(found)
        rows.append((found.name, *_planned(standing, is_forced=setup.force)))
        if standing.fault:
            faults[found.name] = standing.fault
    show_table(("Casus", "Wat", "Waarom"), rows)
    counts = [
        f"{sum(row[1] == what for row in rows)} {what}"
        for what in ("maken", "nakijken", "overslaan")
    ]
    if refused := sum(row[1] == "weigeren" for row in rows):
        counts.append(f"{refused} weigeren")
    click.echo(f"{', '.join(counts)}. Er is niets gemaakt.")
    for name, fault in faults.items():
        click.echo(f"{name}: {fault.message} {fault.hint}", err=True)
    return ExitCode.OK


def _planned(standing: Standing, *, is_forced: bool) -> tuple[str, str]:
    """Return what would be done with a case, and why."""
    from wvp_docs.batch.plan import NOT_OURS

    reason = standing.reason or ("opnieuw gevraagd" if is_forced else "")
    if standing.reason in NOT_OURS:
        return "weigeren", reason
    if not reason:
        left = ("weigeren", "in een pakket staat iets anders")
        return left if standing.fault else ("overslaan", "ongewijzigd")
    return "nakijken" if standing.since and not is_forced else "maken", reason
