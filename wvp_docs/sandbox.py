"""What the tags of a template may do: print, choose and repeat over rows. The rest is refused.

A template may come from a stranger, and Jinja is a language. So it is read as one: what is not on
a short list is refused before it is compiled, and what remains can cost much only by repeating
and by printing. Both are counted. No clock is looked at: a template that passes on one machine
passes on every one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_WORK = 1_000_000_000
"""Brackets times letters of one part: docxtpl looks from every bracket to the end (tried: 3 s)."""
MAX_DEPTH = 50
"""Conditions in rows in conditions; Python itself stops at 100."""
MAX_STEPS = 5_000_000
"""Nodes to visit while filling one part: a table of a thousand rows takes 50,000."""
MAX_LETTERS = 2_000_000
"""Of one filled part, its XML included: the longest that we ship fills up to 105,000."""

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign),
    *(nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_COMPARED = ("eq", "ne", "in", "notin")
"""An answer is text: which of two is the greater would be asked of their first letters."""
_CALLED = {
    nodes.Filter: "een filter (|)",
    nodes.Test: "een test (is)",
    nodes.Call: "een aanroep met haakjes",
    nodes.Macro: "{% macro %}",
    nodes.Include: "{% include %}",
    nodes.Import: "{% import %}",
    nodes.FromImport: "{% from %}",
    nodes.Extends: "{% extends %}",
}
_NOT_OURS = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?(vm|hm|colspan|cellbg|raw|endraw)\b")
"""The first four are of docxtpl: its search for these takes the fourth power of a table cell."""
_MARKUP = re.compile(r"<[^>]*>")
_ROWS, _STEPS = "_rows", "_steps"


class Sandbox(ImmutableSandboxedEnvironment):
    """Compiles the tags of templates.

    Args:
        finalize: makes of what a tag names what stands on the paper.
    """

    def __init__(self, finalize: Callable[..., str]) -> None:
        super().__init__(autoescape=True, undefined=jinja2.StrictUndefined, finalize=finalize)
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        # Reached by no template: a filter in one is refused.
        self.filters[_ROWS] = _rows

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read the attribute: answers yes, methods of text no."""
        return not callable(value) and super().is_safe_attribute(obj, attr, value)

    def allowed(self, source: str) -> nodes.Template:
        """Return the tags as a tree.

        Raises:
            jinja2.TemplateSyntaxError: it is no Jinja, or does what a template may not do.
        """
        try:
            tree = self.parse(source)
        except (RecursionError, ValueError) as error:  # a number of 5000 digits is a ValueError
            raise jinja2.TemplateSyntaxError("te diep genest of te lang", 1) from error
        _require_allowed(tree)
        return tree

    def program(self, source: str) -> jinja2.Template:
        """Return the tags compiled, so that `filled` can run them.

        Raises:
            jinja2.TemplateSyntaxError: as `allowed` does.
        """
        try:
            tree = self.allowed(source)
            for loop in list(tree.find_all(nodes.For)):
                _count(loop)
            tree.set_environment(self)
            return self.from_string(tree)
        except jinja2.UndefinedError as error:  # what is the same for every case is done here
            raise jinja2.TemplateSyntaxError("een vast woord heeft geen namen", 1) from error
        except (RecursionError, MemoryError, SyntaxError, ValueError) as error:
            raise jinja2.TemplateSyntaxError("te diep genest of te lang", 1) from error


def require_short(xml: str) -> None:
    """Return when the part of a template can be searched for its tags in a few seconds.

    Raises:
        jinja2.TemplateSyntaxError: it has too many, or has tags that are not ours.
    """
    if xml.count("{") * len(xml) > MAX_WORK:
        raise jinja2.TemplateSyntaxError("te veel tags in een te lang document", 1)
    if found := _NOT_OURS.search(_MARKUP.sub("", xml)) or _NOT_OURS.search(xml):
        raise jinja2.TemplateSyntaxError(f"{{% {found[1]} %}} kan niet", 1)


def filled(program: jinja2.Template, context: dict[str, object]) -> str:
    """Return the text of a program with the answers in it.

    Raises:
        jinja2.TemplateRuntimeError: it repeats or prints too much.
    """
    pieces, letters = [], 0
    for piece in program.generate({**context, _STEPS: [MAX_STEPS]}):
        letters += len(piece)
        if letters > MAX_LETTERS:
            raise jinja2.TemplateRuntimeError("het ingevulde document wordt te groot")
        pieces.append(piece)
    return "".join(pieces)


def _require_allowed(tree: nodes.Template) -> None:
    # No recursion: how deep the tree goes is the question.
    level: list[nodes.Node] = [tree]
    for _ in range(MAX_DEPTH):
        for node in level:
            if what := _forbidden(node):
                raise jinja2.TemplateSyntaxError(f"{what} kan niet", node.lineno or 1)
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return
    raise jinja2.TemplateSyntaxError("te diep genest", level[0].lineno or 1)


def _forbidden(node: nodes.Node) -> str:
    """Return in Dutch what the node does that a template may not do; usually nothing."""
    if not isinstance(node, _ALLOWED):
        return _CALLED.get(type(node), "deze opdracht of berekening")
    return next(
        (what for kind, is_so, what in _LIMITS if isinstance(node, kind) and is_so(node)), ""
    )


def _is_printable(node: nodes.Node) -> bool:
    """Return whether an expression gives text, as far as that can be seen of it."""
    if isinstance(node, nodes.And | nodes.Or):
        return _is_printable(node.left) and _is_printable(node.right)
    if isinstance(node, nodes.CondExpr):
        return _is_printable(node.expr1) and (node.expr2 is None or _is_printable(node.expr2))
    return _is_text(node) or not isinstance(node, nodes.Const | nodes.Compare | nodes.Not)


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


_LIMITS: tuple[tuple[type[nodes.Node], Callable[[Any], bool], str], ...] = (
    (nodes.Name, lambda it: it.name.startswith("_"), "een naam die met _ begint"),
    (
        nodes.Getitem,
        lambda it: not _is_text(it.arg),
        "iets anders tussen [ ] dan een naam tussen aanhalingstekens",
    ),
    (nodes.For, lambda it: it.recursive, "recursive"),
    (nodes.Operand, lambda it: it.op not in _COMPARED, "groter of kleiner"),
    (nodes.CondExpr, lambda it: it.expr2 is None, "een if zonder else tussen {{ en }}"),
    (
        nodes.Output,
        lambda it: not all(map(_is_printable, it.nodes)),
        "iets anders tussen {{ en }} dan een naam",
    ),
)
"""Of what is allowed: when it is not after all, and what that is called."""


def _count(loop: nodes.For) -> None:
    """Make a loop pay for its rows, each as much as there is to do for it."""
    steps = sum(1 for _ in loop.find_all(nodes.Node))
    loop.iter = nodes.Filter(
        loop.iter, _ROWS, [nodes.Const(steps)], [], None, None, lineno=loop.lineno
    )


@jinja2.pass_context
def _rows(context: jinja2.runtime.Context, rows: object, steps: int) -> object:
    if isinstance(rows, jinja2.Undefined):
        str(rows)
    if not isinstance(rows, tuple | list):
        raise jinja2.TemplateRuntimeError("{% for %} gaat alleen over de rijen van een tabel")
    left = cast("list[int]", context[_STEPS])
    left[0] -= len(rows) * steps
    if left[0] < 0:
        raise jinja2.TemplateRuntimeError("de tabellen in elkaar herhalen te veel")
    return rows
