"""`wvp-docs check`: say what is missing or wrong in a case, and where."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from wvp_docs.cli import app, format_option, today_option
from wvp_docs.errors import ExitCode


@app.command(options_metavar="[OPTIES]")
@click.argument("case_file", metavar="CASUS", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Laat ook een waarschuwing gelden als fout (code 3).")
@today_option
@format_option
def check(case_file: Path, strict: bool, today: date, style: str) -> int:
    """Kijk een casus na: wat ontbreekt, wat klopt niet, en waar staat het."""
    from wvp_docs import api
    from wvp_docs.cli.show import show_findings
    from wvp_docs.findings import Severity

    findings = api.check(api.load(case_file), today=today)
    if style == "json":
        click.echo(
            json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False, indent=2)
        )
    else:
        show_findings(findings, to_stdout=True)
        if not findings:
            click.echo(f"{case_file}: niets gevonden. Alles wat er moet staan, staat er.")
    heavy = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return (
        ExitCode.FINDINGS if any(finding.severity in heavy for finding in findings) else ExitCode.OK
    )
