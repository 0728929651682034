"""`wvp-docs doctor`: is everything here that a build needs?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from wvp_docs import __version__
from wvp_docs.cli import app, format_option
from wvp_docs.errors import ExitCode


@app.command(options_metavar="[OPTIES]")
@format_option
def doctor(style: str) -> int:
    """Kijk of deze computer alles heeft wat nodig is."""
    from wvp_docs.health import examine_machine
    from wvp_docs.resources import forms_folder, templates_folder

    found = list(examine_machine(forms_folder(), templates_folder(), Path.cwd()))
    if style == "json":
        report = {"version": __version__, "parts": [asdict(item) for item in found]}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo(f"wvp-docs {__version__}")
        for item in found:
            mark = "goed " if item.sound else "FOUT " if item.needed else "niet "
            click.echo(f"  {mark} {item.name}: {item.message}")
            if not item.sound and item.hint:
                click.echo(f"        {item.hint}")
    broken = any(item.needed and not item.sound for item in found)
    return ExitCode.ENGINE if broken else ExitCode.OK
