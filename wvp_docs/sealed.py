"""Which files a case calls medical, wherever it does so and however it writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wvp_docs.case import Key, path_of
from wvp_docs.dossier import Answers, Dossier

_ROWS, _KIND = "bijlage", "soort"
_BESIDE, _SIGNED = "bestand", "ondertekend"
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text in a table that is called medical: it may be the name of a file.

    Attributes:
        path: where it stands in the case.
        name: the text.
        is_file: it stands where the name of a file stands, so it cannot be anything else.
    """

    path: str
    name: str
    is_file: bool


def sealed_files(dossier: Dossier) -> tuple[Sealed, ...]:
    """Return what may be the name of a file that goes nowhere, in the order of the case.

    A table counts when it says so itself: in a value, in a key, or in a key above it. So does one
    with a kind that does not exist: it is written wrong, and may mean medical information.
    """
    search = _Search(dossier)
    found = (
        Sealed(path_of(key), text, search.is_file(key))
        for at, table in _tables((), dossier.case.data)
        if search.is_sealed(at, table)
        for step, value in table.items()
        for key, text in search.texts((*at, step), value)
    )
    return tuple(dict.fromkeys(it for it in found if it.name.strip()))


class _Search:
    """Knows the words by which a table is known."""

    def __init__(self, dossier: Dossier) -> None:
        field = dossier.library.shared[f"{_ROWS}.{_KIND}"]
        self.kinds = field.opties
        self.refused = frozenset(map(_bare, field.geweigerd))
        self.known = {"schema", *dossier.library.groups, *dossier.library.forms}

    def is_sealed(self, at: Key, table: Answers) -> bool:
        if any(self._is_refused(step) for step in (*at, *table)):
            return True
        if any(map(self._is_refused, _words(tuple(table.values())))):
            return True
        kinds = [value for key, value in table.items() if _bare(key) == _KIND]
        if at[:1] == (_ROWS,):
            kinds.append(table.get(_KIND))
        elif not at or (at[0] in self.known and not any(_BESIDE in _bare(key) for key in table)):
            return False  # other tables have kinds of their own
        return not all(isinstance(kind, str) and kind in self.kinds for kind in kinds)

    def texts(self, key: Key, value: object) -> Iterator[tuple[Key, str]]:
        """Yield the texts of an answer, those of a table in it when it stands for a file."""
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from self.texts((*key, index), item)
        elif isinstance(value, Mapping) and self.is_file(key):
            for step, item in value.items():
                yield from self.texts((*key, step), item)

    def is_file(self, key: Key) -> bool:
        """Return whether the name of a file stands there, and of nothing else."""
        steps = [_bare(step) for step in key if isinstance(step, str)]
        own = steps[-1]
        return own in {_SIGNED, *self.refused} or any(_BESIDE in step for step in steps)

    def _is_refused(self, word: object) -> bool:
        return isinstance(word, str) and _bare(word) in self.refused


def _tables(key: Key, value: object) -> Iterator[tuple[Key, Answers]]:
    """Yield every table in a value with where it stands, however it was written."""
    if isinstance(value, Mapping):
        yield key, value
        for step, item in value.items():
            yield from _tables((*key, step), item)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _tables((*key, index), item)


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)


def _bare(text: str) -> str:
    """Return a word without case, blanks and signs: `Medische-informatie` is one of ours too."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())
