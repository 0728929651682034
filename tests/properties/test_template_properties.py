"""What holds for every template that we ship: whatever is answered anywhere comes out whole."""

from __future__ import annotations

from itertools import count
from typing import Any, Self

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from wvp_docs.engines import pick
from wvp_docs.kinds import BOX_OFF, BOX_ON
from wvp_docs.pdf.proof import Expected, prove
from wvp_docs.shown import Node, Shown
from wvp_docs.word import Template, open_template, text_of

TEMPLATES = {path.stem: open_template(path) for path in sorted((ROOT / "templates").glob("*.docx"))}
PRINTABLE = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc", "Cf"])
    | st.sampled_from("\n\t&<>\"'{}%#‘’“”–…€•"),
    min_size=1,
    max_size=60,
)
"""What the fonts have letters for; the rest is refused, see `e2e/test_hostile_text.py`."""

Tree = dict[str, Any]


def answered(template: Template, text: str) -> dict[str, object]:
    """Everything that the template names, each with the text and a number of its own."""
    tree: Tree = {}
    for tag in template.tags():
        branch = tree
        for step in tag.split("."):
            branch = branch.setdefault(step, {})
    numbers = count(1)

    def grown(name: str, branch: Tree, path: str) -> object:
        path = f"{path}.{name}".removeprefix(".")
        if name.endswith("[]"):
            return tuple(Node(children(branch, f"{path}{at}")) for at in range(2))
        shown = Shown(f"{text} {next(numbers)}", path)
        return _Both(shown, children(branch, path)) if branch else shown

    def children(branch: Tree, path: str) -> dict[str, object]:
        # A table is named twice: where it is looked for, and with its rows.
        tables = {name.removesuffix("[]") for name in branch if name.endswith("[]")}
        return {
            name.removesuffix("[]"): grown(name, it, path)
            for name, it in sorted(branch.items())
            if name not in tables
        }

    return children(tree, "")


class _Both(Shown):
    """An answer that has names below it too: a group, or a text with its faces."""

    def __new__(cls, shown: Shown, below: dict[str, object]) -> Self:
        both = super().__new__(cls, shown, shown.path)
        both.below = below
        return both

    def __getattr__(self, name: str) -> Any:
        return self.below[name]


@pytest.mark.parametrize("stem", TEMPLATES)
@settings(max_examples=5)
@given(text=PRINTABLE)
def test_any_printable_text_in_any_field_comes_out_whole(stem: str, text: str) -> None:
    template = TEMPLATES[stem]
    word = template.render(answered(template, text), "Proef")
    shown = text_of(word.docx)
    (pdf,) = pick("rdocx").convert([word.docx])

    assert len(word.printed) > 1
    assert [it.path for it in word.printed if it.text not in shown] == []
    boxes = word.text.count(BOX_ON), word.text.count(BOX_OFF)
    assert prove(pdf, Expected(stem, word.printed, *boxes)).pages
