"""The words that an employer may not keep about a sick employee, as `forms/_woorden.toml` has them.

Reads the data and refuses what it does not know; where a word stands in a text is for `finder`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from wvp_docs.beside import Beside, Trouble
from wvp_docs.case import path_of
from wvp_docs.finder import POSITIONS, Finder, Hit, Kind
from wvp_docs.findings import Finding, Place, Severity
from wvp_docs.grammar import Grammar, Table, closest, parse, read
from wvp_docs.resources import forms_folder
from wvp_docs.toml_places import Key, places

WORDS_FILE = "_woorden.toml"
OWN_WORDS_FILE = "woorden.toml"
"""A user's own words, beside the case file."""

_KIND_KEYS = ("sleutel", "naam", "alternatief", *POSITIONS, "behalve", "werk", "alleen_bijlage")
_IN_VAIN = "V005"
_FILE_KEYS = ("versie", "niet_in_groep", "niet_in_veld", "behalve", "soort")


@dataclass(frozen=True)
class Lexicon:
    """All kinds of words, what is none of them, and where nobody looks.

    Attributes:
        allowed: words, parts of words and phrases that are no alarm whatever is in them.
        allowed_in_names: those that are none in the name of an attachment or of a field either.
        skipped_groups: tables that hold no free text about the employee.
        skipped_fields: names of fields that do not, wherever they stand.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    skipped_groups: frozenset[str] = frozenset()
    skipped_fields: frozenset[str] = frozenset()
    allowed_in_names: frozenset[str] = frozenset()

    def laid_over(self, below: Lexicon) -> Lexicon:
        """Return both lists as one; what this one says of a kind adds to the one below.

        What it allows holds for what somebody wrote: a medical paper stays one, also by name.
        """
        kinds = dict(below.kinds)
        for key, kind in self.kinds.items():
            known = kinds.get(key)
            if known is None:
                kinds[key] = kind
                continue
            words = {at: known.words[at] | kind.words[at] for at in POSITIONS}
            naam, instead = kind.naam or known.naam, kind.alternatief or known.alternatief
            kinds[key] = replace(known, naam=naam, alternatief=instead, words=words)
        return Lexicon(
            kinds,
            below.allowed | self.allowed,
            below.skipped_groups | self.skipped_groups,
            below.skipped_fields | self.skipped_fields,
            below.allowed_in_names,
        )

    def hits(self, text: str, *, attachment: bool = False) -> Iterator[Hit]:
        """Yield the words in the text that may not be there, in their order.

        Args:
            text: what somebody wrote.
            attachment: it is the name of an attachment or of a field.
        """
        return (self._for_names if attachment else self._for_text).hits(text)

    @cached_property
    def _for_text(self) -> Finder:
        kinds = tuple(kind for kind in self.kinds.values() if not kind.only_attachments)
        return Finder(kinds, self.allowed)

    @cached_property
    def _for_names(self) -> Finder:
        # Of a word in two kinds the one that holds everywhere tells the most.
        kinds = sorted(self.kinds.values(), key=lambda kind: kind.only_attachments)
        return Finder(tuple(kinds), self.allowed_in_names)


def lexicon_of(table: Table, file: str = WORDS_FILE) -> Lexicon:
    """Return the words that a file lists.

    Args:
        table: the tables of the file.
        file: its name, for the messages.

    Raises:
        DefinitionError: it says something that the grammar does not have.
    """
    reader = _Reader(file)
    reader.known(table, _FILE_KEYS, "bestand")
    tables = reader.tables(table)
    kinds = [reader.kind(item) for item in tables]
    allowed = reader.words(table, "behalve", "bestand")
    for item in tables:
        allowed |= reader.words(item, "behalve", f"soort {item.get('sleutel')}")
    groups = reader.words(table, "niet_in_groep", "bestand")
    fields = reader.words(table, "niet_in_veld", "bestand")
    return Lexicon({kind.key: kind for kind in kinds}, allowed, groups, fields, allowed)


class _Reader(Grammar):
    """Turns the tables of one file into kinds of words."""

    def tables(self, table: Table) -> list[Table]:
        raw = table.get("soort", [])
        if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
            raise self.fail("soort", "schrijf [[soort]] boven elke groep woorden.")
        return raw

    def kind(self, table: Table) -> Kind:
        key = table.get("sleutel")
        if not isinstance(key, str) or not key:
            raise self.fail("soort", "sleutel ontbreekt.")
        where = f"soort {key}"
        self.known(table, _KIND_KEYS, where)
        words = {at: self.words(table, at, where) for at in POSITIONS}
        return Kind(
            key,
            self.text(table, "naam", where),
            self.text(table, "alternatief", where),
            words,
            table.get("werk", True) is not False,
            table.get("alleen_bijlage") is True,
        )

    def text(self, table: Table, key: str, where: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            raise self.fail(where, f"{key} moet tekst zijn.")
        return value

    def words(self, table: Table, key: str, where: str) -> frozenset[str]:
        raw = table.get(key, [])
        if not isinstance(raw, list) or not all(isinstance(it, str) and it.strip() for it in raw):
            raise self.fail(where, f"{key} moet een lijst van woorden zijn.", 'Schrijf ["…", "…"].')
        return frozenset(raw)


@lru_cache(maxsize=4)
def _read_words(file: Path) -> Lexicon:
    return lexicon_of(read(file))


def shipped_lexicon() -> Lexicon:
    """Return the words of the definitions in use, read once.

    Raises:
        DefinitionError: the file is missing or broken.
    """
    return _read_words(forms_folder() / WORDS_FILE)


def lexicon_beside(beside: Beside) -> Lexicon:
    """Return the words of the definitions, with those of `woorden.toml` beside the case on top.

    Raises:
        DefinitionError: one of the files is broken.
    """
    below = shipped_lexicon()
    if not beside.size(OWN_WORDS_FILE):
        return below
    own = beside.read(OWN_WORDS_FILE)
    if isinstance(own, Trouble):
        raise Grammar(OWN_WORDS_FILE).fail("bestand", own.message, own.hint)
    above = lexicon_of(parse(own, OWN_WORDS_FILE), OWN_WORDS_FILE)
    for key, kind in above.kinds.items():
        if key not in below.kinds and not (kind.naam and kind.alternatief):
            raise Grammar(OWN_WORDS_FILE).fail(
                f"soort {key}",
                "een nieuwe soort heeft een naam en een alternatief nodig.",
                closest(key, below.kinds),
            )
    return above.laid_over(below)


def allowed_in_vain(beside: Beside) -> Iterator[Finding]:
    """Yield where `woorden.toml` wants a word of a medical paper in the name of an attachment.

    Of a file that can be read, as `lexicon_beside` did before.
    """
    own = beside.read(OWN_WORDS_FILE) if beside.size(OWN_WORDS_FILE) else b""
    if isinstance(own, Trouble):
        return
    table, shipped = parse(own, OWN_WORDS_FILE), shipped_lexicon()
    kinds = tuple(kind for kind in shipped.kinds.values() if kind.only_attachments)
    papers, where = Finder(kinds, shipped.allowed), places(own)
    lists: dict[Key, Table] = {("behalve",): table}
    lists |= {("soort", at, "behalve"): row for at, row in enumerate(table.get("soort", []))}
    for key, holder in lists.items():
        if any(hit for word in holder.get("behalve", []) for hit in papers.hits(word)):
            yield Finding(
                _IN_VAIN,
                Severity.INFO,
                "",
                path_of(key),
                Place(beside.where(OWN_WORDS_FILE), *where.get(key, (1, 1))),
                "Bij behalve staat een woord dat bij een medisch stuk hoort. In de naam van een "
                "bijlage blijft dat een waarschuwing.",
                "Is een bijlage niet medisch, zet dan een uitzondering daarvoor in de casus.",
            )
