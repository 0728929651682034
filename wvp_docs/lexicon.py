"""The words that an employer may not keep about a sick employee, and where they stand in a text.

Which words these are stands in `forms/_woorden.toml`; here is only how they are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from wvp_docs.grammar import Grammar, Table, closest, read
from wvp_docs.resources import forms_folder

WORDS_FILE = "_woorden.toml"
OWN_WORDS_FILE = "woorden.toml"
"""A user's own words, beside the case file."""

_POSITIONS = ("los", "begin", "eind", "overal")
_KIND_KEYS = ("sleutel", "naam", "alternatief", *_POSITIONS, "behalve", "werk", "alleen_bijlage")
_FILE_KEYS = ("versie", "niet_in", "behalve", "soort")

_ENDINGS = r"(?:['’]s|s|en|n|e|er|je|jes|tje|tjes)?"
_SHORT = 4
"""Letters: a shorter word is an abbreviation, and `tian` is no form of `tia`."""

_SHORT_ENDINGS = r"(?:['’]?s)?"
_PARTS = re.compile(r"[\s'’-]+")
_SPACE = str.maketrans(
    {"\n": " ", "\t": " ", "\r": " ", "\u00a0": " ", "\u2010": "-", "\u2011": "-", "\u2019": "'"}
)
_WORD = r"[^\W_]"
"""A letter or digit: of `brief_neuroloog.pdf` every part is a word."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of words that give away the same thing.

    Attributes:
        naam: what they give away, as it follows "een woord over".
        alternatief: what may be written in place of them.
        words: per position in a word (`los`, `begin`, `eind`, `overal`) what is looked for.
        about_work: a word that describes the function or the employer is no alarm elsewhere.
        only_attachments: an alarm only in the name of an attachment or of a field.
    """

    key: str
    naam: str
    alternatief: str
    words: Mapping[str, frozenset[str]]
    about_work: bool = True
    only_attachments: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that may not stand in a text.

    Attributes:
        word: the whole word as it was typed; never to be shown.
        start: where it begins in the text.
    """

    kind: Kind
    word: str
    start: int


@dataclass(frozen=True)
class Lexicon:
    """All kinds of words, what is none of them, and where nobody looks.

    Attributes:
        allowed: words, parts of words and phrases that are no alarm whatever is in them.
        ignored: groups and names of fields that hold no free text about the employee.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()

    def laid_over(self, below: Lexicon) -> Lexicon:
        """Return both lists as one; what this one says of a kind adds to the one below."""
        kinds = dict(below.kinds)
        for key, kind in self.kinds.items():
            known = kinds.get(key)
            if known is None:
                kinds[key] = kind
                continue
            words = {at: known.words[at] | kind.words[at] for at in _POSITIONS}
            naam, instead = kind.naam or known.naam, kind.alternatief or known.alternatief
            kinds[key] = replace(known, naam=naam, alternatief=instead, words=words)
        return Lexicon(kinds, below.allowed | self.allowed, below.ignored | self.ignored)

    def hits(self, text: str, *, attachment: bool = False) -> Iterator[Hit]:
        """Yield the words in the text that may not be there, in their order.

        Args:
            text: what somebody wrote.
            attachment: it is the name of an attachment or of a field.
        """
        if not self._trace.search(text.lower()):
            return
        flat = text.translate(_SPACE).lower()
        if len(flat) != len(text):  # one letter, İ, is longer in lower case
            flat = "".join(char if len(char.lower()) > 1 else char.lower() for char in text)
        for match in self._pattern.finditer(flat):
            at = match.lastgroup
            kind = self._kind_of(at, match[at]) if at and at != "allowed" else None
            if kind and (attachment or not kind.only_attachments):
                start, end = _whole_word(flat, match.start(), match.end())
                yield Hit(kind, text[start:end], start)

    def _kind_of(self, at: str, word: str) -> Kind:
        return self.kinds[self._owners[at][word]]

    @cached_property
    def _owners(self) -> dict[str, dict[str, str]]:
        """Return per position every spelling with the kind it belongs to; the first one wins."""
        owners: dict[str, dict[str, str]] = {at: {} for at in (*_POSITIONS, "kort")}
        general = sorted(self.kinds.values(), key=lambda kind: kind.only_attachments)
        for kind in general:
            for at in _POSITIONS:
                for word in kind.words[at]:
                    for spelling in _spellings(word):
                        short = at == "los" and len(spelling) <= _SHORT
                        owners["kort" if short else at].setdefault(spelling, kind.key)
        return owners

    @cached_property
    def _trace(self) -> re.Pattern[str]:
        """Return what every alarm holds: most texts have none of it, and this is quick to see."""
        words = {word for at in self._owners.values() for word in at}
        return re.compile(_trie({max(_PARTS.split(word), key=len) for word in words}))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Return one expression for all: what is allowed comes first and uses up its text."""
        allowed = {spelling for word in self.allowed for spelling in _spellings(word)}
        start, end = f"(?<!{_WORD})", f"(?!{_WORD})"
        parts = [f"(?P<allowed>{_trie(allowed)})"]
        shapes = {
            "overal": ("", ""),
            "begin": (start, ""),
            "eind": ("", _ENDINGS + end),
            "los": (start, _ENDINGS + end),
            "kort": (start, _SHORT_ENDINGS + end),
        }
        for at, (before, after) in shapes.items():
            if words := self._owners[at]:
                parts.append(f"{before}(?P<{at}>{_trie(words)}){after}")
        return re.compile("|".join(parts))


def _whole_word(text: str, start: int, end: int) -> tuple[int, int]:
    while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-'"):
        end += 1
    return start, end


def _spellings(word: str) -> Iterator[str]:
    """Yield a word as it may be typed: a hyphen may also be a space, or be left out."""
    word = word.lower()
    yield word
    if "-" in word:
        yield word.replace("-", " ")
        yield word.replace("-", "")


def _trie(words: Iterable[str]) -> str:
    """Return an expression for any of the words in which no letter is tried twice."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(root) if root else r"(?!)"


def _branches(node: dict[str, Any]) -> str:
    ends = "" in node
    found = [re.escape(char) + _branches(node[char]) for char in sorted(node) if char]
    if not found:
        return ""
    if len(found) == 1 and not ends:
        return found[0]
    return f"(?:{'|'.join(found)}){'?' if ends else ''}"


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
    ignored = reader.words(table, "niet_in", "bestand")
    return Lexicon({kind.key: kind for kind in kinds}, allowed, ignored)


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
        words = {at: self.words(table, at, where) for at in _POSITIONS}
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


def lexicon_beside(folder: Path) -> Lexicon:
    """Return the words of the definitions, with those of `woorden.toml` in the folder on top.

    Raises:
        DefinitionError: one of the files is broken.
    """
    own = folder / OWN_WORDS_FILE
    if not own.is_file():
        return shipped_lexicon()
    below = shipped_lexicon()
    above = lexicon_of(read(own), OWN_WORDS_FILE)
    for key, kind in above.kinds.items():
        if key not in below.kinds and not (kind.naam and kind.alternatief):
            raise Grammar(OWN_WORDS_FILE).fail(
                f"soort {key}",
                "een nieuwe soort heeft een naam en een alternatief nodig.",
                closest(key, below.kinds),
            )
    return above.laid_over(below)
