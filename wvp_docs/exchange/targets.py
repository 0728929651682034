"""Where a column can go: every answer of a case that is not itself a list of rows in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wvp_docs.fields import Field
from wvp_docs.forms import Library

NOT_FROM_SHEETS = frozenset({"uitzondering"})
"""An exception is what a person decides about a warning."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place in the case.

    Attributes:
        path: as a person writes it: `werknemer.bsn`, `bijlage[].titel`.
        table: the keys of the list that it is a row of; empty for a single answer.
        name: the keys below that, or below the root.
        part: what the field is part of, as people call it: `Werknemer`, `Bijlagen`.
    """

    path: str
    field: Field
    table: tuple[str, ...]
    name: tuple[str, ...]
    part: str

    @property
    def list_path(self) -> str:
        """The path of its list: `verzuim.onderbrekingen`; empty for a single answer."""
        return ".".join(self.table)


def targets_of(library: Library) -> Mapping[str, Target]:
    """Return every target by its path, in the order of the definitions."""
    found: dict[str, Target] = {}
    for group in library.groups.values():
        if group.key not in NOT_FROM_SHEETS:
            for target in _in_table(group.key, group.titel, group.velden, many=group.meervoud):
                found[target.path] = target
    for form in library.forms.values():
        for target in _in_table(form.key, form.titel, form.case_fields(), many=form.meervoud):
            found[target.path] = target
    return found


def _in_table(key: str, title: str, fields: tuple[Field, ...], *, many: bool) -> Iterator[Target]:
    base = f"{key}[]" if many else key
    table = (key,) if many else ()
    above = () if many else (key,)
    for item in fields:
        if item.kind.derived or item.medisch:
            continue
        if not item.kind.composite:
            yield Target(f"{base}.{item.naam}", item, table, (*above, item.naam), title)
        elif item.soort == "ondertekening":
            for column in item.kolommen:
                path = f"{base}.{item.naam}.{column.naam}"
                part = f"{title} {item.naam.replace('_', ' ')}"
                yield Target(path, column, table, (*above, item.naam, column.naam), part)
        elif not many:
            for column in item.kolommen:
                path = f"{base}.{item.naam}[].{column.naam}"
                yield Target(path, column, (key, item.naam), (column.naam,), item.label)
