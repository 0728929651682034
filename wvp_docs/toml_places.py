"""Where each key of a TOML file stands, which the standard parser does not tell."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Key = tuple[str | int, ...]
"""A place in the tree: table keys and, in arrays, indexes from 0."""


def places(source: bytes) -> Mapping[Key, tuple[int, int]]:
    """Return line and column (both from 1, columns in characters) of every key and array item.

    The source must be TOML that `tomllib` accepts; of anything else the answer is incomplete.
    """
    tree = Parser(Language(tree_sitter_toml.language())).parse(source)
    finder = _Finder(source.split(b"\n"))
    for node in tree.root_node.named_children:
        finder.statement(node)
    return finder.found


class _Finder:
    """Walks the syntax tree and keeps the first place of each key."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.found: dict[Key, tuple[int, int]] = {}
        self.lengths: dict[Key, int] = {}

    def note(self, key: Key, node: Node) -> None:
        row, column = node.start_point
        before = self.lines[row][:column].decode("utf-8", "replace")
        self.found.setdefault(key, (row + 1, len(before) + 1))

    def statement(self, node: Node) -> None:
        if node.type == "pair":
            self.pair(node, ())
        if node.type not in ("table", "table_array_element"):
            return
        header, *pairs = node.named_children
        names = _names(header)
        base = self.current(names[:-1])
        for depth in range(1, len(names)):
            self.note(self.current(names[:depth]), header)
        base = (*base, names[-1])
        if node.type == "table_array_element":
            index = self.lengths.get(base, 0)
            self.lengths[base] = index + 1
            self.note(base, header)
            base = (*base, index)
        elif base in self.lengths:
            base = (*base, self.lengths[base] - 1)
        self.note(base, header)
        for pair in pairs:
            self.pair(pair, base)

    def current(self, names: tuple[str, ...]) -> Key:
        """Resolve a header: a name of an array of tables means its newest item."""
        key: Key = ()
        for name in names:
            key = (*key, name)
            if key in self.lengths:
                key = (*key, self.lengths[key] - 1)
        return key

    def pair(self, node: Node, base: Key) -> None:
        if node.type != "pair":
            return
        name, value = node.named_children[0], node.named_children[-1]
        key = base
        for part in _names(name):
            key = (*key, part)
            self.note(key, name)
        self.value(value, key)

    def value(self, node: Node, key: Key) -> None:
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "array":
            for index, child in enumerate(children):
                self.note((*key, index), child)
                self.value(child, (*key, index))
        if node.type == "inline_table":
            for child in children:
                self.pair(child, key)


def _names(node: Node) -> tuple[str, ...]:
    if node.type == "dotted_key":
        return tuple(name for child in node.named_children for name in _names(child))
    text = (node.text or b"").decode("utf-8", "replace")
    if node.type != "quoted_key":
        return (text,)
    try:
        return tuple(tomllib.loads(f"{text} = 0"))  # the escapes of TOML are not those of JSON
    except tomllib.TOMLDecodeError:
        return (text,)
