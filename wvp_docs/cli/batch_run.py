"""The run of a batch as a person sees it: how far it is, a report, and a few last lines."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click

from wvp_docs.batch.aside import Aside
from wvp_docs.batch.cluster import Address, Cluster
from wvp_docs.batch.lanes import Lane, Lanes
from wvp_docs.batch.orders import How
from wvp_docs.batch.report import Outcome, Report, Status, whole
from wvp_docs.batch.report_files import report_files
from wvp_docs.batch.run import Run, Setup
from wvp_docs.batch.teams import Alone, Team
from wvp_docs.batch.work import Kit
from wvp_docs.casefiles import Found
from wvp_docs.cli.progress import watched
from wvp_docs.cli.show import show_table
from wvp_docs.errors import ExitCode
from wvp_docs.output import write_file, write_files
from wvp_docs.resources import forms_folder, templates_folder

ROOM, MOST_ROOM = 4096, 64_000_000
"""Bytes for each case, and in all, that are kept for the report on a disk that gets full."""

_ROOM_FILE = ".wvp-docs-ruimte"

SHOWN = 20
"""Failed cases that are named at the end; the report has all of them."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does the work: where, how many at a time, and with how many bytes each."""

    executor: str
    size: int
    memory: int
    address: Address


@dataclass(frozen=True, slots=True)
class Past:
    """What the report tells besides the outcomes of this run.

    Attributes:
        kept: outcomes of the run before that stay.
        options: what was asked, to be asked again.
        strict: a warning counts as an error.
    """

    kept: Sequence[Outcome]
    options: Mapping[str, object]
    strict: bool


def _team(hands: Hands, how: How) -> Team:
    kit = Kit(forms_folder(), templates_folder())
    if hands.executor == "serial":
        return Alone(how, kit)
    if hands.executor == "dask":
        return Cluster(how, kit, hands.address, hands.size)
    return Lanes(how, kit, hands.size, hands.memory)


@contextmanager
def _aside(hands: Hands, setup: Setup) -> Iterator[Aside | None]:
    """Give what reads the files that may go nowhere, unless all is done in one process."""
    if hands.executor == "serial":
        yield None
        return
    lane = Lane(Kit(forms_folder(), templates_folder()), hands.memory)
    with closing(Aside(lane, setup.clock, setup.time_limit)) as apart:
        yield apart


def run(setup: Setup, hands: Hands, cases: Sequence[Found], past: Past) -> int:
    """Do the work, show how it goes, and leave a report, also of a run that was broken off."""
    told = {outcome.name: outcome for outcome in past.kept}
    told |= {found.name: Outcome(found.name, str(found.path), Status.TO_DO) for found in cases}
    begun = time.monotonic()
    stopped = False
    with closing(_team(hands, setup.how)) as team, _aside(hands, setup) as apart:
        work = Run(setup, team, apart)
        _leave(_report(setup, told, past, begun), setup.out)
        room = setup.out / _ROOM_FILE
        write_file(room, bytes(min(ROOM * len(told), MOST_ROOM)), force=True)
        try:
            with closing(work.outcomes(cases)) as outcomes:
                for outcome in watched(outcomes, len(cases)):
                    told[outcome.name] = outcome
        except KeyboardInterrupt:
            stopped = True
        finally:
            report = _report(setup, told, past, begun)
            done = sum(told[found.name].status is not Status.TO_DO for found in cases)
            with suppress(OSError):
                room.unlink(missing_ok=True)
            left = False
            try:
                _leave(report, setup.out)
                left = True
            finally:
                _show(report, setup.out / "report.html" if left else None, done)
    return ExitCode.INTERRUPTED if stopped else _exit_code(report)


def _exit_code(report: Report) -> int:
    if report.count(Status.FAILED):
        return ExitCode.PARTIAL
    wrong = any(it.errors or (report.strict and it.warnings) for it in report.outcomes)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _report(setup: Setup, told: Mapping[str, Outcome], past: Past, begun: float) -> Report:
    took, here = time.monotonic() - begun, str(Path.cwd())
    outcomes = tuple(told[name] for name in sorted(told))
    cases = {whole(here, outcome.file) for outcome in outcomes}
    others = {
        name: owner
        for name, owner in sorted(setup.owners.items())
        if not _is_of(told.get(name), owner, here) and (setup.out / name).exists()
    }
    strays = [name for name, owner in others.items() if name not in told]
    strays = [name for name in strays if others[name] in cases or not Path(others[name]).exists()]
    return Report(
        outcomes,
        setup.how.today,
        took,
        past.options,
        here,
        others,
        tuple(strays),
        past.strict,
        bool(setup.how.extras.passwords),
    )


def _is_of(outcome: Outcome | None, owner: str, here: str) -> bool:
    """Whether a folder is of the case of this outcome now, whoever it was of before."""
    if outcome is None:
        return False
    is_made = outcome.status not in {Status.FAILED, Status.TO_DO}
    return is_made or whole(here, outcome.file) == owner


def _leave(report: Report, out: Path) -> None:
    write_files(out, report_files(report), force=True)


_HEADINGS = ("Status", "Casussen", "Documenten", "Bladzijden", "Fouten", "Waarschuwingen")


def _line(report: Report, status: Status) -> tuple[str, ...]:
    """Return a row of the table: how much there is of the cases with a status."""
    own = replace(report, outcomes=tuple(it for it in report.outcomes if it.status is status))
    return (status.words, *map(str, (len(own.outcomes), *own.sums().values())))


def _show(report: Report, page: Path | None, count: int) -> None:
    """Say in a few lines what came of so many cases; what failed, with what to do.

    Args:
        report: what came of all.
        page: the report, if it could be written: without it, this is all there is.
        count: how many cases were looked at.
    """
    failed = [outcome for outcome in report.outcomes if outcome.status is Status.FAILED]
    for outcome in failed[:SHOWN] if page else failed:
        if outcome.fault:
            said = f"Mislukt: {outcome.name} ({outcome.fault.kind}). {outcome.fault.message}"
            click.echo(said, err=True)
            if outcome.fault.hint:
                click.echo(f"  → {outcome.fault.hint}", err=True)
    if page and len(failed) > SHOWN:
        click.echo(f"En nog {len(failed) - SHOWN}: zie het verslag.", err=True)
    many = "1 dossier" if count == 1 else f"{count} dossiers"
    rate = f"{count / max(report.seconds, 0.001):.1f}".replace(".", ",")
    click.echo(f"{many} in {report.seconds:.0f} seconden, {rate} per seconde.")
    show_table(_HEADINGS, [_line(report, status) for status in report.totals])
    if report.slowest:
        slow = (f"{it.name} ({it.seconds:.1f} s)".replace(".", ",") for it in report.slowest[:3])
        click.echo(f"Het langst duurden: {', '.join(slow)}.")
    if page:
        click.echo(f"Verslag: {page}")
    for step in report.next_steps():
        click.echo(step)
