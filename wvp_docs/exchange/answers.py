"""What all rows about one case say together: single answers, and rows of lists."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from wvp_docs.exchange.gathering import Gathered, Said
from wvp_docs.exchange.notes import Code, Notes
from wvp_docs.exchange.readings import Answer
from wvp_docs.exchange.targets import Target
from wvp_docs.exchange.written_dates import SWAPPED
from wvp_docs.findings import Severity

Name = tuple[str, ...]
"""Keys from the root, or from the row of a list."""


@dataclass
class Answers:
    """What a spreadsheet says about one case.

    Attributes:
        single: by the keys of the answer.
        rows: by the keys of a list its rows, each a mapping of keys to what was said.
    """

    single: dict[Name, Said] = field(default_factory=dict)
    rows: dict[Name, list[dict[Name, Said]]] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return a single answer that is a text, empty when it was not given."""
        said = self.single.get(tuple(path.split(".")))
        return said.answer if said and isinstance(said.answer, str) else ""

    def answer(self, path: str) -> Answer | None:
        """Return a single answer, None when it was not given."""
        said = self.single.get(tuple(path.split(".")))
        return said.answer if said else None


def plain(row: Mapping[Name, Said]) -> dict[Name, Answer]:
    """Return what a row of a list says, without where."""
    return {name: said.answer for name, said in row.items()}


def contradiction_in(case: Gathered, paths: Collection[str]) -> tuple[Said, Said] | None:
    """Return the first two rows that do not say the same at one of the paths."""
    first: dict[str, Said] = {}
    for said in (it for row in case.rows for it in row if it.path in paths):
        if first.setdefault(said.path, said).answer != said.answer:
            return first[said.path], said
    return None


def answers_of(case: Gathered, targets: Mapping[str, Target], notes: Notes) -> Answers:
    """Return the rows of one case as one; of answers that differ the first one counts."""
    found = Answers()
    for row in case.rows:
        lists: dict[Name, dict[Name, Said]] = {}
        undated: set[Name] = set()  # without its day a row of a list would come in twice
        for said in row:
            target = targets[said.path]
            if said.is_doubtful:
                what = "dit stuk van de lijst is " if target.table else ""
                clause = f"{target.field.label} {SWAPPED.message}; {what}niet overgenomen."
                notes.add(Code.VALUE, Severity.ERROR, said.spot, clause, SWAPPED.hint, said.path)
                undated.add(target.table)
            elif target.table:
                lists.setdefault(target.table, {})[target.name] = said
            else:
                _add(found, target, said, notes)
        for table, inner in lists.items():
            if table in undated:
                continue
            rows = found.rows.setdefault(table, [])
            # A report says the same row again beside each of another list.
            if plain(inner) not in map(plain, rows):
                rows.append(inner)
    return found


def _add(found: Answers, target: Target, said: Said, notes: Notes) -> None:
    first = found.single.setdefault(target.name, said)
    if first.answer != said.answer:
        notes.add(
            Code.ROWS_DIFFER,
            Severity.ERROR,
            said.spot,
            f"{target.field.label} is hier anders dan in rij {first.spot.row} van blad "
            f"{first.spot.sheet}, voor dezelfde werknemer; dat van die rij is overgenomen.",
            "Zijn het twee personen of ziekmeldingen? Geef elk een eigen dossiernummer en neem dat "
            "als sleutel in de koppeling.",
            said.path,
        )
