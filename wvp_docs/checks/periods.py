"""Do the periods of recovery and leave fit each other and the illness?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wvp_docs.checks.answers import FIRST_SICK_DAY, day, day_at
from wvp_docs.checks.situation import Situation
from wvp_docs.dates import LEAVE, NEW_CASE_AFTER, RECOVERY, plus, show_date
from wvp_docs.findings import Finding, Severity

LAW = "Wet WIA art. 23 lid 3; Burgerlijk Wetboek art. 7:629 lid 10"
LAW_OF_LEAVE = "Wet WIA art. 23 lid 5"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the case: days that do not count, from `first` up to but not including `until`."""

    path: str
    reason: str
    first: date
    until: date

    @property
    def begins(self) -> str:
        """Where its first day stands."""
        return f"{self.path}.{'hersteld_vanaf' if self.reason == RECOVERY else 'van'}"

    @property
    def ends(self) -> str:
        """Where its end stands."""
        return f"{self.path}.{'weer_ziek_vanaf' if self.reason == RECOVERY else 'tot_en_met'}"

    @property
    def words(self) -> str:
        """The row in a sentence."""
        return f"{'het herstel' if self.reason == RECOVERY else 'het verlof'} dat begint op " + (
            show_date(self.first)
        )


def periods(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the recoveries and leaves (R009), and what they mean (R010)."""
    first_day = day_at(situation, FIRST_SICK_DAY)
    if first_day is None or first_day > situation.today:
        return
    rows = [*_rows(situation)]
    sound = [row for row in rows if row.first < row.until and row.first > first_day]
    yield from _ends_before_it_begins(situation, rows)
    yield from _begins_before_the_illness(situation, rows, first_day)
    yield from _out_of_order(situation, sound)
    yield from _overlap(situation, sound)
    for row in sound:
        if row.reason == LEAVE:
            yield from _another_cause(situation, row)
        elif row.until > situation.today:
            yield from _ill_again_in_the_future(situation, row)
        elif row.until - row.first >= NEW_CASE_AFTER:
            yield from _new_case(situation, row)


def _rows(situation: Situation) -> Iterator[_Row]:
    case = situation.dossier.case
    for table, reason in (("onderbrekingen", RECOVERY), ("verlof", LEAVE)):
        value = case.get(f"verzuim.{table}")
        for at, row in enumerate(value if isinstance(value, tuple) else ()):
            answers = row if isinstance(row, Mapping) else {}
            names = ("hersteld_vanaf", "weer_ziek_vanaf") if reason == RECOVERY else _LEAVE_NAMES
            first, last = (day(answers.get(name)) for name in names)
            if first and last:
                until = last if reason == RECOVERY else plus(last, 1)
                yield _Row(f"verzuim.{table}[{at}]", reason, first, until)


_LEAVE_NAMES = ("van", "tot_en_met")


def _ends_before_it_begins(situation: Situation, rows: Iterable[_Row]) -> Iterator[Finding]:
    for row in rows:
        if row.first >= row.until:
            what = (
                "Weer ziek is niet later dan hersteld"
                if row.reason == RECOVERY
                else "Het verlof eindigt voor het begint"
            )
            yield situation.report.finding(
                "R009",
                row.ends,
                f"{what}: kijk naar {row.words}.",
                "Kijk beide datums na.",
                LAW if row.reason == RECOVERY else LAW_OF_LEAVE,
                also=row.begins,
            )


def _begins_before_the_illness(
    situation: Situation, rows: Iterable[_Row], first_day: date
) -> Iterator[Finding]:
    for row in rows:
        if row.first <= first_day and row.first < row.until:
            yield situation.report.finding(
                "R009",
                row.begins,
                f"{row.words.capitalize()}, ligt niet na de eerste ziektedag "
                f"({show_date(first_day)}).",
                "Laat deze periode weg, of kijk beide datums na.",
                LAW if row.reason == RECOVERY else LAW_OF_LEAVE,
                also=FIRST_SICK_DAY,
            )


def _out_of_order(situation: Situation, rows: Iterable[_Row]) -> Iterator[Finding]:
    """Say which row comes too late in its table; two that overlap are said to do that."""
    for before, row in pairwise(rows):
        if before.reason == row.reason and row.until <= before.first:
            yield situation.report.finding(
                "R009",
                row.begins,
                f"De perioden staan niet op volgorde: {row.words}, hoort voor {before.words}.",
                "Zet de oudste periode bovenaan, of kijk de datums na.",
                LAW if row.reason == RECOVERY else LAW_OF_LEAVE,
                also=before.begins,
            )


def _overlap(situation: Situation, rows: Iterable[_Row]) -> Iterator[Finding]:
    last: _Row | None = None
    for row in sorted(rows, key=lambda row: (row.first, row.until)):
        if last and row.first < last.until:
            yield situation.report.finding(
                "R009",
                row.begins,
                f"Twee perioden overlappen elkaar: {last.words}, en {row.words}.",
                "Elke dag hoort in één periode. Kijk de datums na.",
                LAW,
                also=last.begins,
            )
        elif last and row.first == last.until and row.reason == last.reason == RECOVERY:
            yield situation.report.finding(
                "R009",
                row.begins,
                f"Tussen twee perioden van herstel zit geen ziektedag: {last.words}, en "
                f"{row.words}.",
                "Maak er één periode van, of kijk de datums na.",
                LAW,
                also=last.ends,
            )
        if last is None or row.until > last.until:
            last = row


def _ill_again_in_the_future(situation: Situation, row: _Row) -> Iterator[Finding]:
    yield situation.report.finding(
        "R009",
        row.ends,
        f"De werknemer is volgens de casus weer ziek vanaf {show_date(row.until)}; die dag is er "
        "nog niet.",
        "Kijk het jaar na, of laat deze periode weg tot de werknemer weer ziek is.",
        LAW,
        Severity.WARNING,
    )


def _new_case(situation: Situation, row: _Row) -> Iterator[Finding]:
    """Say that another period begins, unless R085 says so of the documents of before it."""
    if any((day(it.datum) or row.until) < row.until for it in situation.documents()):
        return
    yield situation.report.finding(
        "R009",
        row.begins,
        f"Het herstel duurde {(row.until - row.first).days} dagen. Na vier weken herstel begint "
        f"een nieuwe periode: alle termijnen tellen vanaf {show_date(row.until)}.",
        f"Maak een nieuwe casus met {show_date(row.until)} als eerste ziektedag, of kijk de datums "
        "na.",
        LAW,
        Severity.WARNING,
        also=row.ends,
    )


def _another_cause(situation: Situation, row: _Row) -> Iterator[Finding]:
    """Say what it means when the illness after a leave is not that of before it (R010)."""
    path = f"{row.path}.zelfde_oorzaak"
    if situation.dossier.case.get(path) is False:
        yield situation.report.finding(
            "R010",
            path,
            f"Na het verlof begint een nieuwe periode: alle termijnen tellen vanaf "
            f"{show_date(row.until)}.",
            "Klopt dat niet volgens de bedrijfsarts, maak er dan true van.",
            LAW_OF_LEAVE,
            Severity.INFO,
        )
