"""A template filled three times before anybody does: what breaks then, breaks in a build.

What it is filled with has every name of the definitions, so that each side of a condition has its
turn: no answers at all, one of each, and tables with many rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from wvp_docs.errors import TemplateError
from wvp_docs.inspection.remarks import Remark
from wvp_docs.shown import Node, Shown
from wvp_docs.vocabulary import Name, Shape, Vocabulary
from wvp_docs.word import Template

_ROWS = (0, 1, 12)
_ANSWER = "antwoord"


def trial(template: Template, known: Vocabulary) -> Iterator[Remark]:
    """Yield why a template cannot be filled with what it can name."""
    try:
        for rows in _ROWS:
            template.render(_Answers(known, rows).all(), _ANSWER)
    except TemplateError as error:
        yield broken(error)


def broken(error: TemplateError) -> Remark:
    """Return what is said of a template that cannot be made ready, or not be filled."""
    hint = "Zet terug wat u het laatst hebt veranderd, en verander het stap voor stap."
    return Remark("S010", str(error).replace("Sjabloon dit", "Dit sjabloon"), hint)


class _Answers:
    """The same answer to everything, and the same row in every table; or none of them."""

    def __init__(self, known: Vocabulary, rows: int) -> None:
        self.rows = rows
        self.inside: dict[str, dict[str, Name]] = {}
        for path, name in known.items():
            parent, _, last = path.rpartition(".")
            self.inside.setdefault(parent, {})[last] = name

    def all(self) -> Mapping[str, object]:
        return {naam: self.value(name) for naam, name in self.inside[""].items()}

    def node(self, path: str) -> Node:
        inside = self.inside.get(path, {})
        return Node({naam: self.value(name) for naam, name in inside.items()})

    def value(self, name: Name) -> object:
        match name.shape:
            case Shape.GROUP:
                return self.node(name.path)
            case Shape.ROWS:
                return (self.node(f"{name.path}[]"),) * self.rows
            case Shape.TEXT | Shape.BOX:
                faces = dict.fromkeys(self.inside.get(name.path, ()), _ANSWER)
                return Shown(_ANSWER, answered=self.rows > 0, faces=faces)
        assert_never(name.shape)
