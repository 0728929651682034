"""What a template sees: finished texts, and tables of them, under names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from wvp_docs.kinds import BOX_OFF


class Shown(str):  # noqa: SLOT000  a few thousand per case
    """A finished Dutch text on its way to the paper, with the path it came from.

    It is false when nothing was answered, though it may still print "n.v.t.". `faces` are its
    other forms, which a template reaches by name: `datum.voluit`, a box per option.
    """

    path: str
    answered: bool
    faces: Mapping[str, str]

    def __new__(
        cls,
        text: str,
        path: str = "",
        *,
        answered: bool = True,
        faces: Mapping[str, str] | None = None,
    ) -> Self:
        """Return the text with its path and faces."""
        shown = super().__new__(cls, text)
        shown.path = path
        shown.answered = answered
        shown.faces = faces or {}
        return shown

    def __bool__(self) -> bool:
        return self.answered

    def __getattr__(self, name: str) -> Shown:
        try:
            text = self.faces[name]
            # A box that is not ticked says nothing of the answer.
            path = "" if text == BOX_OFF else self.path
            return Shown(text, path, answered=self.answered)
        except KeyError:
            raise AttributeError(name) from None


class Node:
    """A table of answers as a template sees it: names only, no methods to trip over."""

    __slots__ = ("_children",)

    def __init__(self, children: Mapping[str, object]) -> None:
        self._children = children

    def __getattr__(self, name: str) -> object:
        try:
            return self._children[name]
        except KeyError:
            raise AttributeError(name) from None
