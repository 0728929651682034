"""What all rows about one case say together: single answers, and rows of lists."""

from __future__ import annotations

from collections.abc import Mapping
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
        rows: by the keys of a list its rows, each a mapping of keys to answer.
    """

    single: dict[Name, Said] = field(default_factory=dict)
    rows: dict[Name, list[dict[Name, Answer]]] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return a single answer that is a text, empty when it was not given."""
        said = self.single.get(tuple(path.split(".")))
        return said.answer if said and isinstance(said.answer, str) else ""

    def answer(self, path: str) -> Answer | None:
        """Return a single answer, None when it was not given."""
        said = self.single.get(tuple(path.split(".")))
        return said.answer if said else None


def answers_of(case: Gathered, targets: Mapping[str, Target], notes: Notes) -> Answers:
    """Return the rows of one case as one; of rows that contradict each other the first counts."""
    found = Answers()
    for row in case.rows:
        lists: dict[Name, dict[Name, Answer]] = {}
        undated: set[Name] = set()  # without its day a row of a list would come in twice
        for said in row:
            target = targets[said.path]
            if said.is_doubtful:
                what = "dit stuk van de lijst is " if target.table else ""
                clause = f"{target.field.label} {SWAPPED.message}; {what}niet overgenomen."
                notes.add(Code.VALUE, Severity.ERROR, said.spot, clause, SWAPPED.hint, said.path)
                undated.add(target.table)
            elif target.table:
                lists.setdefault(target.table, {})[target.name] = said.answer
            else:
                _add(found, target, said, notes)
        for table, answers in lists.items():
            if table in undated:
                continue
            rows = found.rows.setdefault(table, [])
            if answers not in rows:  # a report says the same row again beside each of another list
                rows.append(answers)
    return found


def _add(found: Answers, target: Target, said: Said, notes: Notes) -> None:
    first = found.single.setdefault(target.name, said)
    if first.answer != said.answer:
        notes.add(
            Code.ROWS_DIFFER,
            Severity.ERROR,
            said.spot,
            f"{target.field.label} is hier anders dan in rij {first.spot.row} van blad "
            f"{first.spot.sheet}, voor dezelfde werknemer; de eerste rij is overgenomen.",
            "Zijn het twee ziekmeldingen? Geef elk een eigen dossiernummer en neem dat als sleutel "
            "in de koppeling.",
            said.path,
        )
