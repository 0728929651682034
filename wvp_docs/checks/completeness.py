"""Is everything there, of its kind, and nothing that has no place?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wvp_docs.case import key_of, path_of
from wvp_docs.checks.situation import Situation
from wvp_docs.dossier import Document
from wvp_docs.fields import Field
from wvp_docs.findings import Finding, Severity
from wvp_docs.grammar import nearest
from wvp_docs.report import Report

MISSING = "V001"
WRONG_KIND = "V002"
UNKNOWN_KEY = "V003"
WRONG_SHAPE = "V004"
REFUSED = "R081"

_INDEX = re.compile(r"\[\d+\]")

Lookup = Callable[[str], object]


@dataclass(frozen=True)
class _Table:
    """One table of the case with the fields that may stand in it."""

    report: Report
    path: str
    fields: tuple[Field, ...]
    where: str
    document: Document | None = None

    def lookup(self, path: str) -> object:
        case = self.report.dossier.case
        return case.get(path if "." in path else f"{self.path}.{path}")


def completeness(situation: Situation) -> Iterator[Finding]:
    """Yield what is missing, of a wrong kind, or unknown; in no order."""
    report, dossier = situation.report, situation.dossier
    library = dossier.library
    known = {"schema": 1, **library.groups, **library.forms}
    for key, value in dossier.case.data.items():
        if key not in known:
            meant = nearest(key, [name for name in known if name not in dossier.case.data])
            hint = f"Bedoelde u {meant}?" if meant else "Kijk wat er mag met: wvp-docs forms."
            path = path_of((key,))
            yield report.finding(UNKNOWN_KEY, path, f"{key} is geen onderdeel van een casus.", hint)
        elif key != "schema":
            yield from _shape(report, key, value)
    yield from _groups(report)
    for document in dossier.documents:
        table = _Table(report, document.base, document.form.case_fields(), document.titel, document)
        yield from _fields(table)


def _shape(report: Report, key: str, value: object) -> Iterator[Finding]:
    library = report.dossier.library
    form = library.forms.get(key)
    many = form.meervoud if form else library.groups[key].meervoud
    rows = value if isinstance(value, tuple) else (value,)
    if many != isinstance(value, tuple) or not all(isinstance(row, Mapping) for row in rows):
        brackets = f"[[{key}]]" if many else f"[{key}]"
        yield report.finding(
            WRONG_SHAPE,
            key,
            f"{key} heeft niet de goede vorm.",
            f"Schrijf {brackets} op een eigen regel.",
        )


def _groups(report: Report) -> Iterator[Finding]:
    dossier = report.dossier
    used = {item.path for document in dossier.documents for item in document.form.fields()}
    for group in dossier.library.groups.values():
        if group.meervoud:
            for index in range(len(dossier.rows(group.key))):
                where = f"{group.titel} {index + 1}"
                yield from _fields(_Table(report, f"{group.key}[{index}]", group.velden, where))
            continue
        given = group.key in dossier.case.data
        needed = group.velden if given else tuple(f for f in group.velden if f.path in used)
        yield from _fields(_Table(report, group.key, needed, group.titel))


def _fields(table: _Table) -> Iterator[Finding]:
    value = table.report.dossier.case.get(table.path)
    if value is not None and not isinstance(value, Mapping):
        return
    answers = value or {}
    names = {item.naam: item for item in table.fields if not item.kind.derived}
    misspelt = set()
    for key in answers.keys() - names.keys():
        meant = nearest(key, [name for name in names if name not in answers])
        misspelt.add(meant)
        yield table.report.finding(
            UNKNOWN_KEY,
            path_of((*key_of(table.path), key)),
            f"{table.where} heeft geen veld {key}.",
            f"Bedoelde u {meant}?"
            if meant
            else "Verwijder deze regel, of kies een veld dat er is.",
        )
    for name, item in names.items():
        # The answer is there, under a misspelt name: one mistake gives one finding.
        if name not in misspelt:
            yield from _field(table, item)


def _field(table: _Table, item: Field) -> Iterator[Finding]:
    report, case = table.report, table.report.dossier.case
    path = f"{table.path}.{item.naam}"
    severity = Severity.WARNING if item.waarschuwt else Severity.ERROR
    label = f"{table.where}: {item.label}"
    if not case.has(path):
        if item.soort == "ondertekening" and item.is_required(table.lookup):
            yield from _signature(table, item, path, label)
        elif item.is_required(table.lookup) and not _has_default(table, item):
            hint = item.hulp or f"Vul {path} in: {item.kind.means}."
            if table.document and table.document.has_copy and item.naam != "datum":
                # It may well be on the paper, which only a person can read.
                severity = Severity.WARNING
                hint = "Staat het op het ondertekende exemplaar? Neem het over, voor de controle."
            yield report.finding(
                item.regel or MISSING, path, f"{label} ontbreekt.", hint, item.bron, severity
            )
        return
    value = case.get(path)
    if sentence := item.geweigerd.get(value) if isinstance(value, str) else None:
        yield report.finding(REFUSED, path, sentence, "", item.bron)
    elif item.soort == "ondertekening":
        yield from _signature(table, item, path, label)
    elif item.soort == "tabel":
        yield from _rows(table, item, path, value)
    elif problem := item.kind.problem(value, item.opties):
        if not item.kind.may_print_as_typed(value):
            severity = Severity.ERROR
        yield report.finding(
            item.regel or WRONG_KIND,
            path,
            f"{label} {problem.message}.",
            problem.hint,
            item.bron,
            severity,
        )


def _has_default(table: _Table, item: Field) -> bool:
    document = table.document
    return bool(document and document.default(item)) if item.standaard else False


def _signature(table: _Table, item: Field, path: str, label: str) -> Iterator[Finding]:
    """Check a signature block: what its defaults supply need not be typed."""
    report, document = table.report, table.document
    value = report.dossier.case.get(path)
    if value is not None and not isinstance(value, Mapping):
        yield report.finding(
            WRONG_SHAPE, path, f"{label} heeft niet de goede vorm.", f"Schrijf [{path}]."
        )
        return
    supplied = document.signature(item) if document else {}
    for found in _fields(_Table(report, path, item.kolommen, label, document)):
        column = found.path.rpartition(".")[2]
        given = report.dossier.case.has(found.path)
        if given or not (supplied.get(column) or _is_asked_elsewhere(report, item, column)):
            yield found


def _is_asked_elsewhere(report: Report, item: Field, column: str) -> bool:
    """Return whether the default of a sub-field is a must itself: its absence is said there."""
    fallback = item.standaard.get(column)
    source = report.dossier.library.shared.get(fallback.pad) if fallback else None
    return bool(source and (source.verplicht or source.kind.derived))


def _rows(table: _Table, item: Field, path: str, value: object) -> Iterator[Finding]:
    report = table.report
    rows: Sequence[object] = value if isinstance(value, tuple) else ()
    if not isinstance(value, tuple) or not all(isinstance(row, Mapping) for row in rows):
        yield report.finding(
            WRONG_SHAPE,
            path,
            f"{table.where}: {item.label} moet uit rijen bestaan.",
            f"Schrijf [[{_INDEX.sub('', path)}]] boven elke rij.",
        )
        return
    for index in range(len(rows)):
        where = f"{table.where}: {item.label}, rij {index + 1}"
        yield from _fields(_Table(report, f"{path}[{index}]", item.kolommen, where, table.document))
