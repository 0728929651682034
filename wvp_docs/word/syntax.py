"""What tags say, as plain values: which names they use, where and for what.

Names are followed through loops, `{% set %}`, either side of a condition, and square brackets, so
that `{% set w = werknemer %}{{ w['bsn'] }}` uses `werknemer.bsn`. What is allowed is for `sandbox`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import jinja2
from jinja2 import nodes

from wvp_docs.sandbox import Sandbox

ROW = "[]"
"""Stands in a path behind the name of a table: one of its rows."""
LOOP = "loop"
"""What Jinja calls the state of a loop."""


class Step(StrEnum):
    """What a tag does with a name."""

    PRINT = "print"
    TEST = "test"
    ROWS = "rows"
    PART = "part"
    """Only names the next: `{% set w = werknemer %}`."""


@dataclass(frozen=True, slots=True)
class Use:
    """A name in a tag.

    Attributes:
        path: the whole name, `plan_van_aanpak.activiteiten[].actie`.
        line: of the source, from 1.
        step: what is done with it.
    """

    path: str
    line: int
    step: Step


_Paths = frozenset[str]
_Scope = dict[str, _Paths]
"""Per variable every path that it may stand for."""


@cache
def _sandbox() -> Sandbox:
    return Sandbox(str)


def faulty(tag: str) -> str:
    """Return what Jinja or the sandbox has against some tags; empty when they are sound."""
    try:
        _sandbox().allowed(tag)
    except jinja2.TemplateSyntaxError as error:
        return error.message or "de tag is niet te lezen"
    return ""


def uses_in(source: str) -> tuple[Use, ...]:
    """Return every use of a name, in the order of the source.

    Raises:
        jinja2.TemplateSyntaxError: it is no Jinja; `faulty` says so beforehand.
    """
    reader = _Reader()
    reader.block(_sandbox().parse(source).body, {})
    return tuple(reader.uses)


class _Reader:
    """Walks through a template; a scope holds what each variable may stand for."""

    def __init__(self) -> None:
        self.uses: list[Use] = []

    def block(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        for node in body:
            self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: _Scope) -> None:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                self.values(part, scope, Step.PRINT)
        elif isinstance(node, nodes.For):
            self.loop(node, scope)
        elif isinstance(node, nodes.If):
            self.values(node.test, scope, Step.TEST)
            # What one branch sets holds after it as well: either may have been taken.
            bodies: tuple[Sequence[nodes.Node], ...] = (node.body, node.elif_, node.else_)
            branches = [dict(scope) for _ in bodies]
            for body, branch in zip(bodies, branches, strict=True):
                self.block(body, branch)
            for name in {name for branch in branches for name in branch}:
                scope[name] = frozenset().union(*(it.get(name, frozenset()) for it in branches))
        elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            scope[node.target.name] = self.values(node.node, scope, Step.PART)
        else:
            for child in node.iter_child_nodes():
                self.statement(child, scope)

    def loop(self, node: nodes.For, scope: _Scope) -> None:
        rows = self.values(node.iter, scope, Step.ROWS)
        inner = {**scope, LOOP: frozenset([LOOP])}
        for name in (node.target, *node.target.find_all(nodes.Name)):
            if isinstance(name, nodes.Name):
                inner[name.name] = frozenset(f"{row}{ROW}" for row in rows)
        if node.test:
            self.values(node.test, inner, Step.TEST)
        self.block(node.body, inner)
        self.block(node.else_, dict(scope))

    def values(self, node: nodes.Node, scope: _Scope, step: Step) -> _Paths:
        """Note what an expression uses, and return every path that it may stand for."""
        if isinstance(node, nodes.CondExpr):
            self.values(node.test, scope, Step.TEST)
            chosen = self.values(node.expr1, scope, step)
            return chosen | (self.values(node.expr2, scope, step) if node.expr2 else frozenset())
        if isinstance(node, nodes.And | nodes.Or):
            return self.values(node.left, scope, step) | self.values(node.right, scope, step)
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            found = self.named(node, scope)
            self.uses += [Use(path, node.lineno, step) for path in sorted(found)]
            return found
        for child in node.iter_child_nodes():
            self.values(child, scope, Step.TEST)
        return frozenset()

    def named(self, node: nodes.Node, scope: _Scope) -> _Paths:
        """Return what a name may stand for; what it is part of is no use of its own."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name, frozenset([node.name]))
        if isinstance(node, nodes.Getattr):
            return frozenset(f"{path}.{node.attr}" for path in self.named(node.node, scope))
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            key = ROW if isinstance(node.arg.value, int) else f".{node.arg.value}"
            return frozenset(f"{path}{key}" for path in self.named(node.node, scope))
        return self.values(node, scope, Step.PART)
