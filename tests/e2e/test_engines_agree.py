"""rdocx beside LibreOffice, per form and example: the same pages, words and boxes."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import EXAMPLES, context_for
from wvp_docs.dossier import Document, Dossier
from wvp_docs.engines import pick
from wvp_docs.filling import Definitions

Pages = list[Counter[str]]
SAME_PAGE = 0.98
ONE_ROW = {"actueel_oordeel", "bijstelling_probleemanalyse"}
"""Before people sign there is a table of one row: in LibreOffice that does not go along with it."""

SAME_BUT_ONE_ROW = 0.95


def texts(pdf: bytes, folder: Path) -> list[str]:
    """Return the text of each page, as poppler reads it."""
    (folder / "x.pdf").write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", folder / "x.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    return text.replace("\u00a0", " ").split("\f")[:-1]


def pages(pdf: bytes, folder: Path) -> Pages:
    """Return how often each word stands on each page."""
    return [Counter(page.split()) for page in texts(pdf, folder)]


def converted(
    engine: str, documents: Sequence[Document], definitions: Definitions
) -> Sequence[bytes]:
    """Return the documents as this engine sets them."""
    words = [
        definitions.template(document.form.key).render(
            context_for(document, concept=False), document.titel
        )
        for document in documents
    ]
    return pick(engine).convert([word.docx for word in words])


def share_on_the_same_page(ours: Pages, theirs: Pages) -> float:
    total = sum(page.total() for page in theirs)
    return sum((a & b).total() for a, b in zip(ours, theirs, strict=True)) / total


def empty_pages(found: Pages) -> list[int]:
    """Return the pages that show no more than the header and footer of every page."""
    everywhere = Counter(found[0])
    for page in found:
        everywhere &= page
    # The number of the page itself differs.
    return [at for at, page in enumerate(found, 1) if (page - everywhere).total() <= 1 < len(found)]


@pytest.mark.engine
@pytest.mark.parametrize("name", EXAMPLES)
def test_both_engines_set_the_same_pages(
    name: str, example: Callable[[str], Dossier], definitions: Definitions, tmp_path: Path
) -> None:
    documents = example(name).documents
    ours, theirs = (converted(it, documents, definitions) for it in ("rdocx", "libreoffice"))

    for document, one, other in zip(documents, ours, theirs, strict=True):
        a, b = pages(one, tmp_path), pages(other, tmp_path)
        assert len(a) == len(b), document.stem
        assert empty_pages(a) == empty_pages(b) == [], document.stem
        for box in "☒☐":
            assert sum(page[box] for page in a) == sum(page[box] for page in b), document.stem
        least = SAME_BUT_ONE_ROW if document.form.key in ONE_ROW else SAME_PAGE
        assert share_on_the_same_page(a, b) >= least, document.stem


@pytest.mark.engine
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_page_has_only_signatures(
    name: str, example: Callable[[str], Dossier], definitions: Definitions, tmp_path: Path
) -> None:
    documents = example(name).documents
    for document, pdf in zip(documents, converted("rdocx", documents, definitions), strict=True):
        lines = [line.strip() for line in texts(pdf, tmp_path)[-1].splitlines() if line.strip()]
        # The first line is the header of the page.
        assert not lines[1].endswith("Ondertekening"), document.stem
