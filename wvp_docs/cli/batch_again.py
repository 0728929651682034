"""What a batch goes by of the run before it: its report, and the options with which it was."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from wvp_docs.cli.given import UsageError
from wvp_docs.formats import enumerate_nl

if TYPE_CHECKING:
    from wvp_docs.batch.report import Report

_FREE = frozenset(
    {
        *("paths", "out", "only_failed", "resume", "force", "dry_run", "strict", "today"),
        *("executor", "jobs", "time_limit", "memory"),
        *("scheduler", "tls_ca", "tls_cert", "tls_key", "plain"),
        "passwords_file",
    }
)
"""Options that say who does the work and how far it goes, and not what is made.

One that holds a secret belongs here too, and one with the file of it, which may be gone: all others
are written into the report.
"""


class Resumable(click.Command):
    """A command that goes on with what an earlier run was asked, and notes what it was asked."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; of `--resume` and `--only-failed` with the options of that run."""
        from wvp_docs.batch.lock import alone_in
        from wvp_docs.cli.batch_cases import report_in

        if not ctx.params["dry_run"]:  # before the report is read, which the other run changes
            ctx.with_resource(alone_in(ctx.params["out"]))
        if ctx.params["resume"] or ctx.params["only_failed"]:
            ctx.obj = report_in(ctx.params["out"])
            _take_over(ctx, ctx.obj)
        return super().invoke(ctx)


def noted(ctx: click.Context) -> dict[str, object]:
    """Return the options that decide what is made, as the report keeps them."""
    return {name: _plain(value) for name, value in ctx.params.items() if name not in _FREE}


def _take_over(ctx: click.Context, before: Report) -> None:
    """Give each option the value that it had.

    Raises:
        UsageError: one was given, and it was another one.
    """
    had = {name: value for name, value in before.options.items() if name not in _FREE}
    if ctx.params["resume"]:
        had = {**had, "today": before.today.isoformat()}
    for option in ctx.command.params:
        name = option.name or ""
        if name not in had or _plain(ctx.params[name]) == had[name]:
            continue
        if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise UsageError(
                f"{option.opts[0]} was in de vorige run anders: {_in_words(had[name])}.",
                hint="Laat de optie weg, want --resume en --only-failed nemen die van toen over. "
                "Wilt u het echt anders, geef dan de casussen op, zonder --resume en "
                "--only-failed.",
            )
        ctx.params[name] = option.type_cast_value(ctx, had[name])


def _in_words(value: object) -> str:
    """Return the value of an option as JSON has it, as a person says it."""
    if isinstance(value, bool) or not value:
        return "gegeven" if value else "niet gegeven"
    return enumerate_nl([*map(str, value)]) if isinstance(value, list) else str(value)


def _plain(value: object) -> object:
    """Return the value of an option as JSON has it, and of a path the whole."""
    if isinstance(value, Path):
        return os.path.abspath(value)  # noqa: PTH100  a link keeps its name
    if isinstance(value, date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def with_whole_paths(report: Report) -> Report:
    """Return a report of which the case files are found from any folder."""
    if report.folder == str(Path.cwd()):
        return report
    found = (replace(it, file=str(Path(report.folder, it.file))) for it in report.outcomes)
    return replace(report, outcomes=tuple(found))
