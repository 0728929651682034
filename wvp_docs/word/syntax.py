"""What tags say, as plain values: which names they use, where and for what.

Names are followed through loops, `{% set %}`, either side of a condition, and square brackets, so
that `{% set w = werknemer %}{{ w['bsn'] }}` uses `werknemer.bsn`. What is allowed is for `sandbox`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import jinja2
from jinja2 import nodes

from wvp_docs.sandbox import Sandbox

ROW = "[]"
"""Stands in a path behind the name of a table: one of its rows."""
LOOP = "for"
"""Stands in a path for what Jinja calls `loop`, where there is a loop: no name can be that."""


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
_NOTHING: _Paths = frozenset()
_ANYHOW: Mapping[str, _Paths] = {}
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


def always_printed(
    source: str, unseen: Collection[int], asked: Mapping[str, _Paths] = _ANYHOW
) -> frozenset[str]:
    """Return every path that is printed whatever the answers are, if it has an answer itself.

    So it does not count what stands where a condition or the rows of a table decide, unless that
    is about the same name: `{% if a.b %}{{ a.b }}{% endif %}`.

    Args:
        source: the tags.
        unseen: the lines of which nothing is seen.
        asked: per condition, `a.b` or `a.b == ja`, the paths that need no answer where it is false.
    """
    return _Reader(unseen, asked).block(_sandbox().parse(source).body, {})


class _Reader:
    """Walks through a template; a scope holds what each variable may stand for.

    What the methods for statements return is what is printed there in every case.
    """

    def __init__(self, unseen: Collection[int] = (), asked: Mapping[str, _Paths] = _ANYHOW) -> None:
        self.uses: list[Use] = []
        self.unseen, self.asked = unseen, asked

    def block(self, body: Iterable[nodes.Node], scope: _Scope) -> _Paths:
        return _NOTHING.union(*[self.statement(node, scope) for node in body])

    def statement(self, node: nodes.Node, scope: _Scope) -> _Paths:
        if isinstance(node, nodes.Output):
            return _NOTHING.union(*[self.printed(part, scope) for part in node.nodes])
        if isinstance(node, nodes.For):
            return self.loop(node, scope)
        if isinstance(node, nodes.If):
            return self.choice(node, scope)
        if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
            scope[node.target.name] = self.values(node.node, scope, Step.PART)
            return _NOTHING
        return self.block(node.iter_child_nodes(), scope)

    def printed(self, node: nodes.Node, scope: _Scope) -> _Paths:
        if isinstance(node, nodes.CondExpr) and node.expr2:
            self.values(node.test, scope, Step.TEST)
            sides = [self.printed(side, scope) for side in (node.expr1, node.expr2)]
            return _in_all(list(zip(sides, self.blank(node.test, scope), strict=True)))
        if isinstance(node, nodes.Or):
            first, _ = self.printed(node.left, scope), self.printed(node.right, scope)
            return first
        found = self.values(node, scope, Step.PRINT)
        is_sure = len(found) == 1 and not isinstance(node, nodes.And)
        return found if is_sure and node.lineno not in self.unseen else _NOTHING

    def choice(self, node: nodes.If, scope: _Scope) -> _Paths:
        # What one branch sets holds after it as well: either may have been taken.
        branches: list[_Scope] = []
        outcomes = []
        blank = _NOTHING
        for it in (node, *node.elif_):
            self.values(it.test, scope, Step.TEST)
            if_true, if_false = self.blank(it.test, scope)
            branches.append(dict(scope))
            outcomes.append((self.block(it.body, branches[-1]), blank | if_true))
            blank |= if_false
        branches.append(dict(scope))
        outcomes.append((self.block(node.else_, branches[-1]), blank))
        for name in {name for branch in branches for name in branch}:
            # What a branch does not set is there what the case calls so.
            scope[name] = _NOTHING.union(*(it.get(name, frozenset([name])) for it in branches))
        return _in_all(outcomes)

    def loop(self, node: nodes.For, scope: _Scope) -> _Paths:
        rows = self.values(node.iter, scope, Step.ROWS)
        inner = {**scope, "loop": frozenset([LOOP])}
        for name in (node.target, *node.target.find_all(nodes.Name)):
            if isinstance(name, nodes.Name):
                inner[name.name] = frozenset(f"{row}{ROW}" for row in rows)
        if node.test:
            self.values(node.test, inner, Step.TEST)
        body = self.block(node.body, inner)
        self.block(node.else_, dict(scope))
        (own, *others) = rows or {""}
        is_whole = own and not others and not node.test
        return frozenset(it for it in body if is_whole and it.startswith(f"{own}{ROW}"))

    def blank(self, test: nodes.Node, scope: _Scope) -> tuple[_Paths, _Paths]:
        """Return which paths have no answer where a condition is true, and where it is false."""
        if isinstance(test, nodes.Not):
            if_true, if_false = self.blank(test.node, scope)
            return if_false, if_true
        if isinstance(test, nodes.And | nodes.Or):
            left, right = self.blank(test.left, scope), self.blank(test.right, scope)
            if isinstance(test, nodes.And):
                return left[0] | right[0], left[1] & right[1]
            return left[0] & right[0], left[1] | right[1]
        return self.blank_name(test, scope)

    def blank_name(self, test: nodes.Node, scope: _Scope) -> tuple[_Paths, _Paths]:
        """Return the same of a condition about one name: `path`, or `path == 'text'`."""
        name = test.expr if isinstance(test, nodes.Compare) else test
        if not isinstance(name, nodes.Name | nodes.Getattr | nodes.Getitem):
            return _NOTHING, _NOTHING
        found = self.named(name, scope)
        (path, *others) = found or {""}
        if others:
            return _NOTHING, _NOTHING
        if not isinstance(test, nodes.Compare):
            return self.asked.get(f"not {path}", _NOTHING), found | self.asked.get(path, _NOTHING)
        (last, *more) = test.ops
        if more or last.op not in ("eq", "ne") or not isinstance(last.expr, nodes.Const):
            return _NOTHING, _NOTHING
        blank = self.asked.get(f"{path} == {last.expr.value}", _NOTHING)
        return (_NOTHING, blank) if last.op == "eq" else (blank, _NOTHING)

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
            key = node.arg.value
            return frozenset(f"{path}.{key}" for path in self.named(node.node, scope))
        return self.values(node, scope, Step.PART)


def _in_all(outcomes: Sequence[tuple[_Paths, _Paths]]) -> _Paths:
    """Return what is printed in each branch, or has no answer there; given both of each."""
    every = _NOTHING.union(*(printed for printed, _ in outcomes))
    return frozenset(
        path
        for path in every
        if all(
            any(f"{path}.".startswith(f"{it}.") for it in printed)
            or any(_is_of(path, it) for it in blank)
            for printed, blank in outcomes
        )
    )


def _is_of(path: str, blank: str) -> bool:
    """Say whether a path has no answer when the other has none: a column of it, another form."""
    return (
        path == blank
        or path.startswith((f"{blank}.", f"{blank}{ROW}"))
        or blank.startswith(f"{path}.")
    )
