"""The overview as a csv that Excel in Dutch opens as it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from wvp_docs.exchange.overview import Looked, Overview, Value
from wvp_docs.timeline.steps import Status

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def overview_csv(overview: Overview, cases: Iterable[Looked]) -> bytes:
    """Return the overview with semicolons, dates as yyyy-mm-dd, in UTF-8 with the mark for Excel.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    titles = (f"{it.step}: {it.title}" if it.step else it.title for it in overview.columns())
    writer.writerow(titles)
    for looked in cases:
        writer.writerow([_plain(value) for value in overview.row(looked)])
    # The name of a folder may be no text at all.
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Status):
        return value.woorden
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text
