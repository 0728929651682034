"""Which cases a batch is about: those that the user names, or those of the run before."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Container, Iterator, Sequence
from glob import glob
from pathlib import Path

from wvp_docs.batch.report import REPORT, Report, Status, read_report, whole
from wvp_docs.casefiles import CASE, Found, cases_in, with_names
from wvp_docs.cli.batch_again import with_whole_paths
from wvp_docs.errors import CaseError
from wvp_docs.output import MANIFEST, STAGE


def report_in(out: Path) -> Report:
    """Return the report of the last run into this folder."""
    try:
        return with_whole_paths(read_report((out / REPORT).read_bytes()))
    except (OSError, ValueError) as error:
        raise CaseError(
            f"In {out} staat geen verslag van een eerdere run.",
            hint="Geef de casussen op, zonder --resume en --only-failed.",
        ) from error


def owners_in(out: Path) -> dict[str, str]:
    """Return of each folder with results the case file that it is of; empty: nobody knows."""
    try:
        known = read_report((out / REPORT).read_bytes()).owners()
    except (OSError, ValueError):
        known = {}
    return dict.fromkeys(_unnamed(out, known), "") | known


def _unnamed(out: Path, known: Container[str]) -> Iterator[str]:
    """Yield the folders with results that the report does not name."""
    try:
        folders = list(out.iterdir())
    except OSError:  # writing into it says what is wrong
        return
    for folder in folders:
        notes = (folder / MANIFEST, folder / STAGE)
        if folder.name not in known and any(map(os.path.exists, notes)):
            yield folder.name


def cases_of(paths: Sequence[str], before: Report | None) -> tuple[Found, ...]:
    """Return the cases that were asked for, or when none was named those of the last run."""
    if paths:
        if found := with_names(_named(paths)):
            return found
        raise CaseError("De lijst met casussen is leeg.", hint="Zet op elke regel een pad.")
    if before is None:
        raise CaseError(
            "Er is geen casus genoemd.", hint="Noem een map of een casus, of - voor een lijst."
        )
    return tuple(Found(outcome.name, Path(outcome.file)) for outcome in before.outcomes)


def undone(cases: Sequence[Found], before: Report) -> tuple[Found, ...]:
    """Return those of the cases that the last run did not make, by the names that they had."""
    again = {Status.FAILED, Status.TO_DO}
    failed = [outcome for outcome in before.outcomes if outcome.status in again]
    names = {whole(before.folder, outcome.file): outcome.name for outcome in failed}
    paths = {os.path.abspath(found.path): found.path for found in cases}  # noqa: PTH100  a link
    return tuple(Found(names[full], path) for full, path in paths.items() if full in names)


def _named(paths: Sequence[str]) -> Iterator[Path]:
    """Yield the case files in what the user named; a pattern may also match folders without."""
    found, empty = False, []
    for given in (line for path in paths for line in (_listed() if path == "-" else (path,))):
        # First the name itself: a folder may be called [2025].
        matches = [] if Path(given).exists() else sorted(glob(given, recursive=True))  # noqa: PTH207  may be absolute
        files = [file for match in matches or [given] for file in _in_match(Path(match))]
        found = found or bool(files)
        yield from files
        if not files:
            empty.append(Path(matches[0] if matches else given))
    if empty and not found:
        yield from cases_in(empty[0])  # says what is wrong
    # Among others one without a case is a line in the report.
    yield from (folder / CASE for folder in empty)


def _in_match(match: Path) -> Iterator[Path]:
    try:
        yield from cases_in(match)
    except CaseError:
        return


def _listed() -> Iterator[str]:
    if sys.stdin is None:  # it was closed
        return
    for line in sys.stdin.buffer:
        # A file name need not be text, so neither need a list of them.
        given = os.fsdecode(line.rstrip(b"\r\n"))
        if not Path(given).exists():
            # Notepad puts a mark before the first line, and Explorer quotes around each.
            given = re.sub(r'^\ufeff?("?)(.*)\1$', r"\2", given)
        if given.strip():
            yield given
