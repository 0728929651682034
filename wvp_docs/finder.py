"""Where words of a list stand in a text: in every form, in compounds, and not in other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

POSITIONS = ("los", "begin", "eind", "overal")
"""Where in a word something is looked for; `forms/_woorden.toml` says what each means."""

_ALLOWED = "behalve"
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
class Finder:
    """Finds the words of some kinds; of a word in two of them the first kind counts."""

    kinds: tuple[Kind, ...]
    allowed: frozenset[str]

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the words that are found, in their order, each word once."""
        if not self.trace.search(text.lower()):
            return
        even = text.translate(_SPACE)
        flat = even.lower()
        if len(flat) != len(text):  # one letter, İ, is longer in lower case
            flat = "".join(char if len(char.lower()) > 1 else char.lower() for char in even)
        seen = -1
        for match in self.pattern.finditer(flat):
            at = match.lastgroup or _ALLOWED
            start, end = _whole_word(flat, match.start(), match.end())
            if at != _ALLOWED and start > seen:
                seen = start
                yield Hit(self.owners[at][match[at]], text[start:end], start)

    @cached_property
    def owners(self) -> dict[str, dict[str, Kind]]:
        """Return per position every spelling with the kind it belongs to."""
        owners: dict[str, dict[str, Kind]] = {at: {} for at in (*POSITIONS, "kort")}
        for kind in self.kinds:
            for at in POSITIONS:
                for spelling in (it for word in kind.words[at] for it in _spellings(word)):
                    short = at == "los" and len(spelling) <= _SHORT
                    owners["kort" if short else at].setdefault(spelling, kind)
        return owners

    @cached_property
    def trace(self) -> re.Pattern[str]:
        """Return what every alarm holds: most texts have none of it, and this is quick to see."""
        words = {word for at in self.owners.values() for word in at}
        return re.compile(_trie({max(_PARTS.split(word), key=len) for word in words}))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return one expression for all: what is allowed comes first and uses up its text."""
        allowed = {spelling for word in self.allowed for spelling in _spellings(word)}
        start, end = f"(?<!{_WORD})", f"(?!{_WORD})"
        parts = [f"(?P<{_ALLOWED}>{_trie(allowed)})"]
        shapes = {
            "overal": ("", ""),
            "begin": (start, ""),
            "eind": ("", _ENDINGS + end),
            "los": (start, _ENDINGS + end),
            "kort": (start, _SHORT_ENDINGS + end),
        }
        for at, (before, after) in shapes.items():
            if words := self.owners[at]:
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
