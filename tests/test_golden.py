"""The words on the paper, per form and example: read a change here as you would read prose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import EXAMPLES, context_for
from wvp_docs.dossier import Dossier
from wvp_docs.filling import Definitions
from wvp_docs.word import text_of

GOLDEN = Path(__file__).parent / "golden"


def texts(dossier: Dossier, definitions: Definitions) -> dict[str, str]:
    """Return the text of every document of the example by the stem of its file."""
    found = {}
    for document in dossier.documents:
        template = definitions.template(document.form.key)
        rendered = template.render(context_for(document, concept=False), document.titel)
        found[document.stem] = text_of(rendered.docx).strip() + "\n"
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_words_on_the_paper_are_the_golden_ones(
    name: str,
    example: Callable[[str], Dossier],
    definitions: Definitions,
    request: pytest.FixtureRequest,
) -> None:
    made = texts(example(name), definitions)
    folder = GOLDEN / name
    if request.config.getoption("--update-golden"):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.txt"):
            old.unlink()
        for stem, text in made.items():
            (folder / f"{stem}.txt").write_text(text, encoding="utf-8")

    golden = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    assert made == golden


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_paper_shows_a_tag_or_none(
    name: str, example: Callable[[str], Dossier], definitions: Definitions
) -> None:
    for stem, text in texts(example(name), definitions).items():
        assert "{{" not in text, stem
        assert "{%" not in text, stem
        assert "None" not in text, stem
        assert "Undefined" not in text, stem


def test_every_form_is_in_some_example(
    example: Callable[[str], Dossier], definitions: Definitions
) -> None:
    seen = {document.form.key for name in EXAMPLES for document in example(name).documents}

    assert seen == set(definitions.library.forms)


def test_the_examples_are_judged_on_days_that_exist() -> None:
    assert all(isinstance(day, date) for day in EXAMPLES.values())
