"""Do the dates of the documents fit the illness, and today?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from wvp_docs.checks.situation import Situation
from wvp_docs.dates import show_date
from wvp_docs.findings import Finding


def order_of_dates(situation: Situation) -> Iterator[Finding]:
    """Yield documents dated before the first sick day or after today (R011), and R002."""
    report, dossier, today = situation.report, situation.dossier, situation.today
    first_day = dossier.case.get("verzuim.eerste_ziektedag")
    if not isinstance(first_day, date) or isinstance(first_day, datetime):
        return
    if first_day > today:
        yield report.finding(
            "R002",
            "verzuim.eerste_ziektedag",
            f"De eerste ziektedag ({show_date(first_day)}) ligt in de toekomst.",
            "Kijk het jaar na.",
            "Wet WIA art. 23",
        )
        return
    for document in dossier.documents:
        day, path = document.datum, f"{document.base}.datum"
        if day and day < first_day:
            yield report.finding(
                "R011",
                path,
                f"{document.titel} is gedateerd op {show_date(day)}, "
                f"voor de eerste ziektedag ({show_date(first_day)}).",
                "Kijk beide datums na.",
            )
        elif day and day > today:
            yield report.finding(
                "R011",
                path,
                f"{document.titel} is gedateerd op {show_date(day)}; die dag is er nog niet.",
                "Kijk het jaar na, of wacht met dit document.",
            )
