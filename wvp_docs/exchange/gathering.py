"""The rows of a spreadsheet put together by whom they are about, without holding them in memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from wvp_docs.exchange.notes import Spot
from wvp_docs.exchange.readings import Answer
from wvp_docs.exchange.written_dates import may_be_swapped


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, where it goes, and the cell that said so.

    Attributes:
        is_doubtful: other cells of its column show that it may be another day.
    """

    path: str
    answer: Answer
    spot: Spot
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a spreadsheet says about one case.

    Attributes:
        key: what says that it is about this one; never to be shown.
        rows: per row of the spreadsheet its answers, in the order of the file.
    """

    key: str
    rows: tuple[tuple[Said, ...], ...]


class Gathering:
    """Takes rows in any order and gives them back by case, in the order of their first rows.

    A private database of SQLite holds them: in memory while they are few, else in a file without
    a name, which is gone when this is closed.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA cache_size = -32000")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("CREATE TABLE cases (at INTEGER PRIMARY KEY, key TEXT UNIQUE)")
        self._base.execute("CREATE TABLE rows (at_case INTEGER, said TEXT)")
        self._base.execute("BEGIN")
        self._month_first: set[tuple[str, int]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._base.close()

    def doubt(self, spot: Spot) -> None:
        """Doubt every day of the column of this cell, also those that were kept before."""
        self._month_first.add((spot.sheet, spot.column))

    def add(self, key: str, said: Sequence[Said]) -> None:
        """Keep one row of the case with this key."""
        self._base.execute("INSERT OR IGNORE INTO cases (key) VALUES (?)", (key,))
        (case,) = self._base.execute("SELECT at FROM cases WHERE key = ?", (key,)).fetchone()
        plain = [
            (it.path, _packed(it.answer), it.spot.sheet, it.spot.row, it.spot.column) for it in said
        ]
        self._base.execute("INSERT INTO rows VALUES (?, ?)", (case, json.dumps(plain)))

    def cases(self) -> Iterator[Gathered]:
        """Yield every case once."""
        self._base.execute("CREATE INDEX by_case ON rows (at_case)")
        found = self._base.execute(
            "SELECT cases.key, rows.said FROM cases JOIN rows ON rows.at_case = cases.at "
            "ORDER BY cases.at, rows.rowid"
        )
        for key, rows in groupby(found, key=itemgetter(0)):
            yield Gathered(key, tuple(self._said(row[1]) for row in rows))

    def _said(self, text: str) -> tuple[Said, ...]:
        return tuple(
            self._judged(path, _unpacked(answer), Spot(sheet, row, column))
            for path, answer, sheet, row, column in json.loads(text)
        )

    def _judged(self, path: str, answer: Answer, spot: Spot) -> Said:
        is_in_doubt = (spot.sheet, spot.column) in self._month_first
        return Said(
            path, answer, spot, is_in_doubt and isinstance(answer, date) and may_be_swapped(answer)
        )


def _packed(answer: Answer) -> object:
    return {"dag": answer.isoformat()} if isinstance(answer, date) else answer


def _unpacked(answer: Any) -> Answer:
    found: Answer = date.fromisoformat(answer["dag"]) if isinstance(answer, dict) else answer
    return found
