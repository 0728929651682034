"""What a person must look at in a spreadsheet, with sheet, row and column, and never the value."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from wvp_docs.exchange.tables import letter
from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.formats import mask_bsn

SHOWN = 100
"""The same trouble in the same column: after so many, a person looks at the column."""

_NUMBER = re.compile(r"(?<!\d)\d{8,9}(?!\d)")


class Code(StrEnum):
    """What kind of trouble it is; programs compare these."""

    VALUE = "I001"
    MEDICAL_COLUMN = "I002"
    MEDICAL_TEXT = "I003"
    NOT_LINKED = "I004"
    UNSURE = "I005"
    HIDDEN = "I006"
    NO_OUTCOME = "I007"
    NO_KEY = "I008"
    ROWS_DIFFER = "I009"
    CASE_DIFFERS = "I010"
    HEADER = "I011"
    REPAIRED = "I012"
    MERGED = "I013"
    CASE_REFUSED = "I014"
    NAME = "I015"
    MAPPING = "I016"
    SKIPPED = "I017"
    TWICE = "I018"
    ROW_ADDED = "I019"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a sheet; row and column count from 1, 0 is the whole of it."""

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def words(self) -> str:
        """The place as a sentence begins: `Blad Verzuim, cel C7`."""
        where = f"Blad {self.sheet}"
        if self.row and self.column:
            return f"{where}, cel {letter(self.column - 1)}{self.row}"
        if self.row:
            return f"{where}, rij {self.row}"
        return f"{where}, kolom {letter(self.column - 1)}" if self.column else where


@dataclass
class Notes:
    """Collects the findings about one file; of the same trouble in a column only the first ones."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    _seen: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def add(
        self,
        code: Code,
        severity: Severity,
        spot: Spot | None,
        message: str,
        hint: str = "",
        path: str = "",
    ) -> None:
        """Note something; `message` follows the place, or stands alone when there is none."""
        key = (code.value, spot.sheet, spot.column) if spot else (code.value, "", -1)
        self._seen[key] += 1
        if spot and self._seen[key] > SHOWN:
            return
        sentence = f"{spot.words}: {message}" if spot else message
        place = Place(self.file, spot.row, spot.column) if spot else Place(self.file)
        self.findings.append(
            Finding(code.value, severity, "", path, place, _masked(sentence), _masked(hint))
        )

    def finished(self) -> tuple[Finding, ...]:
        """Return what was noted, and of what was too much to name how often it happened."""
        more = []
        for (code, sheet, column), count in self._seen.items():
            if sheet and count > SHOWN:
                spot = Spot(sheet, 0, column)
                message = f"{spot.words}: hetzelfde nog {count - SHOWN} keer."
                weight = next(it.severity for it in self.findings if it.code == code)
                place = Place(self.file, 0, column)
                more.append(Finding(code, weight, "", "", place, _masked(message)))
        return (*self.findings, *more)


def _masked(text: str) -> str:
    return _NUMBER.sub(lambda number: mask_bsn(number.group()), text)
