"""Where the tables and values of a TOML text stand, in bytes: so that a line can be put between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from wvp_docs.case import Key

_TABLES = ("table", "table_array_element")


@dataclass
class Layout:
    """The places of one text, by the keys from the root; rows of a list count from 0.

    Attributes:
        values: from where to where a value stands.
        closing: where the closing bracket of an inline table or array stands, and whether a comma
            must come before what is put there.
        tables: from where to where a table under a header stands, without those below it.
        pairs: behind the line of the last pair of such a table, or behind its header.
        dotted: behind the line of the last dotted pair that made a table.
    """

    source: bytes
    values: dict[Key, tuple[int, int]] = field(default_factory=dict)
    closing: dict[Key, tuple[int, bool]] = field(default_factory=dict)
    tables: dict[Key, tuple[int, int]] = field(default_factory=dict)
    pairs: dict[Key, int] = field(default_factory=dict)
    dotted: dict[Key, int] = field(default_factory=dict)

    def for_pair(self, table: Key, name: str) -> int:
        """Return where a new pair of a table under a header goes, and reckon with it.

        Below the comment that shows how to write it, as a skeleton has it; else behind the last
        pair.
        """
        start, end = self.tables[table]
        shown = rb"^[ \t]*#[ \t]*(?:(\[)|" + re.escape(name.encode()) + rb"[ \t]*=)[^\n]*(?:\n|\Z)"
        hint = re.compile(shown, re.MULTILINE).search(self.source, start, end)
        if hint and not hint[1]:
            # What comes behind this table must come behind the new pair too.
            self.pairs[table] = max(self.pairs[table], hint.end())
            return hint.end()
        return self.pairs[table]

    def behind(self, table: Key) -> int:
        """Return where a table goes that comes after this one and all below it."""
        return max(at for key, at in self.pairs.items() if key[: len(table)] == table)


def layout_of(source: bytes) -> Layout:
    """Return the places in a text that `tomllib` accepts."""
    reader = _Reader(Layout(source))
    tree = Parser(Language(tree_sitter_toml.language())).parse(source)
    for node in tree.root_node.named_children:
        reader.statement(node)
    return reader.layout


class _Reader:
    """Walks the syntax tree once."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lengths: dict[Key, int] = {}

    def statement(self, node: Node) -> None:
        if node.type == "pair":
            self.pair(node, ())
        if node.type not in _TABLES:
            return
        header, *items = node.named_children
        names = tuple(_names(header))
        key = (*self.current(names[:-1]), names[-1])
        if node.type == "table_array_element":
            index = self.lengths.get(key, 0)
            self.lengths[key] = index + 1
            key = (*key, index)
        self.layout.tables[key] = (node.start_byte, node.end_byte)
        self.layout.pairs[key] = self.line_end(header.end_byte)
        for item in items:
            if item.type == "pair":
                self.pair(item, key)
                self.layout.pairs[key] = self.line_end(item.end_byte)

    def current(self, names: tuple[str, ...]) -> Key:
        """Resolve a header: a name of a list means its newest row."""
        key: Key = ()
        for name in names:
            key = (*key, name)
            if key in self.lengths:
                key = (*key, self.lengths[key] - 1)
        return key

    def pair(self, node: Node, base: Key) -> None:
        header, value = [it for it in node.named_children if it.type != "comment"]
        key = base
        for name in _names(header):
            if key != base:
                self.layout.dotted[key] = self.line_end(node.end_byte)
            key = (*key, name)
        self.value(value, key)

    def value(self, node: Node, key: Key) -> None:
        self.layout.values[key] = (node.start_byte, node.end_byte)
        if node.type not in ("array", "inline_table"):
            return
        items = [it for it in node.children if it.type != "comment"]
        needs_comma = items[-2].type not in (",", "[", "{")
        self.layout.closing[key] = (node.end_byte - 1, needs_comma)
        named = [it for it in items if it.is_named]
        for index, item in enumerate(named):
            if node.type == "array":
                self.value(item, (*key, index))
            else:
                self.pair(item, key)

    def line_end(self, at: int) -> int:
        """Return the byte behind the line that a byte is on."""
        found = self.layout.source.find(b"\n", at)
        return found + 1 if found >= 0 else len(self.layout.source)


def _names(node: Node) -> Iterator[str]:
    """Yield the names of a key; one in quotes is none of a case, whatever is in it."""
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _names(child)
    else:
        yield (node.text or b"").decode()
