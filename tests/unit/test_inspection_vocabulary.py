"""The names that a template can use, and the fonts that its letters can have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from altered import TEMPLATES
from hostile_word import word
from template_word import r
from wvp_docs import binding
from wvp_docs.contents import Entry
from wvp_docs.context import Contexts
from wvp_docs.dossier import Dossier
from wvp_docs.engines.rdocx import FONTS, RdocxEngine
from wvp_docs.forms import Library
from wvp_docs.pdf.document import fonts_of
from wvp_docs.sets import employee
from wvp_docs.shown import Node, Shown
from wvp_docs.timeline.steps import timeline_of
from wvp_docs.vocabulary import OTHERS, Shape, vocabulary
from wvp_docs.word import Template


def shapes(node: object, path: str) -> Iterator[tuple[str, Shape]]:
    """Everything that a context holds, by the name that a template gives it."""
    if isinstance(node, Shown):
        yield path, Shape.TEXT
        for face in node.faces:
            yield f"{path}.{face}", Shape.TEXT
    elif isinstance(node, Node):
        yield path, Shape.GROUP
        for name, child in node._children.items():
            yield from shapes(child, f"{path}.{name}")
    else:
        yield path, Shape.ROWS
        for row in node:  # type: ignore[attr-defined]
            yield from (it for it in shapes(row, f"{path}[]") if it[0] != f"{path}[]")


@pytest.mark.parametrize("name", ["compleet", "verkort"])
def test_the_names_of_a_form_are_what_its_template_finds(
    name: str, library: Library, example: Callable[[str], Dossier]
) -> None:
    dossier = example(name)
    contexts = Contexts(dossier, concept=True)
    for document in dossier.documents:
        known = vocabulary(document.form.key, library)
        found = {it for root, node in contexts.of(document).items() for it in shapes(node, root)}
        declared = {
            (path, Shape.TEXT if it.shape is Shape.BOX else it.shape) for path, it in known.items()
        }
        assert found <= declared
        empty = {path for path, shape in declared - found if "[]" not in path}
        assert empty <= {"document.datum.voluit"}, document.form.key


def test_the_names_of_the_other_papers_are_what_their_code_fills(
    library: Library, example: Callable[[str], Dossier]
) -> None:
    dossier = example("compleet")
    entry = Entry("a", library.parts[0], "1", "Stuk", None)
    mailing = employee.Mailing(dossier, (entry,), timeline_of(dossier, date(2026, 1, 5)), None)  # type: ignore[arg-type]

    assert set(binding._row(entry, {})._children) == set(binding.LINE)
    assert set(binding._sheet(entry)._children) == set(binding.SHEET)
    assert set(mailing._named()) == set(employee.NAMES)


def test_every_template_that_we_ship_has_a_vocabulary(library: Library) -> None:
    stems = {path.stem for path in TEMPLATES.glob("*.docx")}

    assert stems == {*library.forms, *OTHERS}
    for stem in stems:
        tags = Template((TEMPLATES / f"{stem}.docx").read_bytes(), stem).tags()
        assert tags <= set(vocabulary(stem, library)), stem


@pytest.mark.parametrize("font", FONTS)
def test_a_font_that_is_there_gets_letters_of_its_own(font: str) -> None:
    letters = {
        "Calibri": "Carlito",
        "Arial": "LiberationSans",
        "Times New Roman": "LiberationSerif",
        "Courier New": "LiberationMono",
        "Cambria": "Caladea",
        "Georgia": "Gelasio",
        "Segoe UI": "Selawik",
        "Segoe UI Symbol": "NotoSansSymbols2",
    }
    look = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    text = "☒" if "Symbol" in font else "tekst"
    (pdf,) = RdocxEngine().convert([word(f"<w:p>{r(text, look)}</w:p>")])

    assert any(it.startswith(letters.get(font, font.replace(" ", ""))) for it in fonts_of(pdf))
