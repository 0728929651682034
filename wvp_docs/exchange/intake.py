"""Every row of a spreadsheet read: what it says goes to its case, what it cannot say is noted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wvp_docs.exchange.columns import STAFF_NUMBER, Names
from wvp_docs.exchange.gathering import Gathering, Said
from wvp_docs.exchange.headers import Header
from wvp_docs.exchange.mapping import BSN, CASE_NUMBER
from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.own_overview import is_own_reference
from wvp_docs.exchange.readings import NO_OUTCOME, folded, number_error_of, read_cell
from wvp_docs.exchange.tables import Row, Sheet, text_of
from wvp_docs.exchange.targets import Target
from wvp_docs.exchange.written_dates import MONTH_FIRST
from wvp_docs.finder import POSITIONS, Hit
from wvp_docs.findings import Severity
from wvp_docs.formats import show_digits
from wvp_docs.kinds import KINDS, Problem

_FREE = frozenset({"tekst", "alinea", "bestand"})
_ATTACHMENT = "bijlage"
_NO_NAMES = frozenset({"adres", "plaats", "functie", "dossiernummer"})
"""Short fields in which nobody is called something."""
_ILLS = frozenset({"ziekte", "klacht", "zwangerschap"})
"""Kinds of words that are no job."""
_LONGEST_END = 3
"""Letters behind a part of a word that the list has: `depressi`, `depressie`."""
_OURS = Problem(
    "is geen dossiernummer: zo noemt wvp-docs een casus die er geen heeft",
    "Geef die casus een eigen dossiernummer, of kies in de koppeling een andere sleutel.",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one sheet is read.

    Attributes:
        columns: by column from 0 where it goes.
        key: the column that says what a row is about.
        key_kind: path of what that column holds, or `STAFF_NUMBER`.
    """

    sheet: Sheet
    header: Header
    columns: Mapping[int, Target]
    key: int
    key_kind: str


class Intake:
    """Reads sheets into a gathering."""

    def __init__(self, names: Names, gathering: Gathering, notes: Notes) -> None:
        self.names = names
        self.gathering = gathering
        self.notes = notes

    def read(self, plan: Plan) -> None:
        """Read every row below the header."""
        titles = {at: text.lower() for at, text in plan.header.titles.items()}
        for row in plan.sheet.rows():
            if row.number <= plan.header.row or row.is_empty:
                continue
            if all(_shown(row, at).lower() == title for at, title in titles.items()):
                continue  # the header again, as on every page of a report
            key = self._key(plan, row)
            if key:
                self.gathering.add(key, self._dated(plan, row))

    def _key(self, plan: Plan, row: Row) -> str:
        """Return what the row is about, empty when it does not say so."""
        text = _shown(row, plan.key)
        spot = Spot(plan.sheet.name, row.number, plan.key + 1)
        if not text or folded(text) in self.names.words.totals:
            if self._is_total(row):
                said = "een rij die optelt; niet overgenomen."
                self.notes.add(Code.SKIPPED, Severity.INFO, Spot(spot.sheet, row.number), said)
            elif self._says_something(plan, row):
                what = _KEY_WORDS[plan.key_kind]
                said = f"hier ontbreekt {what}; de rij is niet overgenomen."
                hint = "Vul het in, ook als de rij bij de werknemer erboven hoort."
                self.notes.add(Code.NO_KEY, Severity.ERROR, spot, said, hint)
            return ""
        wrong = number_error_of(row.cells[plan.key])
        if plan.key_kind == CASE_NUMBER and is_own_reference(text):
            wrong = _OURS
        if wrong:
            said = f"dit {wrong.message}; de rij is niet overgenomen."
            self.notes.add(Code.NO_KEY, Severity.ERROR, spot, said, wrong.hint)
            return ""
        if plan.key_kind != BSN:
            return text
        key = show_digits(text).zfill(9)
        if KINDS["bsn"].problem(key, {}):
            said = "dit BSN klopt niet; de rij is niet overgenomen."
            hint = "Een BSN heeft negen cijfers en voldoet aan de 11-proef. Kijk het nummer na."
            self.notes.add(Code.NO_KEY, Severity.ERROR, spot, said, hint)
            return ""
        return key

    def _is_total(self, row: Row) -> bool:
        first = next((it for it in row.cells if isinstance(it, str)), "")
        words = folded(first).split()
        return bool(words) and words[0] in self.names.words.totals

    @staticmethod
    def _says_something(plan: Plan, row: Row) -> bool:
        return any(_shown(row, at) for at in plan.columns)

    def _dated(self, plan: Plan, row: Row) -> tuple[Said, ...]:
        """Return what a row says; a row of a list waits for its day, or it would come in twice."""
        undated: set[tuple[str, ...]] = set()
        targets, said = self.names.targets, tuple(self._said(plan, row, undated))
        return tuple(it for it in said if targets[it.path].table not in undated)

    def _said(self, plan: Plan, row: Row, undated: set[tuple[str, ...]]) -> Iterator[Said]:
        for at, target in plan.columns.items():
            cell = row.cells[at] if at < len(row.cells) else None
            spot = Spot(plan.sheet.name, row.number, at + 1)
            found = read_cell(cell, target.field)
            if target.path == CASE_NUMBER and is_own_reference(text_of(cell)):
                found = _OURS
            if isinstance(found, Problem):
                is_day = bool(target.table) and target.field.soort == "datum"
                what = "dit stuk van de lijst is " if is_day else ""
                said = f"{target.field.label} {found.message}; {what}niet overgenomen."
                code = Code.NO_OUTCOME if found is NO_OUTCOME else Code.VALUE
                self.notes.add(code, Severity.ERROR, spot, said, found.hint, target.path)
                if is_day:
                    undated.add(target.table)
                if found is MONTH_FIRST:
                    self.gathering.doubt(spot)
                continue
            if found.repaired:
                said = f"{target.field.label}: {found.repaired}."
                self.notes.add(Code.REPAIRED, Severity.INFO, spot, said, path=target.path)
            if found.answer is not None and not self._is_medical(found.answer, target, spot):
                yield Said(target.path, found.answer, spot)

    def _is_medical(self, answer: object, target: Target, spot: Spot) -> bool:
        """Return whether a text holds a word that an employer may not keep, and note it."""
        if not isinstance(answer, str) or target.field.soort not in _FREE:
            return False
        hit = next(self._hits(answer, target), None)
        if hit:
            said = f"hier staat een woord over {hit.kind.naam}; de cel is niet overgenomen."
            self.notes.add(
                Code.MEDICAL_TEXT, Severity.WARNING, spot, said, hit.kind.alternatief, target.path
            )
        return hit is not None

    def _hits(self, text: str, target: Target) -> Iterator[Hit]:
        lexicon = self.names.lexicon
        group, name = target.path.partition(".")[0].removesuffix("[]"), target.field.naam
        is_paper, is_job = group == _ATTACHMENT, group == "functie"
        is_skipped = not is_paper and (
            group in lexicon.skipped_groups or name in lexicon.skipped_fields
        )
        for hit in lexicon.hits(text, attachment=is_paper):
            is_free = not (is_skipped or (is_job and hit.kind.about_work))
            if is_free or ((is_job or name in _NO_NAMES) and _is_all(hit, text)):
                yield hit


_KEY_WORDS = {
    BSN: "het BSN",
    STAFF_NUMBER: "het personeelsnummer",
    CASE_NUMBER: "het dossiernummer",
}


def _is_all(hit: Hit, text: str) -> bool:
    """Return whether a cell says an illness and nothing else, as it does in a wrong column.

    A `diabetesverpleegkundige` has a job, and somebody may be called Griep.
    """
    whole = folded(text).replace(" ", "")
    words = (folded(it).replace(" ", "") for at in POSITIONS for it in hit.kind.words[at])
    return (
        hit.kind.key in _ILLS
        and folded(hit.word) == folded(text)
        and any(it in whole and len(whole) - len(it) <= _LONGEST_END for it in words)
    )


def _shown(row: Row, column: int) -> str:
    return text_of(row.cells[column]) if column < len(row.cells) else ""
