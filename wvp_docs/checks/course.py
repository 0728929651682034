"""The course of a case as its documents tell it: what was advised, agreed and worked, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from wvp_docs.checks.answers import dated, number
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Document

ANALYSES = ("probleemanalyse", "bijstelling_probleemanalyse")
OPINION = "actueel_oordeel"
JUDGEMENTS = (*ANALYSES, OPINION)
"""The documents of the bedrijfsarts."""

PLAN = "plan_van_aanpak"
ADJUSTED_PLAN = "bijstelling_plan_van_aanpak"
FIRST_YEAR = "eerstejaarsevaluatie"
FINAL = "eindevaluatie"
TALK = "voortgangsverslag"
PLANS = (PLAN, ADJUSTED_PLAN, FIRST_YEAR)
"""The documents in which employer and employee agree on a goal and on activities."""

WORK_SEEN = (ADJUSTED_PLAN, TALK, FIRST_YEAR, FINAL)
"""The documents that say how much is worked."""

POSSIBLE = "ja"
AGREED = frozenset({"activiteit", "wie", "planning"})
REPORTED = frozenset({"activiteit", "uitgevoerd"})
"""Columns by which a table of agreements and one of results is known."""

_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MONTH_NAMES = "|".join(_MONTHS)
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:[-/.](\d{{1,2}})[-/.]|\s+({MONTH_NAMES})\s+)(\d{{4}})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A document with a date that can be true."""

    document: Document
    day: date

    def at(self, name: str) -> str:
        """Return the path of one of its answers."""
        return f"{self.document.base}.{name}"

    @property
    def hours(self) -> float | None:
        """How many hours a week are worked by then; 0 when nothing is, None when unknown."""
        works = self.document.answer("werkt_nu")
        if works is False:
            return 0.0
        return number(self.document.answer("uren_per_week")) if works is True else None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of agreements or results."""

    path: str
    table: str
    answers: Mapping[str, object]


def moments(situation: Situation, *forms: str) -> tuple[Moment, ...]:
    """Return the documents of these forms with a sound date, oldest first."""
    found = [
        Moment(document, made)
        for document in situation.documents(*forms)
        if (made := dated(situation, document))
    ]
    return tuple(sorted(found, key=lambda moment: moment.day))


def advice_on(situation: Situation, day: date, *forms: str) -> Moment | None:
    """Return the latest document of the bedrijfsarts of that day or before it."""
    known = moments(situation, *(forms or JUDGEMENTS))
    return next((moment for moment in reversed(known) if moment.day <= day), None)


def rows_of(situation: Situation, document: Document, columns: frozenset[str]) -> Iterator[Row]:
    """Yield the rows of every table of the document that has these columns."""
    for field in document.form.own_fields():
        if field.soort == "tabel" and columns <= {column.naam for column in field.kolommen}:
            value = situation.dossier.case.get(document.path(field))
            for at, row in enumerate(value if isinstance(value, tuple) else ()):
                if isinstance(row, Mapping):
                    yield Row(f"{document.path(field)}[{at}]", field.naam, row)


def choices(value: object) -> frozenset[str]:
    """Return the keys that were ticked; what is no key is left out."""
    items = value if isinstance(value, tuple) else ()
    return frozenset(item for item in items if isinstance(item, str))


def days_in(text: str) -> tuple[date, ...]:
    """Return the days that a text names: `04-03-2024` and `4 maart 2024`."""
    found = []
    for day, month, name, year in _DAY.findall(text):
        at = int(month) if month else _MONTHS.index(name.lower()) + 1
        try:
            found.append(date(int(year), at, int(day)))
        except ValueError:
            continue
    return tuple(found)
