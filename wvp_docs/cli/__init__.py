"""The command line: the only room that prints, exits or asks what day it is.

One file per command. What a command needs is imported when it runs, so that help is quick.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from typing import Any

import click

from wvp_docs import __version__
from wvp_docs.cli.dutch import speak_dutch
from wvp_docs.errors import ExitCode, WvpError

# Before the first command is declared: click looks some of its words up then.
speak_dutch()

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class App(click.Group):
    """Turns faults into a sentence on stderr and an exit code; bugs keep their traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT002  click's own signature
        **extra: Any,
    ) -> Any:
        """Run a command; exit with its code, or return it when not standalone."""
        code = self._run(args, prog_name, complete_var, extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(
        self,
        args: Sequence[str] | None,
        prog_name: str | None,
        complete_var: str | None,
        extra: dict[str, Any],
    ) -> int:
        try:
            done = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as fault:
            fault.show()
            return fault.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("Afgebroken. Wat er al stond, is niet veranderd.", err=True)
            return ExitCode.INTERRUPTED
        except BrokenPipeError:
            # The reader of our output has left, as `| head` does; there is nobody to tell.
            sys.stderr.close()
            return ExitCode.OK
        except WvpError as fault:
            click.echo(f"Fout: {fault}", err=True)
            if fault.hint:
                click.echo(f"      {fault.hint}", err=True)
            return fault.exit_code
        return done if isinstance(done, int) else ExitCode.OK


@click.group(
    cls=App,
    context_settings=CONTEXT,
    subcommand_metavar="OPDRACHT [ARGUMENTEN]...",
    options_metavar="[OPTIES]",
)
@click.version_option(
    __version__, "--version", prog_name="wvp-docs", message="%(prog)s %(version)s"
)
def app() -> None:
    """Van één casusbestand naar het hele WVP-dossier, in Word en PDF.

    Begin met: wvp-docs new case.toml
    """


class Day(click.ParamType[date]):
    """A date on the command line, as the case file writes it."""

    name = "jjjj-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or say how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value} is geen datum. Schrijf jjjj-mm-dd, zoals 2026-03-05.", param, ctx)


def today_option(command: Any) -> Any:
    """Add `--peildatum`, which is today when it is left out."""
    return click.option(
        "--peildatum",
        "today",
        type=Day(),
        metavar="jjjj-mm-dd",
        default=date.today,
        help="De dag waarop de casus wordt beoordeeld (anders: vandaag).",
    )(command)


def format_option(command: Any) -> Any:
    """Add `--format text|json`."""
    return click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json"]),
        default="text",
        metavar="text|json",
        help="Voor mensen of voor programma's.",
    )(command)


def main() -> None:
    """Run the command line of this process."""
    from wvp_docs.cli import (  # noqa: F401  they register
        batch,
        build,
        check,
        doctor,
        explain,
        export,
        forms,
        import_,
        new,
        template,
        template_check,
        template_diff,
        template_export,
        template_fields,
        template_preview,
        template_test,
        timeline,
        verify,
    )

    _let_all_stop_as_ctrl_c_does()
    _print_every_sign()
    app()


def _print_every_sign() -> None:
    """Print a question mark for what a pipe cannot hold: in Windows that has few signs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # none at all where there is no console
            stream.reconfigure(errors="replace")


def _let_all_stop_as_ctrl_c_does() -> None:
    """Put away what is half made too when a service is stopped or a terminal is closed."""
    for name in ("SIGTERM", "SIGHUP"):
        sign = getattr(signal, name, None)
        # What `nohup` has set aside stays aside.
        if sign and signal.getsignal(sign) is signal.SIG_DFL:
            signal.signal(sign, signal.default_int_handler)
