"""The report of a batch as one page, which needs nothing but a browser."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from string import Template
from urllib.parse import quote

from wvp_docs.batch.report import Outcome, Report, Status
from wvp_docs.pipeline import BUNDLE

_SHOWN = 6
"""Findings of a case that are named on the page; the other forms have all."""


def html_of(report: Report) -> bytes:
    """Return the report as a page: what needs a person first, with links to the results."""
    totals = (f"<li><b>{count}</b> {status.words}</li>" for status, count in report.totals.items())
    rows = sorted(report.outcomes, key=_need)
    slow = ", ".join(f"{escape(it.name)} ({_seconds(it.seconds)} s)" for it in report.slowest)
    sums = report.sums()
    said: Mapping[str, str] = {
        "totals": "".join(totals),
        "steps": "".join(f"<p class='nodig'>{escape(step)}</p>" for step in report.next_steps()),
        "took": f"Peildatum {report.today:%d-%m-%Y}. Duur: {_seconds(report.seconds)} seconden. "
        f"{sums['documents']} documenten, {sums['pages']} bladzijden, {sums['errors']} fouten, "
        f"{sums['warnings']} waarschuwingen.",
        "slow": f"Het langst duurden: {slow}." if slow else "",
        "rows": "".join(_row(outcome) for outcome in rows),
    }
    return Template(_PAGE).substitute(said).encode("utf-8", "replace")


def _need(outcome: Outcome) -> tuple[bool, bool, int, str]:
    """Return what puts first what needs a person."""
    order = [*Status].index(outcome.status)
    return not outcome.fault, not outcome.errors, order, outcome.name


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".replace(".", ",")


def _row(outcome: Outcome) -> str:
    took = _seconds(outcome.seconds) if outcome.seconds else ""
    return (
        f"<tr><td>{_name(outcome)}<div class='klein'>{escape(outcome.file)}</div></td>"
        f"<td>{outcome.status.words}</td><td>{_why(outcome)}</td>"
        f"<td class='getal'>{outcome.errors or ''}</td>"
        f"<td class='getal'>{outcome.warnings or ''}</td>"
        f"<td class='getal'>{outcome.pages or ''}</td><td class='getal'>{took}</td></tr>"
    )


def _name(outcome: Outcome) -> str:
    """Return the name, with the way to the folder and the bundle when they are there."""
    name = f"<b>{escape(outcome.name)}</b>"
    if outcome.status in {Status.FAILED, Status.TO_DO}:
        return name
    folder = quote(outcome.name)
    bundle = f" <a href='{folder}/{BUNDLE}'>bundel</a>" if outcome.pages else ""
    return f"<a href='{folder}/'>{name}</a>{bundle}"


def _why(outcome: Outcome) -> str:
    if fault := outcome.fault:
        return f"<div class='nodig'>{escape(fault.message)}</div>{escape(fault.hint)}"
    named = sorted(outcome.findings, key=lambda it: it.severity)
    codes = ", ".join(str(it) for it in named[:_SHOWN]) + (" …" if named[_SHOWN:] else "")
    return "<br>".join(escape(said) for said in (outcome.reason, codes) if said)


_PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>Verslag van de run</title>
<meta name="viewport" content="width=device-width"><style>
body { font: 14px/1.45 Calibri, Carlito, "Segoe UI", sans-serif; color: #22292e; margin: 32px auto;
  max-width: 1080px; padding: 0 24px; }
h1 { font-size: 26px; margin: 0 0 12px; color: #1b4b5e; }
ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 0 0 8px; }
li b { font-size: 22px; display: block; color: #1b4b5e; }
a { color: #1b4b5e; }
.klein, .stil { color: #5b6770; font-size: 12.5px; overflow-wrap: anywhere; }
.nodig { color: #9a3412; font-weight: 600; }
input { font: inherit; padding: 4px 8px; width: 260px; }
table { border-collapse: collapse; width: 100%; border-top: 2px solid #1b4b5e; margin-top: 16px;
  table-layout: fixed; overflow-wrap: anywhere; }
th { text-align: left; font-size: 12.5px; color: #1b4b5e; padding: 6px 12px 6px 0;
  cursor: pointer; }
td { vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid #d3dade; }
.getal { text-align: right; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
@media print { input { display: none; } }
</style></head><body><h1>Verslag van de run</h1><ul>$totals</ul>
<p class="stil">$took $slow</p>$steps
<input type="search" placeholder="Zoek: een naam, code of status" aria-label="Zoek">
<table><colgroup><col style="width:29%"><col style="width:13%"><col style="width:34%">
<col span="4" style="width:6%"></colgroup>
<thead><tr><th>Casus</th><th>Status</th><th>Waarom</th><th class="getal">Fouten</th>
<th class="getal">Wrsch.</th><th class="getal">Blz.</th><th class="getal">Sec.</th></tr></thead>
<tbody>$rows</tbody></table><script>
const body = document.querySelector("tbody"), rows = [...body.rows];
document.querySelector("input").oninput = (event) => {
  const sought = event.target.value.toLowerCase();
  for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(sought);
};
const value = (row, at) => row.cells[at].textContent;
const number = (row, at) => parseFloat(value(row, at).replace(",", ".")) || 0;
document.querySelectorAll("th").forEach((head, at) => head.onclick = () => {
  rows.sort((one, other) => head.className ? number(other, at) - number(one, at)
    : value(one, at).localeCompare(value(other, at), "nl"));
  body.append(...rows);
});
</script></body></html>
"""
