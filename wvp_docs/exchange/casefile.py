"""A case file made or added to: what a person wrote stays, and nothing is replaced unseen."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wvp_docs.case import SCHEMA, Key, path_of
from wvp_docs.exchange.answers import Answers, Name, plain
from wvp_docs.exchange.gathering import Said
from wvp_docs.exchange.notes import Spot
from wvp_docs.exchange.readings import Answer
from wvp_docs.exchange.toml_edits import Edits, Row
from wvp_docs.exchange.toml_layout import layout_of

_DAY: Name = ("datum",)

Same = Callable[[Name, object, Answer], bool]
"""Whether a case and a spreadsheet give the same answer, by the keys without indexes."""


class UnsafeError(Exception):
    """The file has a shape that cannot be added to without the risk of losing something."""


@dataclass
class Changes:
    """What was or would be done to one case file; every list holds written paths.

    Attributes:
        added: answers that were not there.
        replaced: answers that said something else, and now say what the spreadsheet says.
        differing: answers that say something else, and were left alone.
        behind: of what was added the rows behind those of a list, and where each was said.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    behind: list[tuple[str, Spot]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """Whether the file stays as it is."""
        return not (self.added or self.replaced)


def merged(
    source: str, answers: Answers, same: Same, *, overwrite: bool = False
) -> tuple[str, Changes]:
    """Return a case file with the answers in it, and what that changed.

    Every line of a person stays as it is, but for an answer that was empty or is overwritten.

    Args:
        source: the file as it is, with plain line ends; empty for a new one.
        answers: what to put in.
        same: whether two answers are the same to a reader.
        overwrite: let an answer that differs say what the spreadsheet says.

    Raises:
        UnsafeError: what would come out does not read back as what was meant.
    """
    source = source or f"schema = {SCHEMA}\n"
    try:
        wanted = tomllib.loads(source)
        merger = _Merger(Edits(layout_of(source.encode())), same, overwrite=overwrite)
        merger.put(answers, wanted)
        text = merger.edits.text()
        if tomllib.loads(text) != wanted:
            raise UnsafeError
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise UnsafeError from error
    return text, merger.changes


class _Merger:
    """Puts answers into a plain tree, and notes the edits that make the text say the same."""

    def __init__(self, edits: Edits, same: Same, *, overwrite: bool) -> None:
        self.edits = edits
        self.same = same
        self.overwrite = overwrite
        self.changes = Changes()

    def put(self, answers: Answers, tree: dict[str, Any]) -> None:
        for name, said in answers.single.items():
            self.answer(tree, (), name, said.answer)
        for table, rows in answers.rows.items():
            self.rows(tree, table, rows)

    def answer(self, tree: dict[str, Any], base: Key, name: Name, new: Answer) -> None:
        """Set one answer below a table, or note that another one stands there."""
        for step in name[:-1]:
            tree = _below(tree, step)
        key: Key = (*base, *name)
        old = tree.get(name[-1])
        if old in (None, "", []):
            self.changes.added.append(path_of(key))
        elif self.same(tuple(it for it in key if isinstance(it, str)), old, new):
            return
        elif self.overwrite:
            self.changes.replaced.append(path_of(key))
        else:
            self.changes.differing.append(path_of(key))
            return
        tree[name[-1]] = new
        if old is None:
            self.edits.add(key[:-1], name[-1], new)
        else:
            self.edits.replace(key, new)

    def rows(self, tree: dict[str, Any], table: Name, said: Sequence[Mapping[Name, Said]]) -> None:
        for key in table[:-1]:
            tree = _below(tree, key)
        known = tree.setdefault(table[-1], [])
        if not isinstance(known, list):
            raise UnsafeError
        before, rows = len(known), [plain(row) for row in said]
        new = []
        for row, whence in zip(rows, said, strict=True):
            at = _row_like(row, known, rows)
            if at is None:
                new.append((row, next(iter(whence.values())).spot))
                continue
            for name, answer in row.items():
                self.answer(known[at], (*table, at), name, answer)
        for row, spot in new:
            path = path_of((*table, len(known)))
            self.changes.added.append(path)
            if before:
                self.changes.behind.append((path, spot))
            self.edits.add_row(table, before, row)
            known.append(_tree_of(row))


def _below(tree: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the table with this key, made when it is not there."""
    found = tree.setdefault(key, {})
    if not isinstance(found, dict):
        raise UnsafeError
    return found


def _tree_of(row: Row) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, answer in row.items():
        inner = tree
        for key in name[:-1]:
            inner = _below(inner, key)
        inner[name[-1]] = answer
    return tree


def _row_like(row: Row, known: Sequence[Any], rows: Sequence[Row]) -> int | None:
    """Return which known row is the same one: by its day, when no other has that day."""
    for at, old in enumerate(known):
        if isinstance(old, dict) and all(_at(old, name) == it for name, it in row.items()):
            return at
    days = [name for name, it in row.items() if isinstance(it, date)]
    by = _DAY if _DAY in days else next(iter(days or row))
    if sum(other.get(by) == row[by] for other in rows) > 1:
        return None
    fits = [at for at, old in enumerate(known) if isinstance(old, dict) and _at(old, by) == row[by]]
    return fits[0] if len(fits) == 1 else None


def _at(tree: Mapping[str, Any], name: Name) -> object:
    value: Any = tree
    for key in name:
        value = value.get(key) if isinstance(value, dict) else None
    return value
