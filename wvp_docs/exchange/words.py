"""What people call their columns and sheets, as `forms/_kolommen.toml` has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from wvp_docs.exchange.readings import folded
from wvp_docs.grammar import Grammar, Table, read

WORDS_FILE = "_kolommen.toml"
_KEYS = (
    *("versie", "voorkeur", "personeelsnummer", "medisch", "totaal"),
    *("afkortingen", "zeker", "misschien", "bladen", "geen_veld"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the definitions in use; all names are normal.

    Attributes:
        preferred: groups, the one that is proposed first in front.
        numbers: columns that say who it is and do not come into the case.
        medical: columns that are never taken over.
        totals: how a row begins that only adds up.
        short: what an abbreviation stands for.
        sure: name of a column to the paths that it can only mean.
        maybe: name of a column to the paths that it often means.
        sheets: name of a sheet to the key of its table.
        no_field: name of a column to why it is no field.
    """

    preferred: tuple[str, ...]
    numbers: frozenset[str]
    medical: frozenset[str]
    totals: frozenset[str]
    short: Mapping[str, str]
    sure: Mapping[str, tuple[str, ...]]
    maybe: Mapping[str, tuple[str, ...]]
    sheets: Mapping[str, str]
    no_field: Mapping[str, str]

    def normal(self, name: str) -> str:
        """Return a name as it is compared: abbreviations written out, all in one word."""
        return _normal(name, self.short)


def _normal(name: str, short: Mapping[str, str]) -> str:
    return "".join(short.get(word, word) for word in folded(name).split()).replace(" ", "")


class _Reader(Grammar):
    """Turns the tables of the file into words, and refuses what it does not know."""

    def words_of(self, table: Table) -> Words:
        self.known(table, _KEYS, "bestand")
        short = self.texts(table, "afkortingen")
        no_field = {}
        for item in self.listed(table, "geen_veld"):
            self.known(item, ("kolommen", "uitleg"), "geen_veld")
            for name in self.strings(item.get("kolommen"), "geen_veld"):
                no_field[_normal(name, short)] = str(item.get("uitleg", ""))

        def names(key: str) -> frozenset[str]:
            return frozenset(_normal(name, short) for name in self.strings(table.get(key), key))

        return Words(
            tuple(self.strings(table.get("voorkeur"), "voorkeur")),
            names("personeelsnummer"),
            names("medisch"),
            frozenset(folded(name) for name in self.strings(table.get("totaal"), "totaal")),
            short,
            self.paths(table, "zeker", short),
            self.paths(table, "misschien", short),
            {name: paths[0] for name, paths in self.paths(table, "bladen", short).items()},
            no_field,
        )

    def paths(self, table: Table, key: str, short: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for path, raw in self.table(table, key).items():
            for name in self.strings(raw, f"{key}: {path}"):
                normal = _normal(name, short)
                found[normal] = (*found.get(normal, ()), path)
        return found

    def table(self, table: Table, key: str) -> Table:
        raw = table.get(key, {})
        if not isinstance(raw, dict):
            raise self.fail(key, "moet een tabel zijn.")
        return raw

    def texts(self, table: Table, key: str) -> dict[str, str]:
        raw = self.table(table, key)
        self.strings(list(raw.values()), key)
        return dict(raw)

    def listed(self, table: Table, key: str) -> Iterable[Table]:
        raw = table.get(key, [])
        if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
            raise self.fail(key, f"schrijf [[{key}]] boven elk stuk.")
        return raw

    def strings(self, raw: object, where: str) -> list[str]:
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise self.fail(where, "moet een lijst van woorden zijn.", 'Schrijf ["…", "…"].')
        return raw


def words_in(folder: Path) -> Words:
    """Return the words of the definitions in a folder.

    Raises:
        DefinitionError: the file is missing or broken.
    """
    return _Reader(WORDS_FILE).words_of(read(folder / WORDS_FILE))
