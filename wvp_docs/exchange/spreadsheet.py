"""The whole way of a spreadsheet: opened, its columns linked, its rows read, its cases written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from wvp_docs.exchange.columns import Fit, Names
from wvp_docs.exchange.csv_table import open_csv
from wvp_docs.exchange.folders import Folders
from wvp_docs.exchange.gathering import Gathering
from wvp_docs.exchange.headers import Header, header_of
from wvp_docs.exchange.importing import Importer, Outcome, write_case
from wvp_docs.exchange.intake import Intake, Plan
from wvp_docs.exchange.mapping import (
    KEYS,
    Links,
    links_of,
    proposals_for,
    propose,
    read_links,
    written,
    wrong_links,
)
from wvp_docs.exchange.notes import Code, Notes, Spot
from wvp_docs.exchange.overview import EXPLANATION
from wvp_docs.exchange.own_overview import NO_ANSWER
from wvp_docs.exchange.tables import Sheet, Table, TableError
from wvp_docs.exchange.targets import Target, targets_of
from wvp_docs.exchange.words import words_in
from wvp_docs.exchange.xlsx_table import open_xlsx
from wvp_docs.findings import Finding, Severity
from wvp_docs.forms import Library
from wvp_docs.lexicon import shipped_lexicon
from wvp_docs.output import write_file
from wvp_docs.resources import forms_folder

BESIDE = ".kolommen.toml"
"""What the mapping file beside a spreadsheet is called, after its stem."""

_TEXTS = (".csv", ".tsv", ".txt")
_OTHERS = {
    ".xlsm": "een werkmap met macro's (.xlsm)",
    ".xltm": "een sjabloon met macro's (.xltm)",
    ".xls": "een Excel-bestand van de oude soort (.xls)",
    ".xlsb": "een binaire werkmap (.xlsb)",
    ".ods": "een OpenDocument-bestand (.ods)",
    ".numbers": "een bestand van Numbers",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    Attributes:
        file: the spreadsheet.
        out: the folder for the cases.
        mapping: which column goes where; None: the file beside the spreadsheet, made when it is
            not there.
        dry_run: write nothing at all.
        overwrite: let the spreadsheet win where a case says something else.
    """

    file: Path
    out: Path
    mapping: Path | None = None
    dry_run: bool = False
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it.

    Attributes:
        findings: what a person must look at.
        mapping: the mapping file that was used or made.
        is_proposal: it was made just now, or in a dry run would have been.
    """

    findings: tuple[Finding, ...]
    mapping: Path
    is_proposal: bool


def import_spreadsheet(order: Order, library: Library, tell: Callable[[Outcome], None]) -> Imported:
    """Make or add to the cases that the spreadsheet speaks of.

    Args:
        order: what is to be done.
        library: the definitions.
        tell: is called with what became of each case.

    Raises:
        TableError: the spreadsheet cannot be read.
        DefinitionError: the mapping is no mapping.
        OutputError: a case or the mapping cannot be written.
    """
    notes = Notes(str(order.file))
    with closing(open_table(order.file, notes)) as table:
        return _imported(order, library, table, notes, tell)


def _imported(
    order: Order, library: Library, table: Table, notes: Notes, tell: Callable[[Outcome], None]
) -> Imported:
    targets = targets_of(library)
    names = Names(targets, library, words_in(forms_folder()), shipped_lexicon())
    mapping = order.mapping or order.file.with_name(f"{order.file.stem}{BESIDE}")
    is_given = order.mapping is not None or mapping.exists()
    if is_given:
        links, source = read_links(mapping)
        if wrong := wrong_links(links, mapping, source, targets):
            return Imported(wrong, mapping, is_proposal=False)
        headers = _headers(table, names, links, notes)
    else:
        headers = _headers(table, names, None, notes)
        links = _proposed(order, mapping, names, headers, notes)
    plans = _Plans(table, names, targets, notes).of(links, headers)
    with Gathering() as gathering:
        intake = Intake(names, gathering, notes)
        for plan in plans:
            intake.read(plan)
        folders = Folders(order.out, links.key, notes)
        importer = Importer(order.out, targets, notes, overwrite=order.overwrite)
        write = _write_nothing if order.dry_run else write_case
        if folders.is_readable:
            for outcome in importer.outcomes(gathering, folders, write):
                tell(outcome)
    return Imported(notes.finished(), mapping, is_proposal=not is_given)


def open_table(path: Path, notes: Notes) -> Table:
    """Return the spreadsheet, by the ending of its name.

    Raises:
        TableError: it cannot be read, or is of a kind that is not read here.
    """
    suffix = path.suffix.lower()
    if suffix in _OTHERS:
        raise TableError(
            f"{path} is {_OTHERS[suffix]}; dat leest wvp-docs niet.",
            hint="Open het in Excel en bewaar het als Excel-werkmap (.xlsx) of als csv.",
        )
    if suffix == ".xlsx":
        return open_xlsx(path, notes)
    if suffix in _TEXTS:
        return open_csv(path, notes)
    raise TableError(f"{path} is geen spreadsheet.", hint="Kies een bestand op .xlsx of .csv.")


def _write_nothing(_file: Path, _text: str) -> None:
    return


def _headers(table: Table, names: Names, links: Links | None, notes: Notes) -> dict[str, Header]:
    """Return the header of each sheet; a mapping knows best what its columns are called."""
    found = {}
    alone = len(table.sheets) == 1
    for sheet in table.sheets:
        linked = links.of(sheet.name, alone=alone) if links else None
        header = header_of(sheet, _knower(names, sheet.name, linked), notes)
        if header:
            found[sheet.name] = header
    if any(names.own.are(header.titles.values()) for header in found.values()):
        found.pop(EXPLANATION, None)
    return found


def _knower(names: Names, sheet: str, linked: Mapping[str, str] | None) -> Callable[[str], bool]:
    return lambda text: text in (linked or ()) or names.is_known(text, sheet)


def _proposed(
    order: Order, mapping: Path, names: Names, headers: Mapping[str, Header], notes: Notes
) -> Links:
    """Return the links that are sure, after the proposal was written for a person to correct."""
    proposals = propose(names, headers)
    links = links_of(proposals, headers)
    if not order.dry_run:
        write_file(mapping, written(proposals, headers, links).encode())
    for sheet, columns in proposals.items():
        if any(it.why == NO_ANSWER for it in columns.values()):
            said = "dit is een overzicht van wvp-docs. Wat daarin is uitgerekend, komt niet terug."
            notes.add(Code.NOT_LINKED, Severity.INFO, Spot(sheet), said)
        for at, it in columns.items():
            spot = Spot(sheet, headers[sheet].row, at + 1)
            if it.fit is Fit.UNSURE:
                choices = " of ".join((it.path, *it.others))
                said = f"is dit {choices}? De kolom is niet overgenomen."
                hint = f"Kies het veld in de koppeling. {it.why}".strip()
                notes.add(Code.UNSURE, Severity.WARNING, spot, said, hint)
            elif it.fit is Fit.NONE and it.why != NO_ANSWER:
                said = "voor deze kolom is geen veld gevonden; niet overgenomen."
                notes.add(Code.NOT_LINKED, Severity.INFO, spot, said, it.why)
    if not links.key:
        said = "Geen kolom zegt over wie een rij gaat; er is niets overgenomen."
        hint = (
            "Zet een kolom met het dossiernummer, het personeelsnummer of het BSN in de "
            "spreadsheet, of wijs hem aan in de koppeling."
        )
        notes.add(Code.NO_KEY, Severity.ERROR, None, said, hint)
    return links


@dataclass(frozen=True, slots=True)
class _Plans:
    """Says of each sheet how it is read."""

    table: Table
    names: Names
    targets: Mapping[str, Target]
    notes: Notes

    def of(self, links: Links, headers: Mapping[str, Header]) -> Iterator[Plan]:
        alone = len(self.table.sheets) == 1
        for sheet in self.table.sheets:
            header, linked = headers.get(sheet.name), links.of(sheet.name, alone=alone)
            if header is None:
                continue
            if linked is None:
                said = "dit blad staat niet in de koppeling en is niet overgenomen."
                self.notes.add(Code.NOT_LINKED, Severity.WARNING, Spot(sheet.name), said)
                continue
            if plan := self._plan(sheet, header, linked, links.key):
                yield plan

    def _plan(
        self, sheet: Sheet, header: Header, linked: Mapping[str, str], key: str
    ) -> Plan | None:
        columns, at_key = {}, -1
        proposals = proposals_for(self.names, header, sheet.name)
        for at, title in header.titles.items():
            path = linked.get(title, "")
            is_refused = proposals[at].fit is Fit.MEDICAL
            self._tell(Spot(sheet.name, header.row, at + 1), title, linked, is_refused=is_refused)
            if path and path == key:
                at_key = at
            if path in self.targets and not is_refused:
                columns[at] = self.targets[path]
        if at_key < 0:
            if columns and key:
                said = f"geen kolom is gekoppeld aan de sleutel ({key}); het blad is overgeslagen."
                hint = f"Zet op dit blad een kolom met een van: {', '.join(KEYS)}."
                self.notes.add(Code.NO_KEY, Severity.WARNING, Spot(sheet.name), said, hint)
            return None
        missing = sum(
            bool(path) and it not in header.titles.values() for it, path in linked.items()
        )
        if missing:
            said = f"{missing} van de gekoppelde kolommen staan niet op dit blad."
            hint = "Kijk of een kolom een andere naam heeft gekregen, en pas de koppeling aan."
            self.notes.add(Code.MAPPING, Severity.WARNING, Spot(sheet.name), said, hint)
        return Plan(sheet, header, columns, at_key, key)

    def _tell(self, spot: Spot, title: str, linked: Mapping[str, str], *, is_refused: bool) -> None:
        if is_refused:
            said = "deze kolom lijkt medisch en is niet overgenomen."
            hint = (
                "Een werkgever mag niets vastleggen over de aard of de oorzaak van de ziekte. Haal "
                "de kolom uit de spreadsheet."
            )
            self.notes.add(Code.MEDICAL_COLUMN, Severity.WARNING, spot, said, hint)
        elif title not in linked:
            said = "deze kolom staat niet in de koppeling en is niet overgenomen."
            hint = "Zet hem in de koppeling, met een veld of met een lege tekst."
            self.notes.add(Code.NOT_LINKED, Severity.WARNING, spot, said, hint)
