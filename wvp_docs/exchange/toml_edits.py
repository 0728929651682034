"""Lines put into a TOML text, so that every other line stays where and as it is.

tomlkit writes the keys and the values. It does not write the text: of lists whose rows stand
between other tables, as a case that follows the calendar has them, it changes the order.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter

import tomlkit

from wvp_docs.case import Key
from wvp_docs.exchange.readings import Answer
from wvp_docs.exchange.toml_layout import Layout

_PAIR, _TABLE, _ROW = range(3)
"""What goes first of what goes in the same place: a pair below a header would be part of it."""

Row = Mapping[tuple[str, ...], Answer]
"""The answers of one row, by the keys below it."""


@dataclass
class Edits:
    """What is to be put into one text."""

    layout: Layout
    _edits: list[tuple[int, int, int, str]] = field(default_factory=list)
    _new_tables: dict[Key, list[str]] = field(default_factory=dict)

    def replace(self, key: Key, answer: Answer) -> None:
        """Let a value that is there be another one."""
        start, stop = self.layout.values[key]
        self._edits.append((start, _PAIR, stop, written(answer)))

    def add(self, table: Key, name: str, answer: Answer) -> None:
        """Add a pair to a table, made when it is not there."""
        layout, pair = self.layout, f"{tomlkit.key(name).as_string()} = {written(answer)}"
        if table in layout.tables:
            self._insert(layout.for_pair(table, name), _PAIR, pair)
        elif table in layout.closing:
            self._insert_inside(table, pair)
        elif table in layout.dotted and not any(isinstance(it, int) for it in table):
            self._insert(layout.dotted[table], _PAIR, f"{_header(table)}.{pair}")
        else:
            self._new_tables.setdefault(table, []).append(pair)

    def add_row(self, table: Key, rows_there: int, row: Row) -> None:
        """Add a row behind the rows that a list has."""
        layout = self.layout
        if table in layout.closing:
            self._insert_inside(table, _inline(row))
            return
        above = (*table, rows_there - 1) if rows_there else table[:-1]
        at = layout.behind(above) if above in layout.tables else len(layout.source)
        lines = ["", f"[[{_header(table)}]]"]
        inner = ""
        for names, answer in sorted(row.items(), key=lambda item: len(item[0])):
            if len(names) > 1 and inner != (inner := _header(names[:-1])):
                lines += ["", f"[{_header(table)}.{inner}]"]
            lines.append(f"{tomlkit.key(names[-1]).as_string()} = {written(answer)}")
        self._insert(at, _ROW, "\n".join(lines))

    def text(self) -> str:
        """Return the text with everything put in."""
        for table, pairs in self._new_tables.items():
            above = table[:-1]
            there = above in self.layout.tables
            at = self.layout.behind(above) if there else len(self.layout.source)
            self._insert(at, _TABLE, "\n".join(["", f"[{_header(table)}]", *pairs]))
        made, end = b"", 0
        for start, _, stop, text in sorted(self._edits, key=itemgetter(0, 1)):
            made += self.layout.source[end:start] + text.encode()
            end = stop
        return (made + self.layout.source[end:]).decode()

    def _insert(self, at: int, what: int, text: str) -> None:
        """Put whole lines at a place that begins one, or at an end without a line end."""
        source = self.layout.source
        before = "\n" if at == len(source) and not source.endswith(b"\n") else ""
        self._edits.append((at, what, at, f"{before}{text}\n"))

    def _insert_inside(self, table: Key, text: str) -> None:
        at, needs_comma = self.layout.closing[table]
        self.layout.closing[table] = (at, True)
        self._edits.append((at, _PAIR, at, f"{', ' if needs_comma else ''}{text}"))


def written(answer: Answer) -> str:
    """Return an answer as TOML; text of more lines between three quotes where that is the same."""
    if isinstance(answer, str) and "\n" in answer:
        text = tomlkit.string(answer, multiline=True).as_string()
        try:
            if tomllib.loads(f"a = {text}\n")["a"] == answer:
                return text
        except tomllib.TOMLDecodeError:
            pass
    return str(tomlkit.item(answer).as_string())


def _header(key: Key | tuple[str, ...]) -> str:
    """Return the keys as a header has them: of a list its name means the newest row."""
    return str(tomlkit.key([name for name in key if isinstance(name, str)]).as_string())


def _inline(row: Row) -> str:
    pairs = (f"{_header(names)} = {written(answer)}" for names, answer in row.items())
    return f"{{ {', '.join(pairs)} }}"
