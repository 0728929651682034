"""`wvp-docs batch`: make many dossiers, once each, whatever happens to one of them."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wvp_docs.cli import app, today_option
from wvp_docs.errors import CaseError, ExitCode

if TYPE_CHECKING:
    from wvp_docs.batch.orders import How
    from wvp_docs.batch.report import Outcome, Report
    from wvp_docs.batch.run import Setup
    from wvp_docs.batch.teams import Team
    from wvp_docs.batch.work import Kit
    from wvp_docs.casefiles import Found

FOLDER = click.Path(path_type=Path, file_okay=False)
EXECUTORS = ("serial", "processes", "dask")
TOGETHER = 8
"""Cases that share one start of a converter that is slow to start."""


@app.command(options_metavar="[OPTIES]")
@click.argument("paths", metavar="PAD...", nargs=-1)
@click.option("-o", "--out", type=FOLDER, required=True, metavar="MAP", help="Een map per casus.")
@click.option(
    "--executor",
    type=click.Choice(EXECUTORS),
    default="processes",
    metavar="|".join(EXECUTORS),
    help="Waar het werk gebeurt: hier, in processen, of op een cluster.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="AANTAL",
    help="Hoeveel casussen tegelijk (anders: zoveel als er kernen zijn).",
)
@click.option("--engine", default="rdocx", metavar="NAAM", help="rdocx, libreoffice of word.")
@click.option("--dossier", "packages", is_flag=True, help="Maak ook de drie pakketten.")
@click.option("--concept", is_flag=True, help="Maak ook wat nog niet af is, als concept.")
@click.option(
    "--bijlagen-map",
    "folders",
    type=FOLDER,
    multiple=True,
    metavar="MAP",
    help="Een map buiten de casus waar bijlagen mogen staan; mag vaker.",
)
@click.option("--only-failed", is_flag=True, help="Alleen wat de vorige keer mislukte.")
@click.option("--resume", is_flag=True, help="Ga verder met een run die is afgebroken.")
@click.option("--force", is_flag=True, help="Maak ook opnieuw wat niet is veranderd.")
@click.option("--dry-run", is_flag=True, help="Maak niets: toon wat er zou gebeuren, en waarom.")
@click.option(
    "--tijdslimiet",
    "time_limit",
    type=click.FloatRange(min=0),
    default=300,
    metavar="SECONDEN",
    help="Hoe lang een casus mag duren (0: onbeperkt).",
)
@click.option(
    "--geheugen",
    "memory",
    type=click.IntRange(min=0),
    default=0,
    metavar="MB",
    help="Hoeveel geheugen een proces mag vragen (niet op Windows).",
)
@click.option("--scheduler", default="", metavar="ADRES", help="Dask: tls://computer:8786.")
@click.option("--tls-ca", default="", metavar="BESTAND", help="Dask: het certificaat van de CA.")
@click.option("--tls-cert", default="", metavar="BESTAND", help="Dask: uw certificaat.")
@click.option("--tls-key", default="", metavar="BESTAND", help="Dask: uw sleutel.")
@click.option("--zonder-tls", "plain", is_flag=True, help="Dask: het netwerk is alleen van u.")
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
def batch(
    paths: tuple[str, ...],
    out: Path,
    executor: str,
    jobs: int | None,
    engine: str,
    packages: bool,
    concept: bool,
    folders: tuple[Path, ...],
    only_failed: bool,
    resume: bool,
    force: bool,
    dry_run: bool,
    time_limit: float,
    memory: int,
    scheduler: str,
    tls_ca: str,
    tls_cert: str,
    tls_key: str,
    plain: bool,
    strict: bool,
    today: date,
) -> int:
    """Maak veel dossiers: elk in een eigen map, en alleen wat is veranderd.

    PAD is een casus, een map, of een patroon zoals 'dossiers/*.toml'; een - leest een lijst van
    paden. Wat misgaat, komt in het verslag (report.html) en houdt de rest niet tegen.
    """
    from wvp_docs import api
    from wvp_docs.batch.cluster import Address
    from wvp_docs.batch.orders import How
    from wvp_docs.batch.run import Setup
    from wvp_docs.batch.work import Kit
    from wvp_docs.casefiles import with_names
    from wvp_docs.filling import Definitions
    from wvp_docs.pipeline import Extras
    from wvp_docs.resources import forms_folder, templates_folder
    from wvp_docs.sets.packages import Wishes

    how = How(today, engine, concept, Extras(Wishes() if packages else None))
    setup = Setup(
        out,
        how,
        Definitions(api.definitions(), templates_folder()),
        time.monotonic,
        folders,
        force,
        time_limit,
        1 if engine == "rdocx" else TOGETHER,
    )
    before = _before(out) if only_failed or resume else []
    cases = with_names(_wanted(paths, before, only_failed=only_failed))
    if dry_run:
        return _show_plan(setup, cases)
    kit = Kit(forms_folder(), templates_folder())
    size = jobs or os.cpu_count() or 1
    address = Address(scheduler, tls_ca, tls_cert, tls_key, plain)
    team = _team(executor, how, kit, size, memory * 1_000_000, address)
    return _run(setup, team, cases, strict=strict)


def _before(out: Path) -> list[tuple[str, str]]:
    """Return the cases of the last run into this folder, each with its status."""
    from wvp_docs.batch.report import REPORT, outcomes_in

    try:
        return [(file, str(status)) for file, status in outcomes_in((out / REPORT).read_bytes())]
    except (OSError, ValueError) as error:
        raise CaseError(
            f"In {out} staat geen verslag van een eerdere run.",
            hint="Geef de casussen op, zonder --resume en --only-failed.",
        ) from error


def _wanted(
    paths: tuple[str, ...], before: list[tuple[str, str]], *, only_failed: bool
) -> Iterator[Path]:
    """Yield the case files that were asked for, or those of the last run."""
    from wvp_docs.batch.report import Status
    from wvp_docs.casefiles import cases_in

    if before:
        undone = {Status.FAILED, Status.TO_DO}
        yield from (Path(file) for file, status in before if not only_failed or status in undone)
        return
    given = [line for path in paths for line in (_listed() if path == "-" else (path,))]
    if not given:
        raise CaseError(
            "Er is geen casus genoemd.", hint="Noem een map of een casus, of - voor een lijst."
        )
    for path in given:
        plain = Path(path)
        matches = sorted(glob(path, recursive=True))  # noqa: PTH207  a pattern may be absolute
        if plain.exists() or not matches:
            yield from cases_in(plain)
        else:
            for match in matches:
                yield from cases_in(Path(match))


def _listed() -> Iterator[str]:
    return (line.strip() for line in click.get_text_stream("stdin") if line.strip())


def _show_plan(setup: Setup, cases: tuple[Found, ...]) -> int:
    from wvp_docs.cli.show import show_table

    plan = setup.plan()
    rows = []
    for found in cases:
        reason = plan.standing(found).reason or ("opnieuw gevraagd" if setup.force else "")
        rows.append((found.name, "maken" if reason else "overslaan", reason or "ongewijzigd"))
    show_table(("Casus", "Wat", "Waarom"), rows)
    count = sum(what == "maken" for _, what, _ in rows)
    click.echo(f"{count} te maken, {len(rows) - count} overslaan. Er is niets gemaakt.")
    return ExitCode.OK


def _team(executor: str, how: How, kit: Kit, size: int, memory: int, address: object) -> Team:
    from wvp_docs.batch.cluster import Address, Cluster
    from wvp_docs.batch.teams import Alone, Lanes

    if executor == "serial":
        return Alone(how, kit)
    if executor == "dask" and isinstance(address, Address):
        return Cluster(how, kit, address, size)
    return Lanes(how, kit, size, memory)


def _run(setup: Setup, team: Team, cases: tuple[Found, ...], *, strict: bool) -> int:
    """Do the work, show how it goes, and leave a report, also of a run that was broken off."""
    from wvp_docs.batch.report import Outcome, Status
    from wvp_docs.batch.run import Run
    from wvp_docs.cli.progress import watched

    todo = {found.name: Outcome(found.name, str(found.path), Status.TO_DO) for found in cases}
    begun = time.monotonic()
    _leave_report(setup.out, todo, begun)
    stopped = False
    try:
        for outcome in watched(Run(setup, team).outcomes(cases), len(cases)):
            todo[outcome.name] = outcome
    except KeyboardInterrupt:
        stopped = True
    finally:
        team.close()
        report = _leave_report(setup.out, todo, begun)
    _show(report, setup.out)
    if stopped:
        return ExitCode.INTERRUPTED
    if report.count(Status.FAILED):
        return ExitCode.PARTIAL
    wrong = any(it.errors or (strict and it.warnings) for it in report.outcomes)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _leave_report(out: Path, outcomes: dict[str, Outcome], begun: float) -> Report:
    from wvp_docs.batch.report import Report
    from wvp_docs.output import write_files

    sorted_outcomes = tuple(outcomes[name] for name in sorted(outcomes))
    report = Report(sorted_outcomes, time.monotonic() - begun)
    write_files(out, report.files(), force=True)
    return report


def _show(report: Report, out: Path) -> None:
    """Say in a few lines what came of it; what failed, one line each."""
    from wvp_docs.batch.report import Status

    for outcome in report.outcomes:
        if outcome.fault:
            click.echo(
                f"Mislukt: {outcome.name} ({outcome.fault.kind}). {outcome.fault.message}", err=True
            )
    for status in Status:
        if count := report.count(status):
            click.echo(f"  {count:>6}  {status.woorden}")
    click.echo(f"Verslag: {out / 'report.html'}")
    for step in report.next_steps():
        click.echo(step)
    sys.stdout.flush()
